"""The drivers, and how forecasts go on with them."""

from collections.abc import Mapping, Sequence

from rcsd.report.spoken import period, periods, span, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, capital, measured, plain
from rcsd.study.file.inputs import DriverResult
from rcsd.study.findings.drivers.held_out import DriverForecast

_PROCESSES = {
    "price": "returns to the mean of its history, drawn from the shocks of that",
    "growth": "mean of a damped trend and of constant increments, with errors that add up",
    "": "keeps its last value",
}


def drivers_table(drivers: Sequence[DriverResult]) -> Table:
    """One row per driver."""
    return Table(
        caption="Drivers",
        columns=words("Driver", "Fills", "Unit", capital(periods()), f"Flagged {periods()}", "In a forecast"),
        rows=tuple(
            cells(
                driver.name,
                driver.table,
                driver.unit,
                span(driver.years[0], driver.years[-1]),
                _flagged(driver),
                _PROCESSES[driver.process],
            )
            for driver in drivers
        ),
        note="Sources stand in SOURCES.md beside the study's data.",
    )


def _flagged(driver: DriverResult) -> str:
    flagged = zip(driver.years, driver.flags, strict=True)
    return "; ".join(f"{when(year)} ({', '.join(flags)})" for year, flags in flagged if flags)


def forecasts_table(forecasts: Mapping[str, DriverForecast]) -> Table:
    """One row per driver that is forecast: how that went in the hold-out."""
    return Table(
        caption="The drivers themselves, forecast at the end of the fit window",
        columns=(
            *words("Driver", "Unit"),
            *numbers("Years", "Mean error", "Of the last value", "Inside 90 %"),
        ),
        rows=tuple(
            (
                *cells(plain(name), each.course.unit, str(each.n), measured(each.error, 3)),
                Cell(measured(each.error_last, 3)),
                Cell(f"{each.n_inside} of {each.n}" if each.n else MISSING),
            )
            for name, each in forecasts.items()
        ),
        note=f"Mean absolute error of the median in the hold-out {periods()}, beside that of the last fitted "
        f"{period()}'s value.",
    )
