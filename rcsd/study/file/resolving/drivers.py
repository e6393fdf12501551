"""Series that fill tables of the model."""

from __future__ import annotations

from rcsd.analysis.series import require_complete
from rcsd.errors import SeriesError
from rcsd.study.file.inputs import DriverResult
from rcsd.study.file.resolving.base import Resolving
from rcsd.study.file.schema import (
    DriverSection,
)
from rcsd.toml.lines import Keys


def drivers(at: Resolving) -> tuple[DriverResult, ...]:
    """Series that fill tables of the model, covering every compared year and every origin."""
    found = (_driver(at, name, section) for name, section in at.file.drivers.items())
    return tuple(driver for driver in found if driver is not None)


def _driver(at: Resolving, name: str, section: DriverSection) -> DriverResult | None:
    keys: Keys = ("drivers", name)
    series = at.lookup.series(keys, name)
    table = at.lookup.variable((*keys, "table"), section.table)
    if series is None or table is None:
        return None
    if not table.is_table:
        at.faults.add(
            (*keys, "table"),
            f"{table.name!r} is of the kind {table.kind}: a driver fills a table or a data variable",
        )
    series, _ = at.lookup.in_unit_of((*keys, "table"), series, table)
    try:
        require_complete(series, at.first, at.file.last_origin)
    except SeriesError as error:
        at.faults.add(keys, str(error))
    process = at.file.drawn[name].process if name in at.file.drawn else ""
    return DriverResult(name, series.unit, series.years, series.values, series.flags, table.name, process)
