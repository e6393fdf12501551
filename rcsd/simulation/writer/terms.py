"""A sum, product, least or greatest over marked subscripts, term by term."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Reduction, children
from rcsd.simulation.ir.ranges import MARK


def joined(operator: str, terms: Sequence[Expression]) -> Expression:
    """Join terms, at least one, as the engines do: neighbours first, then neighbouring pairs, and so on."""
    waiting = list(terms)
    while len(waiting) > 1:
        pairs = [_pair(operator, a, b) for a, b in zip(waiting[::2], waiting[1::2], strict=False)]
        waiting = pairs + waiting[len(pairs) * 2 :]
    return waiting[0]


def marks_in(expression: Expression) -> Iterator[str]:
    """Yield the marked subscripts that belong to one sum: those within another belong to that one."""
    match expression:
        case Name(name, subscripts):
            yield from (subscript for subscript in (name, *subscripts) if subscript.endswith(MARK))
        case Reduction():
            return
        case _:
            for child in children(expression):
                yield from marks_in(child)


def _pair(operator: str, one: Expression, other: Expression) -> Expression:
    match operator:
        case "sum":
            return Arithmetic("+", one, other)
        case "prod":
            return Arithmetic("*", one, other)
    return Call(operator.removeprefix("v"), (one, other))
