"""The drivers, and what the frozen backtest holds."""

from collections.abc import Sequence

from rcsd.report.table import Cell, Table, cells, words
from rcsd.report.wording import span
from rcsd.study.file.inputs import DriverResult


def drivers_table(drivers: Sequence[DriverResult]) -> Table:
    """One row per driver."""
    return Table(
        caption="Drivers",
        columns=words("Driver", "Fills", "Unit", "Years", "Flagged years", "In the frozen backtest"),
        rows=tuple(_driver_row(driver) for driver in drivers),
        note="Sources stand in SOURCES.md beside the study's data.",
    )


def _driver_row(driver: DriverResult) -> tuple[Cell, ...]:
    flagged = [
        f"{year:.0f} ({', '.join(flags)})" for year, flags in zip(driver.years, driver.flags, strict=True) if flags
    ]
    return (
        Cell(driver.name),
        *cells(driver.table, driver.unit, span(driver.years[0], driver.years[-1]), "; ".join(flagged)),
        Cell("as known" if driver.freeze is None else f"held by “{driver.freeze}”"),
    )
