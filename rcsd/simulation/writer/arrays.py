"""Arrays of Vensim as XMILE has them: dimensions of a variable, one equation for all elements or one for each.

XMILE knows neither mappings nor subranges nor exceptions: an equation that needs them is written for each element. A
sum over marked subscripts is written with ``*`` where these are whole dimensions, else term by term, in the order in
which the engines add.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import (
    Call,
    Expression,
    Join,
    Joined,
    Name,
    Number,
    Points,
    Reduction,
    walk,
    with_children,
)
from rcsd.simulation.ir.joining import written_out
from rcsd.simulation.ir.ranges import MARK, Ranges
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.writer.formula import Unsayable
from rcsd.simulation.writer.names import bare
from rcsd.simulation.writer.terms import marks_in

_MOST_TERMS = 2000
Elements = tuple[str, ...]
Content = Expression | Points | None


@dataclass(frozen=True, slots=True)
class Piece:
    """What defines a variable, or some of its elements.

    Attributes
    ----------
    elements : tuple of str or None
        The one element that it is for; None for all of the variable.
    content : Expression, Points or None
        With subscripts as XMILE has them.
    line : int or None
        Where it stands.
    """

    elements: Elements | None
    content: Content
    line: int | None


class Arrays:
    """The arrays of a model.

    Parameters
    ----------
    definitions : iterable of Definition
        All of them.
    ranges : Ranges
        Of the model.

    Attributes
    ----------
    dimensions : dict of str to tuple of str
        Dimensions of each variable, by its canonical name.
    made : dict of str to tuple of str
        Dimensions that no range of the model is: elements of a variable that is defined for these only.
    """

    def __init__(self, definitions: Iterable[Definition], ranges: Ranges) -> None:
        self._ranges = ranges
        self.made: dict[str, Elements] = {}
        self.dimensions: dict[str, tuple[str, ...]] = {}
        grouped: dict[str, list[Definition]] = {}
        for definition in definitions:
            grouped.setdefault(canonical(definition.name), []).append(definition)
        for form, own in grouped.items():
            cells = [elements for definition in own for elements in self._covered(definition)]
            dimensions: list[str] = []
            for i in range(len(own[0].subscripts)):
                subscripts, elements = [each.subscripts[i] for each in own], [cell[i] for cell in cells]
                dimensions.append(self._dimension(own[0].name, dimensions, subscripts, elements))
            self.dimensions[form] = tuple(dimensions)

    def _covered(self, definition: Definition) -> Iterator[Elements]:
        """Yield the elements that a definition is for: those of its subscripts without its exceptions."""
        excepted = {
            tuple(map(canonical, elements))
            for exception in definition.exceptions
            for elements in self._ranges.covered(exception)
        }
        for elements in self._ranges.covered(definition.subscripts):
            if tuple(map(canonical, elements)) not in excepted:
                yield elements

    def _dimension(self, name: str, before: list[str], subscripts: Sequence[str], elements: Sequence[str]) -> str:
        """Return the dimension that has just the elements of an axis: one that the file names there, if it can be.

        Of several, one that no axis `before` has.
        """
        covered = {canonical(element): element for element in elements}
        named = [subscript for subscript in dict.fromkeys(subscripts) if self._ranges.is_range(subscript)]
        fitting = [
            self._spelt(candidate)
            for candidate in (*named, *self._ranges.elements)
            if {canonical(member) for member in self._ranges.members(candidate)} == covered.keys()
        ]
        if fitting:
            return next((candidate for candidate in fitting if candidate not in before), fitting[0])
        for made, members in self.made.items():
            if {canonical(member) for member in members} == covered.keys():
                return made
        made = f"{bare(name)} part {len(before) + 1}"
        self.made[made] = tuple(covered.values())
        return made

    def place(self, name: str, elements: Elements) -> tuple[int, ...]:
        """Return where an element stands among those of a variable, the last axis fastest."""
        own = self.dimensions[canonical(name)]
        members = (self.made.get(dimension) or self._ranges.members(dimension) for dimension in own)
        return tuple([*map(canonical, m)].index(canonical(e)) for m, e in zip(members, elements, strict=True))

    def _spelt(self, range_name: str) -> str:
        """Return the name of a range as its definition spells it."""
        form = canonical(range_name)
        return next((name for name in self._ranges.elements if canonical(name) == form), range_name)

    def pieces(self, definition: Definition) -> Iterator[Piece]:
        """Yield what a definition is in XMILE.

        Raises
        ------
        Unsayable
            For what XMILE has no form for.
        """
        content, subscripts, line = definition.content, definition.subscripts, definition.line
        if not subscripts and not isinstance(content, np.ndarray):
            yield Piece(None, self._whole(content, {}), line)
            return
        own = self.dimensions[canonical(definition.name)]
        is_whole = [canonical(s) for s in subscripts] == [canonical(d) for d in own] and not definition.exceptions
        if is_whole and not isinstance(content, np.ndarray) and self._fits(content, own):
            with suppress(_ByElement):
                yield Piece(None, self._whole(content, {canonical(d): d for d in own}), line)
                return
        kept = set(self._covered(definition))
        for i, elements in enumerate(self._ranges.covered(subscripts)):
            if elements not in kept:
                continue
            if isinstance(content, np.ndarray):
                yield Piece(elements, Number(float(content.reshape(-1)[i])), line)
                continue
            forms = [canonical(subscript) for subscript in subscripts]
            given = {form: e for form, e in zip(forms, elements, strict=True) if forms.count(form) == 1}
            yield Piece(elements, self._for_element(content, given), line)

    def _fits(self, content: Content, own: tuple[str, ...]) -> bool:
        """Whether every subscript of an equation is an element, or a dimension that XMILE takes from the left side."""
        if content is None or isinstance(content, Points):
            return True
        forms = {canonical(dimension) for dimension in own}
        for node in walk(content):
            if isinstance(node, Call) and node.function == "subscript":
                (name,) = node.arguments
                if isinstance(name, Name) and self._ranges.is_range(name.name):
                    return False  # the reader takes such an equation apart
            for subscript, dimension in self._axes(node):
                if subscript.endswith(MARK) or not self._ranges.is_range(subscript):
                    continue
                if canonical(subscript) not in forms or not self._is_same(subscript, dimension):
                    return False
        return True

    def _is_same(self, one: str, other: str) -> bool:
        """Whether two ranges have the same elements in the same order."""
        members = [*map(canonical, self._ranges.members(one))], [*map(canonical, self._ranges.members(other))]
        return members[0] == members[1]

    def _axes(self, node: Expression) -> Iterator[tuple[str, str]]:
        """Yield each subscript of a reference with the dimension of the variable there."""
        if isinstance(node, Name) and node.subscripts:
            yield from zip(node.subscripts, self.dimensions.get(canonical(node.name), node.subscripts), strict=False)

    def _whole(self, content: Content, own: Mapping[str, str]) -> Content:
        return content if content is None or isinstance(content, Points) else self._with_stars(content, own)

    def _with_stars(self, expression: Expression, own: Mapping[str, str]) -> Expression:
        """Write marked subscripts as stars where that says the same; else the terms one by one."""
        match expression:
            case Reduction(operator, operand):
                if self._takes_stars(operand):
                    inside = self._starred(self._with_stars(operand, own))
                    return Reduction(operator, inside)
                if own and self._mentions(operand, own):
                    raise _ByElement
                return self._joined(operator, operand, {})
            case Call("elmcount", (Name(name, _),)):
                return Number(float(len(self._ranges.members(name))))
            case Call("subscript", (Name(name, _),)) if not self._ranges.is_range(name):
                return Number(float(self._ranges.position(name, {})))
            case _:
                return with_children(expression, lambda child: self._with_stars(child, own))

    def _mentions(self, operand: Expression, own: Mapping[str, str]) -> bool:
        """Whether an operand has subscripts that the left-hand side gives."""
        subscripts = (s for node in walk(operand) if isinstance(node, Name) for s in (node.name, *node.subscripts))
        return any(canonical(subscript) in own for subscript in subscripts)

    def _takes_stars(self, operand: Expression) -> bool:
        """Whether all marked references of a sum run over the same whole dimensions, each once, in one order."""
        orders = set()
        for node in walk(operand):
            if isinstance(node, Reduction) or (isinstance(node, Call) and node.function == "subscript"):
                return False
            marked = [(s.removesuffix(MARK), d) for s, d in self._axes(node) if s.endswith(MARK)]
            if not marked:
                continue
            names = tuple((canonical(subscript), canonical(dimension)) for subscript, dimension in marked)
            if len({name for name, _ in names}) < len(names) or not all(self._is_same(s, d) for s, d in marked):
                return False
            orders.add(names)
        return len(orders) == 1

    def _starred(self, expression: Expression) -> Expression:
        if isinstance(expression, Name):
            return Name(expression.name, tuple("*" if s.endswith(MARK) else s for s in expression.subscripts))
        return with_children(expression, self._starred)

    def _for_element(self, content: Content, given: Mapping[str, str]) -> Content:
        if content is None or isinstance(content, Points):
            return content
        try:
            return self._in(content, given)
        except Unsound as error:
            raise Unsayable(error.message) from error

    def _in(self, expression: Expression, given: Mapping[str, str]) -> Expression:  # noqa: PLR0911 - one line per node
        """Return an expression for one element."""
        match expression:
            case Name(name, subscripts):
                if any(subscript == "*" for subscript in subscripts):
                    return expression
                return Name(name, tuple(self._ranges.element(subscript, given) for subscript in subscripts))
            case Reduction(operator, operand):
                if self._takes_stars(operand):
                    return Reduction(operator, self._in(self._starred_only(operand, given), given))
                return self._joined(operator, operand, given)
            case Call("elmcount", (Name(name, _),)):
                return Number(float(len(self._ranges.members(name))))
            case Call("subscript", (Name(name, _),)):
                return Number(float(self._ranges.position(name, given)))
            case _:
                return with_children(expression, lambda child: self._in(child, given))

    def _starred_only(self, expression: Expression, given: Mapping[str, str]) -> Expression:
        """Put stars for marked subscripts, and the elements of the left-hand side for the others."""
        if isinstance(expression, Name):
            own = (
                "*" if subscript.endswith(MARK) else self._ranges.element(subscript, given)
                for subscript in expression.subscripts
            )
            return Name(expression.name, tuple(own))
        return with_children(expression, lambda child: self._starred_only(child, given))

    def _joined(self, operator: Join, operand: Expression, given: Mapping[str, str]) -> Expression:
        """Write a sum, product, least or greatest term by term: neighbours first, as the engines do."""
        marks = dict.fromkeys(canonical(mark) for mark in marks_in(operand))
        ways = list(itertools.product(*(self._ranges.members(mark.removesuffix(MARK)) for mark in marks)))
        if len(ways) > _MOST_TERMS:
            raise Unsayable(f"adds up {len(ways):,} terms that XMILE has no short form for; sum up over whole ranges")
        terms = [self._in(operand, {**given, **dict(zip(marks, way, strict=True))}) for way in ways]
        return written_out(Joined(operator, tuple(terms)))


class _ByElement(Exception):  # noqa: N818 - asks for another way
    """An equation for all elements has to be written for each of them."""
