"""How much a model may make of itself: elements of arrays, terms of sums, copies of macros.

A range of a hundred million elements is one line of a file. What such a line would need is known before it is built.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from rcsd.simulation.ir import Definition, Ranges
from rcsd.simulation.ir.expression import Expression, Name, Reduction, walk
from rcsd.simulation.ir.ranges import MARK
from rcsd.simulation.reader.source import Fault

MOST = 1_000_000
"""Elements of all arrays of a model together, and terms of all sums over ranges of one variable."""


def size_faults(definitions: Iterable[Definition], ranges: Ranges) -> list[Fault]:
    """Find arrays and sums that are too large to be computed."""
    faults, total = [], 0
    for definition in definitions:
        n_elements = prod(len(ranges.members(subscript)) for subscript in definition.subscripts)
        total += n_elements
        n_terms = n_elements * _terms(definition.content, ranges)
        if total > MOST and n_elements > 1:
            what = f"has {n_elements:,} elements, which makes {total:,} in the model so far; {MOST:,} are the most"
        elif n_terms > MOST:
            what = f"adds up {n_terms:,} terms over ranges; {MOST:,} are the most"
        else:
            continue
        faults.append(Fault(definition.line, definition.name, f"{what}: make the ranges smaller"))
        break
    return faults


def _terms(content: object, ranges: Ranges) -> int:
    """Count the terms of the sums, and the like, in an equation."""
    if not isinstance(content, Expression):
        return 0
    return sum(
        prod(len(ranges.members(mark.removesuffix(MARK))) for mark in _marks(node.operand))
        for node in walk(content)
        if isinstance(node, Reduction)
    )


def _marks(operand: Expression) -> set[str]:
    names = (node for node in walk(operand) if isinstance(node, Name))
    return {subscript for name in names for subscript in name.subscripts if subscript.endswith(MARK)}
