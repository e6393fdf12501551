"""Numbers for expressions: two that mean the same, whatever their spelling, have the same one.

Sums and products are taken apart and sorted, a comparison has its smaller side first, a choice no negated condition,
and a sum over a range is the sum of its elements. All of this holds for real numbers; in floating point the last digits
may differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from rcsd.names import canonical
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Joined,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Random,
    Reduction,
    Time,
    children,
)

Signed: TypeAlias = tuple[int, int]
"""A sign, 1 or -1, and the number of a form."""
Naming: TypeAlias = Callable[[str], Hashable]
"""What a variable is called in a form, by the canonical form of its name."""

_UNORDERED = frozenset({"min", "max"})
_TO_WHOLE = frozenset({"floor", "trunc"})
_TURNED = {">": "<", ">=": "<="}
_SYMMETRIC = frozenset({"=", "<>"})


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names of an expression stand for.

    Attributes
    ----------
    naming : callable
        Of variables.
    subscripts : mapping of str to str
        Other names of ranges and elements, in canonical form.
    hidden : mapping of str to Signed
        Forms of the parts that a reader has cut off deep expressions, by canonical name.
    positive_time : bool
        Whether the time is never below zero, so that rounding it down and cutting its digits off are the same.
    """

    naming: Naming = str
    subscripts: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, Signed] = field(default_factory=dict)
    positive_time: bool = False

    def subscript(self, text: str) -> str:
        """Return a subscript in the form under which both models have it."""
        mark = "!" if text.endswith("!") else ""
        form = canonical(text.removesuffix("!"))
        return self.subscripts.get(form, form) + mark


class Forms:
    """Gives forms their numbers; what is to be compared takes them from one of these."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._terms: dict[int, tuple[Signed, ...]] = {}
        self._factors: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._joined: dict[int, tuple[str, tuple[int, ...]]] = {}

    def number(self, key: Hashable) -> int:
        """Return the number of anything that can be told apart."""
        return self._numbers.setdefault(key, len(self._numbers))

    def of(self, expression: Expression, scope: Scope) -> int:
        """Return the number of an expression."""
        return self.plain(self.signed(expression, scope))

    def of_points(self, points: Points) -> int:
        """Return the number of a table."""
        return self.number(("points", points.x, points.y, points.between, points.beyond))

    def plain(self, signed: Signed) -> int:
        """Return the number of a form with its sign."""
        sign, form = signed
        return form if sign > 0 else self.number(("negative", form))

    def signed(self, expression: Expression, scope: Scope) -> Signed:  # noqa: PLR0911 - a node a line
        """Return the number of an expression without its sign, and that."""
        match expression:
            case Number(value):
                return self._literal(value)
            case Name(name, subscripts):
                return self._name(canonical(name), subscripts, scope)
            case Negative(operand):
                sign, form = self.signed(operand, scope)
                return -sign, form
            case Arithmetic("+" | "-" as operator, left, right):
                sign, form = self.signed(right, scope)
                return self._sum([self.signed(left, scope), (sign if operator == "+" else -sign, form)])
            case Arithmetic("*" | "/" as operator, left, right):
                return self._product(self.signed(left, scope), self.signed(right, scope), operator)
            case Joined("sum", terms):
                return self._sum([self.signed(term, scope) for term in terms])
            case Joined(operator, terms):
                return 1, self._join({"vmin": "min", "vmax": "max"}.get(operator, operator), self._all(terms, scope))
            case Call(function, arguments) if function in _UNORDERED:
                return 1, self._join(function, self._all(arguments, scope))
            case _:
                return 1, self.number(self._key(expression, scope))

    def _all(self, expressions: Iterable[Expression], scope: Scope) -> list[int]:
        return [self.of(each, scope) for each in expressions]

    def _key(self, expression: Expression, scope: Scope) -> Hashable:  # noqa: PLR0911, PLR0912, C901 - a node a line
        """Return what tells a node apart whose operands keep their order."""
        match expression:
            case Comparison(operator, left, right):
                sides = [self.of(left, scope), self.of(right, scope)]
                if operator in _TURNED:
                    sides.reverse()
                elif operator in _SYMMETRIC:
                    sides.sort()
                return "compare", _TURNED.get(operator, operator), *sides
            case Logical(operator, left, right):
                return "logical", operator, *sorted(self._chain(operator, (left, right), scope))
            case Conditional(Not(condition), then, otherwise):
                return self._key(Conditional(condition, otherwise, then), scope)
            case Conditional():
                return "if", *self._all(children(expression), scope)
            case Call(function, (argument,)) if function in _TO_WHOLE and _is_positive(argument, scope):
                return "whole part", self.of(argument, scope)
            case Call(function, arguments):
                return "call", function, *self._all(arguments, scope)
            case Lookup(Points() as points, argument):
                return "lookup", self.of_points(points), self.of(argument, scope)
            case Reduction(operator, operand):
                return "over", operator, self.of(operand, scope)
            case Random(distribution, arguments, _):  # the number of a stream is a matter of order in the file
                return "random", distribution, *self._all(arguments, scope)
            case Time(of_step):
                return "time", of_step
            case _:
                return type(expression).__name__, *self._all(children(expression), scope)

    def _literal(self, value: float) -> Signed:
        if math.isnan(value):
            return 1, self.number(("number", "nan"))
        return (-1 if value < 0 else 1), self.number(("number", abs(value)))

    def _name(self, form: str, subscripts: tuple[str, ...], scope: Scope) -> Signed:
        if form in scope.hidden:
            return scope.hidden[form]
        base, bracket, inside = form.partition("[")
        given = inside.removesuffix("]").split(",") if bracket else subscripts
        return 1, self.number(("name", scope.naming(base), tuple(map(scope.subscript, given))))

    def _sum(self, parts: list[Signed]) -> Signed:
        """Return the form of a sum: its terms sorted, the first of them positive."""
        flat: list[Signed] = []
        for sign, form in parts:
            flat += [(sign * inner, term) for inner, term in self._terms.get(form, ((1, form),))]
        flat.sort(key=lambda term: (term[1], term[0]))
        leading = flat[0][0]
        terms = tuple((leading * sign, term) for sign, term in flat)
        number = self.number(("sum", terms))
        self._terms[number] = terms
        return leading, number

    def _product(self, left: Signed, right: Signed, operator: str) -> Signed:
        above, below = self._factors.get(left[1], ((left[1],), ()))
        more_above, more_below = self._factors.get(right[1], ((right[1],), ()))
        if operator == "/":
            more_above, more_below = more_below, more_above
        factors = tuple(sorted(above + more_above)), tuple(sorted(below + more_below))
        number = self.number(("product", *factors))
        self._factors[number] = factors
        return left[0] * right[0], number

    def _join(self, operator: str, forms: list[int]) -> int:
        flat: list[int] = []
        for form in forms:
            inner, parts = self._joined.get(form, ("", ()))
            flat += parts if inner == operator else (form,)
        parts = tuple(sorted(flat))
        number = self.number(("join", operator, parts))
        self._joined[number] = operator, parts
        return number

    def _chain(self, operator: str, operands: Iterable[Expression], scope: Scope) -> list[int]:
        found: list[int] = []
        for operand in operands:
            if isinstance(operand, Logical) and operand.operator == operator:
                found += self._chain(operator, (operand.left, operand.right), scope)
            else:
                found.append(self.of(operand, scope))
        return found


def _is_positive(expression: Expression, scope: Scope) -> bool:
    """Whether an expression is known not to be negative, from its form alone."""
    match expression:
        case Number(value):
            return value >= 0
        case Time():
            return scope.positive_time
        case Arithmetic("+" | "*" | "/", left, right):
            return _is_positive(left, scope) and _is_positive(right, scope)
        case _:
            return False
