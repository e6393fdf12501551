"""The axes that an array function such as SUM runs over, marked in PySD's way by an exclamation mark."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rcsd.names import canonical
from rcsd.simulation.reader.xmile.symbols import Dimension, Symbols


class Marks:
    """The marked axes of one call.

    Parameters
    ----------
    symbols : Symbols
        For names of dimensions that are taken.
    taken : iterable of str
        Subscripts that mean something else here: those of the owner, and the marks of a call around this one.
    whole : bool
        Whether an array without subscripts is meant as a whole even where the owner has its dimensions.
    """

    def __init__(self, symbols: Symbols, taken: Iterable[str], *, whole: bool) -> None:
        self._symbols = symbols
        self.taken = {canonical(name) for name in taken}
        self.whole = whole
        self._sizes: dict[str, int] = {}

    def of(self, dimension: Dimension, n: int) -> str:
        """Mark the n-th axis of an array that runs over a dimension."""
        number = 0
        while n:
            number += 1
            name = self._symbols.alias(dimension.name, number)
            n -= canonical(name) not in self.taken
        self._sizes[name] = len(dimension.elements)
        return f"{name}!"

    @property
    def names(self) -> tuple[str, ...]:
        """What has been marked."""
        return tuple(self._sizes)

    @property
    def count(self) -> int:
        """How many elements the call runs over."""
        return math.prod(self._sizes.values())


def counted(dimensions: list[Dimension]) -> list[tuple[Dimension, int]]:
    """Tell the axes of one array that run over the same dimension apart, by numbers from 1."""
    names = [canonical(dimension.name) for dimension in dimensions]
    return [(dimension, names[: i + 1].count(names[i])) for i, dimension in enumerate(dimensions)]
