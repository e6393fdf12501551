"""Resolves subscripts: every array becomes the scalars it consists of, named ``Name[a,b]``."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
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
    Random,
    Reduction,
    children,
    walk,
    with_children,
)
from rcsd.simulation.ir.ranges import MARK, Ranges
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.vectors import over_elements

_MOST_TERMS = 4_000_000
"""Terms that sums and other functions of arrays are written out with, in a whole model."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One element of a variable.

    Attributes
    ----------
    name : str
        ``Name`` or ``Name[a,b]``.
    content : Expression, Points or None
        Its equation, its table, or nothing for a data variable without a series.
    line : int or None
        Where it is defined.
    """

    name: str
    content: Expression | Points | None
    line: int | None


def scalar_name(name: str, elements: Iterable[str]) -> str:
    """Return the name of one element of a variable."""
    inside = ",".join(elements)
    return f"{name}[{inside}]" if inside else name


def resolve(definitions: Iterable[Definition], ranges: Ranges) -> list[Scalar]:
    """Write every definition out for each element that it covers.

    Raises
    ------
    Unsound
        For a subscript that cannot be resolved, with the variable and the line.
    """
    definitions = tuple(definitions)
    axes: dict[str, list[dict[str, str]]] = {}
    for definition in definitions:
        own = axes.setdefault(canonical(definition.name), [{} for _ in definition.subscripts])
        if len(own) != len(definition.subscripts):
            message = f"is defined with {len(own)} subscripts and with {len(definition.subscripts)}; give each the same"
            raise Unsound(message, line=definition.line, variable=definition.name, certain=True)
        for axis, subscript in zip(own, definition.subscripts, strict=True):
            axis.update({canonical(e): e for e in ranges.members(subscript)})
    resolver = _Resolver(ranges, {name: [list(axis.values()) for axis in own] for name, own in axes.items()})
    scalars: dict[str, Scalar] = {}
    for definition in definitions:
        excepted = {
            tuple(canonical(e) for e in elements)
            for exception in definition.exceptions
            for elements in ranges.covered(exception)
        }
        for position, elements in enumerate(ranges.covered(definition.subscripts)):
            if tuple(canonical(e) for e in elements) in excepted:
                continue
            try:
                content = resolver.content(definition, elements, position)
            except Unsound as error:
                where, who = definition.line, definition.name
                raise Unsound(error.message, line=where, variable=who, certain=error.certain) from error
            scalar = Scalar(scalar_name(definition.name, elements), content, definition.line)
            first = scalars.setdefault(canonical(scalar.name), scalar)
            if first is not scalar:
                lines = f"lines {first.line} and {scalar.line}" if first.line != scalar.line else f"line {first.line}"
                message = f"the element {scalar.name} is defined twice, in {lines}; leave it out of one with :EXCEPT:"
                raise Unsound(message, line=definition.line, variable=definition.name, certain=True)
    return list(scalars.values())


class _Resolver:
    def __init__(self, ranges: Ranges, axes: Mapping[str, list[list[str]]]) -> None:
        self._ranges = ranges
        self._axes = axes
        self._stream = 0
        self._n_terms = 0

    def content(self, definition: Definition, elements: tuple[str, ...], position: int) -> Expression | Points | None:
        """Return what defines one element."""
        content = definition.content
        if content is None or isinstance(content, Points):
            return content
        if isinstance(content, np.ndarray):
            if content.size != (n := math.prod(len(self._ranges.members(each)) for each in definition.subscripts)):
                raise Unsound(f"gives {content.size} numbers for {n} elements; give one for each", certain=True)
            return Number(float(content.reshape(-1)[position]))
        self._refuse_repeated(definition.subscripts, content)
        return self._in(content, _given(definition.subscripts, elements))

    def _refuse_repeated(self, subscripts: tuple[str, ...], content: Expression) -> None:
        """Refuse a range that stands twice on the left-hand side and again on the right: which one it is, is open."""
        forms = [canonical(subscript) for subscript in subscripts if self._ranges.is_range(subscript)]
        if len(set(forms)) == len(forms):
            return
        for node in walk(content):
            for subscript in node.subscripts if isinstance(node, Name) else ():
                if forms.count(canonical(subscript)) > 1:
                    message = f"has the range {subscript!r} twice on its left-hand side, and again on the right"
                    raise Unsound(f"{message}; give one of them an alias, such as: {subscript}2 <-> {subscript}")

    def _in(self, expression: Expression, given: Mapping[str, str]) -> Expression:  # noqa: PLR0911 - one line per node
        """Return an expression with the subscripts of its names resolved."""
        over = over_elements(expression, self._ranges, self._axes, self._term, given)
        if over is not None:
            return over
        match expression:
            case Name(name, subscripts):
                return Name(scalar_name(name, (self._ranges.element(subscript, given) for subscript in subscripts)))
            case Reduction(operator, operand):
                return self._reduced(operator, operand, given)
            case Call("elmcount", (Name(name, _),)):
                return Number(float(len(self._ranges.members(name))))
            case Call("subscript", (Name(name, _),)):
                return Number(float(self._ranges.position(name, given)))
            case Random(distribution, arguments, _):
                self._stream += 1
                return Random(distribution, tuple(self._in(a, given) for a in arguments), self._stream)
            case _:
                return with_children(expression, lambda child: self._in(child, given))

    def _term(self, expression: Expression, given: Mapping[str, str]) -> Expression:
        """Resolve one of many terms.

        Raises
        ------
        Unsound
            When there are more than can be held in memory.
        """
        self._n_terms += 1
        if self._n_terms > _MOST_TERMS:
            raise Unsound(
                f"functions of arrays have more than {_MOST_TERMS:,} terms in the model so far: make the ranges smaller"
            )
        return self._in(expression, given)

    def _reduced(self, operator: Join, operand: Expression, given: Mapping[str, str]) -> Expression:
        operand = self._marked(operand)
        marks = dict.fromkeys(canonical(mark) for mark in _marks(operand))
        if not marks:
            raise Unsound(f"{operator.upper()} needs a subscript marked with '!', the one that it runs over")
        terms = [
            self._term(operand, {**given, **dict(zip(marks, elements, strict=True))})
            for elements in itertools.product(*(self._ranges.members(mark.removesuffix(MARK)) for mark in marks))
        ]
        return terms[0] if len(terms) == 1 else Joined(operator, tuple(terms))

    def _marked(self, operand: Expression) -> Expression:
        """Mark every axis of a bare array: XMILE's MIN and MAX of one argument run over all of it."""
        if not isinstance(operand, Name) or operand.subscripts:
            return operand
        axes = (self._range_of(axis) for axis in self._axes.get(canonical(operand.name), []))
        return Name(operand.name, tuple(f"{axis}{MARK}" for axis in axes))

    def _range_of(self, axis: list[str]) -> str:
        """Return the name of the range that has just these elements."""
        wanted = [canonical(element) for element in axis]
        for name, members in self._ranges.elements.items():
            if [canonical(member) for member in members] == wanted:
                return name
        raise Unsound(f"no subscript range has the elements {', '.join(axis)}; define one")


def _given(subscripts: tuple[str, ...], elements: tuple[str, ...]) -> dict[str, str]:
    """Pair subscripts of a left-hand side with their elements; one that stands there twice says nothing."""
    forms = [canonical(subscript) for subscript in subscripts]
    return {form: element for form, element in zip(forms, elements, strict=True) if forms.count(form) == 1}


def _marks(expression: Expression) -> Iterator[str]:
    """Yield the marked subscripts that belong to one reduction: those within another belong to that one."""
    match expression:
        case Name(_, subscripts) if subscripts:
            yield from (subscript for subscript in subscripts if subscript.endswith(MARK))
        case Call("subscript", (Name(name, _),)):
            yield from (name,) if name.endswith(MARK) else ()
        case Reduction():
            return
        case _:
            for child in children(expression):
                yield from _marks(child)
