"""Exchanges the points of tables, and gives every table a name, so that points are data and not structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count

from rcsd.names import canonical, element_form
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Expression, Lookup, Name, Points, Time, with_children
from rcsd.simulation.ir.ranges import Ranges


def with_points(definitions: Iterable[Definition], points: Mapping[str, Points], ranges: Ranges) -> list[Definition]:
    """Return definitions with the points of some tables exchanged.

    Parameters
    ----------
    definitions : iterable of Definition
        Of a model.
    points : mapping of str to Points
        Variable to new points: a table, an equation that is one (``WITH LOOKUP``), or a data variable, which is
        then read at the time. What holds between and beyond the points stays as the file has it. ``Name[a,b]`` is an
        element of a data variable.
    ranges : Ranges
        The subscript ranges.
    """
    given = {element_form(name): new for name, new in points.items()}
    found: list[Definition] = []
    for definition in definitions:
        own = given.get(canonical(definition.name))
        if own is not None:
            found.append(replace(definition, content=_exchanged(definition.content, own)))
        elif definition.content is None and definition.subscripts:
            found += _by_element(definition, given, ranges)
        else:
            found.append(definition)
    return found


def _by_element(definition: Definition, given: Mapping[str, Points], ranges: Ranges) -> list[Definition]:
    """Split a data variable with subscripts into the elements that have a series, and the others."""
    if not any(form.startswith(f"{canonical(definition.name)}[") for form in given):
        return [definition]
    elements = {
        each: given.get(element_form(f"{definition.name}[{','.join(each)}]"))
        for each in ranges.covered(definition.subscripts)
    }
    fitting = {each: new for each, new in elements.items() if new is not None}
    pieces = [replace(definition, subscripts=each, content=Lookup(new, Time())) for each, new in fitting.items()]
    return [*pieces, replace(definition, exceptions=(*definition.exceptions, *fitting))]


def _exchanged(content: object, new: Points) -> Expression | Points:
    if isinstance(content, Points):
        return replace(content, x=new.x, y=new.y)
    if isinstance(content, Lookup) and isinstance(content.table, Points):
        return replace(content, table=replace(content.table, x=new.x, y=new.y))
    return Lookup(new, Time())


def named(name: str, expression: Expression, tables: dict[str, Points]) -> Expression:
    """Return an equation whose tables all have names; those within it are entered into `tables`."""
    if isinstance(expression, Lookup) and isinstance(expression.table, Points):
        table = next(own for i in count(1) if (own := f"{name}#table{i}") not in tables)
        tables[table] = expression.table
        return Lookup(Name(table), named(name, expression.argument, tables))
    return with_children(expression, lambda child: named(name, child, tables))
