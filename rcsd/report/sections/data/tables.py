"""The doubtful cells of the data and what was done with them; the drivers; the stages."""

from collections.abc import Sequence

from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import number, span
from rcsd.study.file.inputs import DriverResult
from rcsd.study.graph.result import LifeCycle, TargetResult

_WINDOWS = {"fit": "fit", "holdout": "hold-out", "": "neither"}


def flags_table(targets: Sequence[TargetResult]) -> Table:
    """One row per flagged cell of an observed series."""
    rows = []
    for target in targets:
        for index, flags in enumerate(target.flags):
            if flags:
                weight = float(target.weights[index])
                rows.append(
                    (
                        Cell(target.variable),
                        *cells(
                            f"{target.years[index]:.0f}",
                            _WINDOWS[target.windows[index]],
                            number(target.observed[index]),
                        ),
                        Cell(", ".join(flags), "code"),
                        Cell("dropped" if weight == 0 else number(weight), "alert" if weight == 0 else ""),
                    )
                )
    return Table(
        caption="Flagged cells",
        columns=(*words("Series", "Year", "Window"), *numbers("Value"), *words("Flags"), *numbers("Weight")),
        rows=tuple(rows),
        note="A flag names a break or a doubt about a cell; the study's rules give each flag a weight, and a cell "
        "the product of its flags' weights. A weight of 0 drops the cell from the fit and from the scores. "
        "SOURCES.md beside the data says what each flag means.",
    )


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


def stages_table(cycle: LifeCycle) -> Table:
    """One row per stage of the life cycle."""
    return Table(
        caption="Stages read off the trajectory of x",
        columns=(*words("Stage"), *numbers("From", "To", "Years")),
        rows=tuple(
            (
                Cell(stage.stage),
                *cells(
                    f"{stage.first_year:.1f}",
                    "(end of the run)" if stage.open else f"{stage.last_year:.1f}",
                    f"{'at least ' if stage.open else ''}{stage.last_year - stage.first_year:.1f}",
                ),
            )
            for stage in cycle.stages
        ),
        note="Growth until x first crosses zero, maturity until it peaks, decline until |x| stays within "
        f"{cycle.band:g} to the end of the run, regeneration after that. The last stage is open: it lasts at least to "
        "the end of the run, and what x does later, or whether it stays in the band, is not known.",
    )
