"""Put sectors of a table together."""

from __future__ import annotations

import numpy as np

from rcsd.papers.input_output.mapping import SectorMapping
from rcsd.papers.input_output.table import InputOutputTable, Sector


def aggregate(table: InputOutputTable, mapping: SectorMapping) -> InputOutputTable:
    """Sum rows and columns by group, each region by itself (Miller and Blair 2009, section 4.9: S Z S').

    Parameters
    ----------
    table : InputOutputTable
        Of n sectors.
    mapping : SectorMapping
        Names every code of the table and no other.

    Returns
    -------
    InputOutputTable
        One sector a group and region; a group is code and name at once. Every total stays what it was.

    Raises
    ------
    TableError
        When mapping and table do not fit.
    """
    mapping.require_fits(table)
    sectors = tuple(Sector(name, name, region) for region in table.regions for name in mapping.names)
    place = {(sector.region, sector.code): i for i, sector in enumerate(sectors)}
    summing = np.zeros((len(sectors), len(table)))
    for column, sector in enumerate(table.sectors):
        summing[place[sector.region, mapping.groups[sector.code]], column] = 1.0
    return InputOutputTable(
        title=table.title,
        unit=table.unit,
        sectors=sectors,
        intermediate=summing @ table.intermediate @ summing.T,
        final_uses={name: summing @ values for name, values in table.final_uses.items()},
        value_added={name: summing @ values for name, values in table.value_added.items()},
        output=summing @ table.output,
        total_input=summing @ table.total_input,
    )
