"""The marked subscripts that a sum, product, least or greatest runs over."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.ir.expression import Expression, Name, Reduction, children
from rcsd.simulation.ir.ranges import MARK


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
