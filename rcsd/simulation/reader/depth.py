"""Very deep expressions cut into hidden variables: no pass, engine or compiler meets a thousand levels.

A sum of a thousand terms is a thousand operators, each inside the next; so are nested choices of generated models.
What is cut off is computed before what it was cut from, in the same step and with the same operations: the numbers
stay the same, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Name, Reduction, children, with_children
from rcsd.simulation.ir.ranges import MARK

_DEEPEST = 60
"""Levels that an expression may have; a function counts as several, since it may be written out later."""

_OF_A_CALL = 6


def shallow(definitions: Iterable[Definition]) -> tuple[Definition, ...]:
    """Return the definitions of a model with deep expressions cut."""
    counts: dict[str, int] = {}
    return tuple(part for definition in definitions for part in _cut(definition, counts))


def _cut(definition: Definition, counts: dict[str, int]) -> Iterator[Definition]:
    """Yield the hidden variables of a definition, then itself."""
    content = definition.content
    if not isinstance(content, Expression):
        yield definition
        return
    order = _operands_first(content)
    if max(_levels(order).values()) <= _DEEPEST:
        yield definition
        return
    over_ranges = _over_ranges(order)
    made: dict[int, Expression] = {}
    levels: dict[int, int] = {}
    for node in order:
        if id(node) in over_ranges:  # what runs over a range stays in one piece
            made[id(node)], levels[id(node)] = node, 1
            continue
        for child in children(node):
            deep = levels[id(child)] + _weight(node) > _DEEPEST
            if deep and id(child) not in over_ranges and not isinstance(made[id(child)], Name):
                counts[definition.name] = counts.get(definition.name, 0) + 1
                name = f"{definition.name}#part{counts[definition.name]}"
                yield replace(definition, name=name, content=made[id(child)])
                made[id(child)], levels[id(child)] = Name(name, definition.subscripts), 1
        made[id(node)] = _with(node, made)
        levels[id(node)] = _weight(node) + max((levels[id(child)] for child in children(node)), default=0)
    yield replace(definition, content=made[id(content)])


def _with(node: Expression, made: Mapping[int, Expression]) -> Expression:
    return with_children(node, lambda child: made[id(child)])


def _weight(node: Expression) -> int:
    return _OF_A_CALL if isinstance(node, Call) else 1


def _operands_first(expression: Expression) -> list[Expression]:
    """List the nodes of an expression, each once and after its operands; without calls inside calls."""
    order: list[Expression] = []
    listed: set[int] = set()
    waiting = [(expression, False)]
    while waiting:
        node, done = waiting.pop()
        if id(node) in listed:
            continue
        if done:
            listed.add(id(node))
            order.append(node)
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in children(node)]
    return order


def _levels(order: Iterable[Expression]) -> dict[int, int]:
    found: dict[int, int] = {}
    for node in order:
        found[id(node)] = _weight(node) + max((found[id(child)] for child in children(node)), default=0)
    return found


def _over_ranges(order: Iterable[Expression]) -> set[int]:
    """Nodes inside a reduction, or inside a function one of whose arguments runs over a range."""
    marked: set[int] = set()
    inside: set[int] = set()
    for node in order:
        here = isinstance(node, Name) and any(subscript.endswith(MARK) for subscript in node.subscripts)
        if here or any(id(child) in marked for child in children(node)):
            marked.add(id(node))
        if isinstance(node, Reduction) or (isinstance(node, Call) and id(node) in marked):
            marked.discard(id(node))
            for child in children(node):
                inside.update(map(id, _operands_first(child)))
    return inside
