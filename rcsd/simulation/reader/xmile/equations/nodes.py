"""What an equation is parsed to before its names are looked up: PySD's structures, with names and calls as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""Parts of a name that dots join; the first is empty for one that begins with a dot, which starts at the main model."""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """The subscript ``*``: every element; ``*:part``: those that a part of the dimension has."""

    part: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The subscript ``first:last``: the elements between two, both included."""

    first: Any
    last: Any


@dataclass(frozen=True, slots=True)
class Reference:
    """A name as it is written; `transposed` when an apostrophe follows."""

    path: Path
    subscripts: tuple[Any, ...] = ()
    transposed: bool = False


@dataclass(frozen=True, slots=True)
class Called:
    """A call as it is written."""

    path: Path
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Values of an array, one after the other."""

    values: tuple[Any, ...]
