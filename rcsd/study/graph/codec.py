"""Dataclasses to JSON and back without loss, so that a finished step can be kept in a file.

NaN becomes null and comes back as NaN, or the text "nan" where null means that there is no number; infinities, which
JSON lacks, become the texts "inf" and "-inf". Floats keep all their digits. An array of one axis becomes a list, any
other a list of its values beside its shape; one of several dataclasses stands beside its name. What would not come back
as it was is refused, by its annotation before anything is computed and by its value before it is written.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

Result = TypeVar("Result")

_SCALARS = (bool, int, float, str)
_KEYS = (str, int)
_DTYPES = (np.float64, np.int64, np.int_, np.bool_)


def require_keepable(kind: Any) -> None:
    """Insist on a type that comes back as it was.

    Raises
    ------
    TypeError
        Naming the annotation, and what may stand in its place.
    """
    _require(kind, getattr(kind, "__name__", str(kind)), set())


def encode(kind: type[Result], value: Result) -> Any:
    """Write a value of a type as plain JSON values.

    Raises
    ------
    TypeError
        When the value is not of that type, so that another would come back.
    """
    return _encode(kind, value, getattr(kind, "__name__", str(kind)))


def decode(kind: type[Result], plain: object) -> Result:
    """Rebuild a value from what `encode` made of it."""
    result: Result = _decode(kind, plain)
    return result


def _require(kind: Any, where: str, seen: set[Any]) -> None:
    kind = _unaliased(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if kind in seen or kind in _SCALARS or origin is Literal:
        return
    if isinstance(kind, type) and is_dataclass(kind):
        seen.add(kind)
        for name, hint in _hints(kind).items():
            _require(hint, f"{where}.{name}", seen)
    elif origin is tuple or (origin in {Union, types.UnionType} and _is_one(_present(inner), inner)):
        for part in _present(inner):
            if part is not Ellipsis:
                _require(part, where, seen)
    elif _is_mapping(origin) and (_unaliased(inner[0]) in _KEYS or _is_words(inner[0])):
        _require(inner[1], where, seen)
    elif not (origin is np.ndarray and _dtype(inner) in _DTYPES):
        raise TypeError(
            f"{where}: {kind} cannot be kept in a file and read back as it was; take numbers, texts, arrays of floats, "
            "integers or truth values, tuples, mappings from texts or integers, dataclasses of these, or one of them "
            "or of several dataclasses or None"
        )


def _encode(kind: Any, value: Any, where: str) -> Any:  # noqa: PLR0911 - one return per kind of annotation
    """Follow an annotation down into a value."""
    kind = _unaliased(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return None if value is None else _encode_one_of(_present(inner), value, where)
    if isinstance(kind, type) and is_dataclass(kind):
        _insist(type(value) is kind, kind, value, where)
        return {name: _encode(hint, getattr(value, name), f"{where}.{name}") for name, hint in _hints(kind).items()}
    if origin is np.ndarray:
        return _plain_array(_dtype(inner), value, where)
    if origin is tuple:
        _insist(isinstance(value, tuple), kind, value, where)
        return [_encode(part, item, where) for part, item in zip(_parts(inner, value), value, strict=True)]
    if _is_mapping(origin):
        _insist(isinstance(value, Mapping), kind, value, where)
        return {_key(inner[0], key, where): _encode(inner[1], item, f"{where}[{key!r}]") for key, item in value.items()}
    if kind is float:
        _insist(isinstance(value, float | int | np.floating) and not isinstance(value, bool), kind, value, where)
        return _plain_float(float(value))
    if kind is int:
        _insist(isinstance(value, int | np.integer) and not isinstance(value, bool), kind, value, where)
        return int(value)
    if kind is bool:
        _insist(isinstance(value, bool | np.bool_), kind, value, where)
        return bool(value)
    allowed = value in inner if origin is Literal else isinstance(value, str)
    _insist(allowed, kind, value, where)
    return str(value) if isinstance(value, str) else value


def _encode_one_of(kinds: Sequence[Any], value: Any, where: str) -> Any:
    """Write what is there of an annotation with "or": a dataclass of several beside its name."""
    named = _told_apart(kinds)
    if named:
        name = type(value).__name__
        _insist(name in named, " or ".join(named), value, where)
        return {"is": name, "of": _encode(named[name], value, where)}
    plain = _encode(kinds[0], value, where)
    return "nan" if plain is None else plain


def _decode(kind: Any, plain: Any) -> Any:  # noqa: PLR0911 - one return per kind of annotation
    """Follow an annotation down into plain values."""
    kind = _unaliased(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        named = _told_apart(_present(inner))
        if plain is None or not named:
            return None if plain is None else _decode(_present(inner)[0], plain)
        return _decode(named[plain["is"]], plain["of"])
    if isinstance(kind, type) and is_dataclass(kind):
        build: Any = kind
        return build(**{name: _decode(hint, plain[name]) for name, hint in _hints(kind).items()})
    if origin is np.ndarray:
        return _array(_dtype(inner), plain)
    if origin is tuple:
        return tuple(_decode(part, item) for part, item in zip(_parts(inner, plain), plain, strict=True))
    if _is_mapping(origin):
        of_numbers = _unaliased(inner[0]) is int
        return {int(key) if of_numbers else key: _decode(inner[1], item) for key, item in plain.items()}
    if kind is float:
        return math.nan if plain is None else float(plain)
    return plain


def _unaliased(kind: Any) -> Any:
    """Resolve a type alias, which NDArray[...] is from NumPy 2.5 on."""
    origin = get_origin(kind)
    if hasattr(origin, "__value__"):
        return _unaliased(origin.__value__[get_args(kind)])
    return _unaliased(kind.__value__) if hasattr(kind, "__value__") else kind


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Annotations of the fields of a dataclass."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _present(inner: Sequence[Any]) -> list[Any]:
    return [part for part in inner if part is not type(None)]


def _is_one(present: Sequence[Any], inner: Sequence[Any]) -> bool:
    """Whether what is read back says which of several kinds it was."""
    return (len(present) == 1 and len(inner) > 1) or bool(_told_apart(present))


def _told_apart(present: Sequence[Any]) -> dict[str, Any]:
    """Name the dataclasses of a union of several; empty where there is one kind, or a name says too little."""
    kinds = [kind for kind in present if isinstance(kind, type) and is_dataclass(kind)]
    named = {kind.__name__: kind for kind in kinds}
    return named if 1 < len(present) == len(named) else {}


def _parts(inner: Sequence[Any], items: Sequence[Any]) -> Sequence[Any]:
    """Annotations of the items of a tuple."""
    return [inner[0]] * len(items) if inner[-1] is Ellipsis else inner


def _is_mapping(origin: Any) -> bool:
    return isinstance(origin, type) and issubclass(origin, Mapping)


def _is_words(kind: Any) -> bool:
    """Whether a type lists texts."""
    return get_origin(kind) is Literal and all(isinstance(word, str) for word in get_args(kind))


def _dtype(inner: Sequence[Any]) -> Any:
    """Type of the items of an array; None where the annotation leaves it open."""
    given = get_args(inner[1])
    return given[0] if given else None


def _key(kind: Any, key: Any, where: str) -> str:
    wanted = int if _unaliased(kind) is int else str
    _insist(isinstance(key, wanted) and not isinstance(key, bool), wanted, key, f"a key of {where}")
    return str(key)


def _plain_array(dtype: Any, value: Any, where: str) -> Any:
    _insist(isinstance(value, np.ndarray) and value.dtype == dtype, dtype, value, where)
    if value.dtype.kind != "f":
        plain = value.ravel().tolist()
    else:
        plain = [_plain_float(item) for item in value.ravel().tolist()]
    return plain if value.ndim == 1 else {"shape": list(value.shape), "values": plain}


def _plain_float(value: float) -> float | str | None:
    if math.isfinite(value):
        return value
    return None if math.isnan(value) else str(value)


def _array(dtype: Any, plain: Any) -> Any:
    """Make an array."""
    if isinstance(plain, Mapping):
        return _array(dtype, plain["values"]).reshape(plain["shape"])
    if dtype is np.float64:
        return np.array([math.nan if item is None else float(item) for item in plain], dtype=np.float64)
    return np.array(plain, dtype=dtype)


def _insist(fits: bool, kind: Any, value: object, where: str) -> None:
    if not fits:
        found = f"{type(value).__name__} {value!r}"
        raise TypeError(f"{where} should be {getattr(kind, '__name__', kind)}, found {found[:200]}")
