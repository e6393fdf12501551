"""One table of several regions out of a table for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.errors import TableError
from rcsd.papers.input_output.table import InputOutputTable


def block_table(tables: Sequence[InputOutputTable]) -> InputOutputTable:
    """Put tables of different regions one below the other; no region buys from another in it.

    Where inter-regional flows are known they stand in one table of several regions, which `read_table` reads. Tables
    of single regions do not say where an in-flow comes from: it stays an in-flow, and the blocks beside the diagonal
    are zero.

    Raises
    ------
    TableError
        When a region has no name or stands twice, or units, final uses or parts of value added differ.
    """
    if not tables:
        raise TableError("there is no table: name one for each region")
    regions = [region for table in tables for region in table.regions]
    if len(regions) > 1 and ("" in regions or len(set(regions)) < len(regions)):
        raise TableError(f"regions must have names, each its own; found {', '.join(map(repr, regions))}")
    first = tables[0]
    for table in tables[1:]:
        for what, own, other in (
            ("the unit", table.unit, first.unit),
            ("the final uses", set(table.final_uses), set(first.final_uses)),
            ("the parts of value added", set(table.value_added), set(first.value_added)),
        ):
            if own != other:
                raise TableError(f"{what} of {table.title} and of {first.title} differ: bring them to one layout")
    n = sum(len(table) for table in tables)
    intermediate = np.zeros((n, n))
    start = 0
    for table in tables:
        stop = start + len(table)
        intermediate[start:stop, start:stop] = table.intermediate
        start = stop
    return InputOutputTable(
        title=" and ".join(table.title for table in tables),
        unit=first.unit,
        sectors=tuple(sector for table in tables for sector in table.sectors),
        intermediate=intermediate,
        final_uses={k: np.concatenate([table.final_uses[k] for table in tables]) for k in first.final_uses},
        value_added={k: np.concatenate([table.value_added[k] for table in tables]) for k in first.value_added},
        output=np.concatenate([table.output for table in tables]),
        total_input=np.concatenate([table.total_input for table in tables]),
    )
