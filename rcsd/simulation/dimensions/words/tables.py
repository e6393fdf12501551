"""Tables that are read at a quantity with a unit, in a model that reads its tables at numbers without one."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.dimensions.run import Run
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.ir.expression import Name, Time, walk
from rcsd.simulation.writer.formula import formula
from rcsd.units import Unit

_LEAST = 3
"""Tables that make a habit."""
_SHARE = 0.8
"""Of the tables that are read at numbers without a unit, where that is the habit of a model."""


def tables_at_quantities(stated: Stated, run: Run) -> Iterator[UnitFinding]:
    """Say which tables are read at a quantity with a unit, where the model's others are not.

    The x of a table have no unit that a file could state: the habit of the model says whether they have one. A table
    over time is left out.
    """
    readings = [each for each in run.readings if not any(isinstance(node, Time) for node in walk(each.lookup.argument))]
    bare = [each for each in readings if each.unit == Unit()]
    if len(bare) < _LEAST or len(bare) < len(readings) * _SHARE:
        return
    for each in readings:
        if each.unit != Unit():
            unit = stated.book.spelt(each.unit)
            table = each.lookup.table
            named = f"the table {formula(table, stated.model.format)}" if isinstance(table, Name) else "its table"
            at = formula(each.lookup.argument, stated.model.format)
            message = f"{named} is read at {at} in {unit}, where the model's others are read at numbers without a unit"
            line = each.owner.line if each.owner.line is not None else stated.model[each.owner.name].line
            remedy = f"divide the argument by a reference in {unit}"
            yield UnitFinding("warning", each.owner.name, line, message, remedy, unit, str(Unit()))
