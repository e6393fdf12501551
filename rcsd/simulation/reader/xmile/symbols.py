"""What the names of a model stand for: variables with their dimensions, dimensions with their elements, macros."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rcsd.names import canonical
from rcsd.simulation.reader.xmile.equations.nodes import Path
from rcsd.simulation.reader.xmile.tables import Table


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension and its elements, as the file spells them.

    Attributes
    ----------
    name : str
        Unlike that of any element: `written` otherwise.
    elements : tuple of str
        In order.
    written : str
        What equations call it, where that is not its name.
    """

    name: str
    elements: tuple[str, ...]
    written: str = ""

    def element(self, name: str) -> str | None:
        """Return an element as the file spells it, or None."""
        number = self.number(name)
        return None if number is None else self.elements[number - 1]

    def number(self, name: str) -> int | None:
        """Return the number of an element, from 1, or None."""
        return _numbers(self.elements).get(canonical(name))


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable.

    Attributes
    ----------
    name : str
        With the module that it lies in: ``Module.name``.
    dimensions : tuple of str
        Names of its dimensions, in order.
    tables : mapping of tuple of str to Table
        Its graphical functions, by the subscripts that each holds for; empty when it has none.
    only_table : bool
        Whether it has no equation beside its table.
    same_as : str or None
        Canonical name of the variable of another module that it is connected to.
    scope : str
        The module that it lies in.
    multiplier : str
        Of a flow, by what it is multiplied where it flows in; empty for one.
    """

    name: str
    dimensions: tuple[str, ...] = ()
    tables: Mapping[tuple[str, ...], Table] = field(default_factory=dict)
    only_table: bool = False
    same_as: str | None = None
    scope: str = ""
    multiplier: str = ""

    @property
    def reference(self) -> str:
        """The name as PySD's abstract model refers to it."""
        return self.name.lower().replace(" ", "_")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro: its name, its parameters, and the equations of those that may be left out."""

    name: str
    parameters: tuple[str, ...]
    defaults: Mapping[str, str]


@lru_cache(maxsize=512)
def _numbers(elements: tuple[str, ...]) -> dict[str, int]:
    return {canonical(element): i for i, element in enumerate(elements, 1)}


def by_name(dimensions: Iterable[Dimension]) -> dict[str, Dimension]:
    """Return dimensions by their canonical names, and by those that equations call them."""
    given = tuple(dimensions)
    return {canonical(d.written): d for d in given if d.written} | {canonical(d.name): d for d in given}


class Symbols:
    """The names of one section: the main one, or one macro.

    Parameters
    ----------
    variables : iterable of Symbol
        All of them.
    dimensions : iterable of Dimension
        All of them.
    macros : iterable of Macro
        All of them.
    """

    def __init__(self, variables: Iterable[Symbol], dimensions: Iterable[Dimension], macros: Iterable[Macro]) -> None:
        self.variables = {canonical(variable.name): variable for variable in variables}
        self.dimensions = by_name(dimensions)
        self.macros = {canonical(macro.name): macro for macro in macros}
        self.aliases: dict[str, Dimension] = {}
        self._numbers: dict[str, set[int]] = {}
        for dimension in self.dimensions.values():
            for i, element in enumerate(dimension.elements, 1):
                self._numbers.setdefault(canonical(element), set()).add(i)

    def find(self, scope: str, path: Path) -> Symbol | None:
        """Find the variable that a name in a module stands for, or None."""
        if path[0] == "":
            tries = [".".join(path[1:]), f"{scope}.{'.'.join(path[1:])}"]
        elif len(path) == 1:
            tries = [f"{scope}.{path[0]}" if scope else path[0]]
        else:
            joined = ".".join(path)
            tries = [f"{scope}.{joined}", joined] if scope else [joined]
        return next((found for name in tries if (found := self.variables.get(canonical(name)))), None)

    def source(self, symbol: Symbol) -> Symbol:
        """Follow the connections of modules back to the variable that a symbol is."""
        seen = {canonical(symbol.name)}
        while symbol.same_as is not None and symbol.same_as in self.variables and symbol.same_as not in seen:
            seen.add(symbol.same_as)
            symbol = self.variables[symbol.same_as]
        return symbol

    def dimension(self, name: str) -> Dimension | None:
        """Return a dimension, or an alias of one, by name."""
        form = canonical(name)
        return self.dimensions.get(form) or self.aliases.get(form)

    def positions(self, name: str) -> set[int]:
        """Return the numbers, from 1, that an element has within the dimensions that hold it."""
        return self._numbers.get(canonical(name), set())

    def alias(self, dimension: str, number: int) -> str:
        """Name a dimension again: two axes of one variable, or two sums in each other, run over it independently."""
        if number == 1:
            return dimension
        return self.part(f"{dimension} {number}", self.dimensions[canonical(dimension)].elements)

    def part(self, name: str, elements: tuple[str, ...]) -> str:
        """Name some elements of a dimension as a dimension of its own."""
        while (taken := self.dimension(name)) is not None and taken.elements != elements:
            name += "*"
        if taken is None:
            self.aliases[canonical(name)] = Dimension(name, elements)
        return name
