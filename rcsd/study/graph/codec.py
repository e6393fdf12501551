"""Dataclasses to JSON and back without loss, so that a finished step can be kept in a file.

NaN becomes null and comes back as NaN; infinities, which JSON lacks, become the texts "inf" and "-inf". Floats keep all
their digits. An array of one axis becomes a list, any other a list of its values beside its shape.
"""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

Result = TypeVar("Result")


def encode(value: object, *, lossless: bool = True) -> Any:
    """Plain JSON values of a dataclass, array, mapping, sequence or scalar.

    Parameters
    ----------
    value
        What to encode.
    lossless
        Keep infinities as texts and the shapes of arrays; otherwise infinities become null like NaN, and arrays nested
        lists, which suits readers other than `decode`.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name), lossless=lossless) for field in fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        shaped = lossless and value.ndim > 1
        plain = encode((value.ravel() if shaped else value).tolist(), lossless=lossless)
        return {"shape": list(value.shape), "values": plain} if shaped else plain
    if isinstance(value, Mapping):
        return {str(key): encode(item, lossless=lossless) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [encode(item, lossless=lossless) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value) if lossless and math.isinf(value) else None
    return value


def decode(kind: type[Result], plain: object) -> Result:
    """Rebuild a dataclass from what `encode` made of it."""
    result: Result = _decode(kind, plain)
    return result


def _decode(kind: Any, plain: Any) -> Any:  # noqa: PLR0911 - one return per kind of annotation
    """Follow an annotation down into plain values."""
    origin, inner = get_origin(kind), get_args(kind)
    if hasattr(origin, "__value__"):  # a type alias, which NDArray[...] is from NumPy 2.5 on
        return _decode(origin.__value__[inner], plain)
    if origin in {Union, types.UnionType}:
        present = next(part for part in inner if part is not type(None))
        return None if plain is None else _decode(present, plain)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        build: Any = kind
        return build(**{field.name: _decode(hints[field.name], plain[field.name]) for field in fields(kind)})
    if origin is np.ndarray:
        return _array(get_args(inner[1])[0], plain)
    if origin is tuple:
        parts = [inner[0]] * len(plain) if inner[-1] is Ellipsis else inner
        return tuple(_decode(part, item) for part, item in zip(parts, plain, strict=True))
    if origin is Mapping or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {key: _decode(inner[1], item) for key, item in plain.items()}
    if kind is float:
        return math.nan if plain is None else float(plain)
    return plain


def _array(dtype: Any, plain: Any) -> Any:
    """Make an array."""
    if isinstance(plain, Mapping):
        return _array(dtype, plain["values"]).reshape(plain["shape"])
    if dtype is np.float64:
        return np.array([math.nan if item is None else float(item) for item in plain], dtype=np.float64)
    return np.array(plain, dtype=dtype)
