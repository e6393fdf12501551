"""The order in which many terms are joined to one: two by two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Join, Joined

T = TypeVar("T")


def two_by_two(join: Callable[[T, T], T], terms: Sequence[T]) -> T:
    """Join neighbours, then neighbouring pairs, and so on; the last of an odd number waits."""
    terms = list(terms)
    while len(terms) > 1:
        pairs = [join(a, b) for a, b in zip(terms[::2], terms[1::2], strict=False)]
        terms = pairs + terms[len(pairs) * 2 :]
    return terms[0]


def joined(operator: Join, a: Expression, b: Expression) -> Expression:
    """Join two terms."""
    match operator:
        case "sum":
            return Arithmetic("+", a, b)
        case "prod":
            return Arithmetic("*", a, b)
        case "vmin":
            return Call("min", (a, b))
        case "vmax":
            return Call("max", (a, b))


def written_out(expression: Joined) -> Expression:
    """Return the tree of operations that a `Joined` stands for."""
    return two_by_two(lambda a, b: joined(expression.operator, a, b), expression.terms)
