"""The names of an equation looked up: one piece of a variable, in its module, with its subscripts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from pysd.translators.structures import abstract_expressions as ae

from rcsd.names import canonical
from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.xmile.equations.calls import called
from rcsd.simulation.reader.xmile.equations.indices import chosen, element, folded
from rcsd.simulation.reader.xmile.equations.marks import Marks, counted
from rcsd.simulation.reader.xmile.equations.nodes import Called, Reference, Span, Wildcard
from rcsd.simulation.reader.xmile.equations.place import ByElement, Place
from rcsd.simulation.reader.xmile.symbols import Dimension, Symbol

_CONTROLS = {
    "time": "time",
    "dt": "time_step",
    "starttime": "initial_time",
    "stoptime": "final_time",
    "time step": "time_step",
    "initial time": "initial_time",
    "final time": "final_time",
    "saveper": "saveper",
}
_NUMBERS = {"pi": math.pi, "inf": math.inf, "nan": math.nan}


def looked_up(node: Any, place: Place) -> Any:
    """Turn what the grammar gives into PySD's structures.

    Raises
    ------
    Misread
        For an array used without the subscripts that it needs, and its like.
    ByElement
        When a dimension stands for the number of its element.
    """
    return Reading(place).expression(node, None)


class Reading:
    """Looks up the names of one equation."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.symbols = place.symbols

    def expression(self, node: Any, marks: Marks | None) -> Any:
        """Look up the names of an expression; `marks` are of the array function around it, if there is one."""
        if isinstance(node, Reference):
            return self._reference(node, marks)
        if isinstance(node, Called):
            return called(self, node, marks)
        if isinstance(node, tuple):
            return tuple(self.expression(part, marks) for part in node)
        if is_dataclass(node) and not isinstance(node, (type, ae.ReferenceStructure)):
            changed: Mapping[str, Any] = {f.name: self.expression(getattr(node, f.name), marks) for f in fields(node)}
            return replace(node, **changed)
        return node

    def variable(self, node: Reference | Called) -> Symbol | None:
        """Return the variable that a name stands for; None when there is none."""
        found = self.symbols.find(self.place.scope, node.path)
        is_self = len(node.path) == 1 and canonical(node.path[0]) == "self"
        return self.place.owner if found is None and is_self else found

    def ask_by_element(self) -> None:
        """Ask to read the equation for each element, unless that is done already.

        Raises
        ------
        ByElement
            When the equation is read for all elements at once.
        """
        if any(self.symbols.dimension(subscript) is not None for subscript in self.place.subscripts):
            raise ByElement

    def _reference(self, node: Reference, marks: Marks | None) -> Any:
        symbol = self.variable(node)
        if symbol is None:
            return self._no_variable(node)
        if not symbol.dimensions:
            if node.subscripts:
                raise Misread(f"gives subscripts to {symbol.name!r}, which has no dimensions")
            return ae.ReferenceStructure(symbol.reference, None)
        dimensions = [self._dimension(name, symbol) for name in symbol.dimensions]
        if node.transposed:
            return self._turned(node, symbol, dimensions, marks)
        if not node.subscripts:
            subscripts = self._implied(symbol, dimensions, marks)
        elif len(node.subscripts) != len(dimensions):
            raise Misread(
                f"gives {len(node.subscripts)} subscripts to {symbol.name!r}, which has {len(dimensions)} dimensions"
            )
        else:
            return self._subscripted(node, symbol, dimensions, marks)
        return element(symbol, subscripts)

    def _no_variable(self, node: Reference) -> Any:
        """Return what a name stands for that is none of a variable."""
        name = canonical(".".join(node.path))
        if not node.subscripts:
            if name in _CONTROLS:
                return ae.ReferenceStructure(_CONTROLS[name], None)
            if name in _NUMBERS:
                return _NUMBERS[name]
            if len(node.path) > 1 and (number := self._qualified(node)) is not None:
                return float(number[1])
            if (dimension := self.symbols.dimension(name)) is not None:
                return float(self._number_of(dimension))
            if positions := self.symbols.positions(name):
                return float(self._one_of(positions, node.path[0]))
        return ae.ReferenceStructure(".".join(node.path).lower().replace(" ", "_"), None)

    def _qualified(self, node: Reference) -> tuple[str, int] | None:
        """Return the element, and its number, that ``Dimension.element`` names; None when it is no such name."""
        dimension = self.symbols.dimension(node.path[0])
        number = None if dimension is None or len(node.path) != 2 else dimension.number(node.path[1])  # noqa: PLR2004
        return None if dimension is None or number is None else (dimension.elements[number - 1], number)

    def _number_of(self, dimension: Dimension) -> int:
        """Return the number of the element of a dimension that the equation is read for."""
        for name, subscript in self._given():
            if canonical(name) == canonical(dimension.name):
                if (number := dimension.number(subscript)) is None:
                    raise ByElement
                return number
        raise Misread(f"uses the dimension {dimension.name!r} as a number, but is not an array over it")

    @staticmethod
    def _one_of(positions: set[int], element: str) -> int:
        """Return the number of an element that has the same in every dimension."""
        if len(positions) > 1:
            raise Misread(
                f"uses the element {element!r} as a number, which is another in each of its dimensions; write it as "
                f"Dimension.{element}"
            )
        return next(iter(positions))

    def _given(self) -> list[tuple[str, str]]:
        """Pair each dimension of the owner with the subscript that the equation is read for."""
        owner = self.place.owner
        return list(zip(owner.dimensions, self.place.subscripts, strict=False)) if owner else []

    def _dimension(self, name: str, symbol: Symbol) -> Dimension:
        found = self.symbols.dimension(name)
        if found is None:
            raise Misread(f"uses {symbol.name!r}, whose dimension {name!r} is not defined")
        return found

    def _implied(self, symbol: Symbol, dimensions: list[Dimension], marks: Marks | None) -> tuple[str, ...]:
        """Give an array without subscripts those of the owner; an array function runs over all of it."""
        given = self._given()
        if marks is not None and (marks.whole or not self.shares(symbol)):
            return tuple(marks.of(dimension, n) for dimension, n in counted(dimensions))
        subscripts = []
        for dimension in dimensions:
            at = self._axis(dimension, given)
            if at is None:
                inside = f"{symbol.name}[{', '.join(d.name for d in dimensions)}]"
                raise Misread(f"uses the array {inside} without saying which {dimension.name}; give its subscripts")
            subscripts.append(given.pop(at)[1])
        return tuple(subscripts)

    def _axis(self, dimension: Dimension, given: list[tuple[str, str]]) -> int | None:
        """Return which axis of the owner runs over a dimension, or over elements of it; None when there is none."""
        names = [canonical(name) for name, _ in given]
        if canonical(dimension.name) in names:
            return names.index(canonical(dimension.name))
        elements = {canonical(element) for element in dimension.elements if not element.isdigit()}
        own = (self.symbols.dimension(name) for name in names)
        parts = [
            i for i, part in enumerate(own) if part is not None and elements.issuperset(map(canonical, part.elements))
        ]
        return parts[0] if len(parts) == 1 else None

    def shares(self, symbol: Symbol) -> bool:
        """Whether the owner has every dimension of an array."""
        own = [canonical(name) for name, _ in self._given()]
        return all(canonical(name) in own for name in symbol.dimensions)

    def _turned(self, node: Reference, symbol: Symbol, dimensions: list[Dimension], marks: Marks | None) -> Any:
        """Read ``a'``: its first axis is the owner's last."""
        if node.subscripts or len(dimensions) != len(self.place.subscripts) or marks is not None:
            raise Misread(f"transposes {symbol.name!r} where that cannot be read; give its subscripts in turn")
        return element(symbol, tuple(reversed(self.place.subscripts)))

    def _subscripted(self, node: Reference, symbol: Symbol, dimensions: list[Dimension], marks: Marks | None) -> Any:
        """Read an array with subscripts; one that is computed chooses among the elements."""
        subscripts: list[Any] = []
        given = self._given()
        for (dimension, n), subscript in zip(counted(dimensions), node.subscripts, strict=True):
            subscripts.append(self._subscript(subscript, dimension, n, given, marks))
        return chosen(symbol, dimensions, tuple(subscripts))

    def _subscript(
        self, node: Any, dimension: Dimension, n: int, given: list[tuple[str, str]], marks: Marks | None
    ) -> Any:
        """Return a subscript: its name, or an expression for one that is computed."""
        if isinstance(node, Wildcard):
            return self._every(node, dimension, n, given, marks)
        if isinstance(node, Span):
            return self._span(node, dimension, marks)
        if isinstance(node, Reference) and not node.subscripts:
            name = node.path[0]
            spelt = dimension.element(name) if len(node.path) == 1 else (self._qualified(node) or (None,))[0]
            other = self.symbols.dimension(name)
            ours = other is not None and bool(other.written) and self._axis(other, given) is not None
            if spelt is not None and not ours:
                return spelt
            means = other is not None and (marks is not None or self._axis(other, given) is not None)
            if other is not None and (means or self.symbols.find(self.place.scope, node.path) is None):
                return self._over(other, n, given, marks)
        return self._computed(self.expression(node, marks), dimension)

    def _every(
        self, node: Wildcard, dimension: Dimension, n: int, given: list[tuple[str, str]], marks: Marks | None
    ) -> str:
        """Read ``*``: all elements in an array function, else those that the owner has."""
        part = dimension if node.part is None else self.symbols.dimension(node.part)
        if part is None:
            raise Misread(f"uses the subscript {node.part!r}, which is no dimension")
        if marks is not None:
            return marks.of(part, n)
        at = self._axis(part, given)
        if at is None:
            raise Misread(f"uses [*] over {part.name!r} outside SUM and its like; name an element")
        return given.pop(at)[1]

    def _computed(self, index: Any, dimension: Dimension) -> Any:
        """Return the element of a number; an expression that is worked out in the run stays one."""
        value = folded(index)
        if value is None:
            return index
        position = math.floor(value)
        return dimension.elements[position - 1] if 1 <= position <= len(dimension.elements) else 0.0

    def _over(self, other: Dimension, n: int, given: list[tuple[str, str]], marks: Marks | None) -> str:
        """Read a dimension as a subscript: the owner's, or every element of it in an array function."""
        at = self._axis(other, given)
        if at is not None:
            twice = [canonical(name) for name, _ in given].count(canonical(other.name)) > 1
            return given.pop(at)[1] if twice else given[at][1]
        if marks is not None:
            return marks.of(other, n)
        raise Misread(f"uses the subscript {other.name!r}, but is not an array over it; name an element")

    def _span(self, node: Span, dimension: Dimension, marks: Marks | None) -> str:
        if marks is None:
            raise Misread("uses a range of elements outside SUM and its like")
        ends = [self._end(end, dimension) for end in (node.first, node.last)]
        elements = dimension.elements[ends[0] - 1 : ends[1]]
        if not elements:
            raise Misread(f"uses a range of {dimension.name!r} without elements")
        name = self.symbols.part(f"{dimension.name} {ends[0]} to {ends[1]}", elements)
        return marks.of(Dimension(name, elements), 1)

    def _end(self, node: Any, dimension: Dimension) -> int:
        if isinstance(node, Reference) and len(node.path) == 1:
            number = dimension.number(node.path[0])
            if number is not None:
                return number
        value = folded(self.expression(node, None))
        if value is None or not 1 <= value <= len(dimension.elements):
            raise Misread(f"uses a range of {dimension.name!r} whose ends are no elements of it")
        return math.floor(value)
