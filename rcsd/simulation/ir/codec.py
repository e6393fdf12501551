"""A model as JSON and back: how it comes from the process that reads it, and how it is kept.

The document is flat. Every dataclass of `rcsd.simulation.ir` stands once in a list, after all that it holds, and is
referred to by its place there: an expression of a thousand levels is a list of a thousand rows, and a part that two
expressions share is shared again. Numbers keep every bit, NaN and the infinities among them. What is decoded can be
nothing but these classes, numbers, words, arrays of numbers and paths.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

import numpy as np

import rcsd.simulation.ir

_Row = list[Any]


def encoded(value: Any) -> str:
    """Write a dataclass of `rcsd.simulation.ir`, and all that it holds, as JSON.

    Raises
    ------
    TypeError
        For a value that has no form here.
    """
    return json.dumps(_Encoder().rows(value), separators=(",", ":"), ensure_ascii=True)


def decoded(text: str | bytes) -> Any:
    """Build what `encoded` has written.

    Raises
    ------
    ValueError
        For any other text.
    """
    try:
        built: list[Any] = []
        for name, *values in json.loads(text):
            known = _classes()[name]
            built.append(known.make(*(_value(value, built) for value in values)))
        return built[-1]
    except (IndexError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"this is no model ({error!r})") from error


class _Class:
    """A dataclass, and the fields that it is built from."""

    def __init__(self, kind: type[Any]) -> None:
        taken = [field for field in fields(kind) if field.init]
        self.names = tuple(field.name for field in taken)
        self._kind = kind
        self._by_name = any(field.kw_only for field in taken)

    def make(self, *values: Any) -> Any:
        if self._by_name or len(values) != len(self.names):
            return self._kind(**dict(zip(self.names, values, strict=True)))
        return self._kind(*values)


@cache
def _classes() -> dict[str, _Class]:
    """Every dataclass of the modules of `ir`, by its name."""
    found: dict[str, _Class] = {}
    for info in pkgutil.walk_packages(rcsd.simulation.ir.__path__, f"{rcsd.simulation.ir.__name__}."):
        module = import_module(info.name)
        for name, kind in vars(module).items():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
                found[name] = _Class(kind)
    return found


class _Encoder:
    """Lists dataclasses in an order in which each comes after all that it holds."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []
        self._places: dict[int, int] = {}
        self._alive: list[Any] = []  # an object that is gone would leave its id to another

    def rows(self, value: Any) -> list[_Row]:
        """Give the rows of a value; the last is its own."""
        waiting = [value]
        while waiting:
            each = waiting[-1]
            if id(each) in self._places:
                waiting.pop()
                continue
            known = _classes().get(type(each).__name__)
            if known is None:
                raise TypeError(f"{type(each).__name__} is no part of a model")
            inside = [part for name in known.names for part in _parts(getattr(each, name))]
            missing = [part for part in inside if id(part) not in self._places]
            if missing:
                waiting += missing
                continue
            waiting.pop()
            self._rows.append([type(each).__name__, *(self._written(getattr(each, name)) for name in known.names)])
            self._places[id(each)] = len(self._rows) - 1
            self._alive.append(each)
        return self._rows

    def _written(self, value: Any) -> Any:  # noqa: PLR0911 - a kind of value a line
        """Write one field: a number or word as it is, anything else as a list that begins with its kind."""
        match value:
            case None | bool() | str():
                return value
            case np.ndarray():
                kind = "b" if value.dtype == np.bool_ else "i" if value.dtype.kind in "iu" else "f"
                return ["array", kind, list(value.shape), value.reshape(-1).tolist()]
            case np.generic():
                return value.item()
            case int() | float():
                return value
            case PurePath():
                return ["path", str(value)]
            case tuple():
                return ["tuple", *map(self._written, value)]
            case list():
                return ["list", *map(self._written, value)]
            case frozenset() | set():
                return ["set", *map(self._written, sorted(value))]
            case Mapping():
                return ["map", *(self._written(part) for item in value.items() for part in item)]
            case _:
                return [self._places[id(value)]]


def _parts(value: Any) -> list[Any]:
    """Dataclasses inside a field, through tuples, lists and mappings."""
    if isinstance(value, (tuple, list)):
        return [part for each in value for part in _parts(each)]
    if isinstance(value, Mapping):
        return [part for item in value.items() for each in item for part in _parts(each)]
    return [value] if is_dataclass(value) else []


_ARRAYS = {"b": np.bool_, "i": np.int64, "f": np.float64}


def _value(written: Any, built: list[Any]) -> Any:  # noqa: PLR0911 - a kind of value a line
    """Build one field."""
    if not isinstance(written, list):
        return written
    kind, *rest = written
    match kind:
        case bool() | float():
            raise ValueError(f"{kind!r} is no kind of value")
        case int():
            return built[kind]
        case "tuple":
            return tuple([_value(each, built) for each in rest])
        case "list":
            return [_value(each, built) for each in rest]
        case "set":
            return frozenset(_value(each, built) for each in rest)
        case "map":
            values = [_value(each, built) for each in rest]
            return dict(zip(values[::2], values[1::2], strict=True))
        case "path":
            return Path(rest[0])
        case "array":
            of, shape, numbers = rest
            return np.array(numbers, dtype=_ARRAYS[of]).reshape(shape)
    raise ValueError(f"{kind!r} is no kind of value")
