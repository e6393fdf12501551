"""Functions that work over the elements of arrays, resolved for one element of the left-hand side."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS, Resolved
from rcsd.simulation.ir.expression import Call, Expression, Name, walk, with_children
from rcsd.simulation.ir.ranges import Ranges
from rcsd.simulation.ir.unsound import Unsound

MARK = "!"
Resolve = Callable[[Expression, Mapping[str, str]], Expression]


def over_elements(
    call: Expression,
    ranges: Ranges,
    axes: Mapping[str, Sequence[Sequence[str]]],
    resolve: Resolve,
    given: Mapping[str, str],
) -> Expression | None:
    """Return what a call of a function of arrays comes to; None when it is none.

    Parameters
    ----------
    call : Expression
        As it stands in the equation.
    ranges : Ranges
        The subscript ranges.
    axes : mapping of str to sequence
        Canonical name of a variable to the elements along each of its subscripts.
    resolve : callable
        Resolves the subscripts of an expression, by the elements that are given.
    given : mapping of str to str
        Element chosen for each subscript of the left-hand side.

    Raises
    ------
    Unsound
        When an argument is no array of the kind that the function needs.
    """
    function = FUNCTIONS.get(call.function) if isinstance(call, Call) else None
    if function is None or not isinstance(function.how, Resolved):
        return None
    assert isinstance(call, Call)
    elements = _Elements(function.every_signature[0].name, ranges, axes, resolve, given)
    return function.how.build(elements, *call.arguments)


class _Elements:
    """A `rcsd.simulation.functions.Elements`."""

    def __init__(
        self,
        function: str,
        ranges: Ranges,
        axes: Mapping[str, Sequence[Sequence[str]]],
        resolve: Resolve,
        given: Mapping[str, str],
    ) -> None:
        self._function = function
        self._ranges = ranges
        self._axes = axes
        self._resolve = resolve
        self._given = given

    def value(self, argument: Expression) -> Expression:
        return self._resolve(argument, self._given)

    def along(self, array: Expression) -> tuple[list[Expression], int]:
        subscript = self._last(array)
        members, own = self._members(subscript)
        return [self.value(_with(array, {subscript: member})) for member in members], own

    def columns(self, array: Expression, beside: Expression) -> list[list[Expression]]:
        row, last = self._last(beside), self._last(array)
        rows, _ = self._members(row)
        members, own = self._members(last)
        return [
            [self.value(_with(array, {row: element, last: member})) for member in members[own:]] for element in rows
        ]

    def stored(self, array: Expression) -> tuple[list[Expression], int]:
        if not isinstance(array, Name) or not array.subscripts:
            raise Unsound(f"{self._function} needs an element of a variable as its first argument, such as x[first]")
        every = [self._in_order(axis) for axis in self._axes.get(canonical(array.name), ())]
        if len(every) != len(array.subscripts):
            raise Unsound(f"{array.name!r} has {len(every)} subscripts, not {len(array.subscripts)}")
        at = 0
        for subscript, axis in zip(array.subscripts, every, strict=True):
            at = at * len(axis) + _place(axis, self._ranges.element(subscript, self._given))
        names = itertools.product(*every)
        return [self.value(Name(array.name, elements)) for elements in names], at

    def marked(self, *arrays: Expression) -> list[tuple[Expression, ...]]:
        every = (canonical(subscript) for array in arrays for subscript in _subscripts(array))
        marks = tuple(dict.fromkeys(subscript for subscript in every if subscript.endswith(MARK)))
        if not marks:
            raise Unsound(f"{self._function} needs a subscript marked with '!', the one that it runs over")
        members = (self._ranges.members(mark.rstrip(MARK)) for mark in marks)
        return [
            tuple(self.value(_with(array, dict(zip(marks, elements, strict=True)))) for array in arrays)
            for elements in itertools.product(*members)
        ]

    def whole(self, array: Expression) -> list[Expression]:
        match array:
            case Call("subscript", (Name(name, _),)):  # a dimension: its elements, whose numbers count from 1
                return [self.value(Call("subscript", (Name(each),))) for each in self._ranges.members(name)]
            case Name(name, ()) if axes := self._axes.get(canonical(name)):
                every = itertools.product(*(self._in_order(axis) for axis in axes))
                return [self.value(Name(name, elements)) for elements in every]
        return [values[0] for values in self.marked(array)]

    def square(self, matrix: Expression) -> tuple[list[Expression], int, int]:
        subscripts = list(_subscripts(matrix))
        if len(subscripts) < 2:  # noqa: PLR2004 - rows and columns
            raise Unsound(f"{self._function} needs a matrix, a variable with two subscripts")
        row, column = subscripts[-2:]
        (rows, i), (columns, j) = self._members(row), self._members(column)
        if len(rows) != len(columns):
            raise Unsound(
                f"{self._function} needs a square matrix; this one has {len(rows)} by {len(columns)} elements"
            )
        values = [self.value(_with(matrix, {row: r, column: c})) for r in rows for c in columns]
        return values, i, j

    def _last(self, array: Expression) -> str:
        subscripts = [node.subscripts for node in walk(array) if isinstance(node, Name) and node.subscripts]
        if not subscripts:
            raise Unsound(f"{self._function} needs an array, a variable with subscripts")
        return subscripts[0][-1]

    def _members(self, subscript: str) -> tuple[tuple[str, ...], int]:
        """Return the elements of a subscript's range, and which of them the left-hand side has; else the first."""
        bare = subscript.rstrip(MARK)
        if not self._ranges.is_range(bare):
            members = self._family([bare])
            return members, _place(members, bare)
        members = self._ranges.members(bare)
        try:
            return members, _place(members, self._ranges.element(bare, self._given))
        except Unsound:
            return members, 0

    def _family(self, elements: Sequence[str]) -> tuple[str, ...]:
        """Return the elements of the largest range that holds some elements; these, if there is none."""
        wanted = {canonical(element) for element in elements}
        every = [self._ranges.members(name) for name in self._ranges.elements]
        holding = [members for members in every if wanted <= {canonical(member) for member in members}]
        return max(holding, key=len, default=tuple(elements))

    def _in_order(self, axis: Sequence[str]) -> list[str]:
        """Return the elements of an axis in the order of their range, not of the definitions."""
        inside = {canonical(element) for element in axis}
        return [element for element in self._family(axis) if canonical(element) in inside]


def _place(members: Sequence[str], element: str) -> int:
    return [canonical(member) for member in members].index(canonical(element))


def _subscripts(expression: Expression) -> Iterator[str]:
    for node in walk(expression):
        if isinstance(node, Name):
            yield from node.subscripts


def _with(expression: Expression, chosen: Mapping[str, str]) -> Expression:
    """Put elements in the place of subscripts."""
    forms = {canonical(subscript): element for subscript, element in chosen.items()}

    def put(part: Expression) -> Expression:
        if isinstance(part, Name):
            return Name(part.name, tuple(forms.get(canonical(each), each) for each in part.subscripts))
        return with_children(part, put)

    return put(expression)
