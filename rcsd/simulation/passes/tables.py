"""Exchanges the points of tables, and gives every table a name, so that points are data and not structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Expression, Lookup, Name, Points, Time, with_children


def with_points(definitions: Iterable[Definition], points: Mapping[str, Points]) -> list[Definition]:
    """Return definitions with the points of some tables exchanged.

    Parameters
    ----------
    definitions : iterable of Definition
        Of a model.
    points : mapping of str to Points
        Variable to new points: a table, an equation that is one (``WITH LOOKUP``), or a data variable, which is
        then read at the time. What holds between and beyond the points stays as the file has it.
    """
    given = {canonical(name): new for name, new in points.items()}
    return [
        replace(d, content=_exchanged(d.content, given[canonical(d.name)])) if canonical(d.name) in given else d
        for d in definitions
    ]


def _exchanged(content: object, new: Points) -> Expression | Points:
    if isinstance(content, Points):
        return replace(content, x=new.x, y=new.y)
    if isinstance(content, Lookup) and isinstance(content.table, Points):
        return replace(content, table=replace(content.table, x=new.x, y=new.y))
    return Lookup(new, Time())


def named(name: str, expression: Expression, tables: dict[str, Points]) -> Expression:
    """Return an equation whose tables all have names; those within it are entered into `tables`."""
    if isinstance(expression, Lookup) and isinstance(expression.table, Points):
        table = f"{name}#table{sum(other.startswith(f'{name}#table') for other in tables) + 1}"
        tables[table] = expression.table
        return Lookup(Name(table), named(name, expression.argument, tables))
    return with_children(expression, lambda child: named(name, child, tables))
