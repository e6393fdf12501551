"""What a forecast assumes of the drivers after the last fitted year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rcsd.analysis.scenarios import CourseSimulator
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.later import Course, Table, drawn, held

Beyond = Literal["drawn", "frozen", "hindsight"]
"""Drawn: drivers forecast from what was known, with their own errors, all else at its last fitted value. Frozen:
everything at its last fitted value. Hindsight: prices drawn, all else as it was to the end of its series, which nobody
knew at the time."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption of the drivers' later course, ready to run.

    Attributes
    ----------
    beyond
        Which.
    simulator
        With these drivers; row i of its inputs is draw i modulo their number.
    """

    beyond: Beyond
    simulator: Simulator


def assumptions(
    study: Study, simulator: DrivenSimulator, n_draws: int
) -> tuple[tuple[Assumed, ...], tuple[Course, ...]]:
    """Make the simulators of a forecast, the one that it stands on first.

    Nothing that the drivers' series say after the last fitted year reaches any of them but "hindsight".

    Parameters
    ----------
    study
        Read by `load_study`.
    simulator
        Of the study.
    n_draws
        How many courses are drawn.

    Returns
    -------
    (assumptions, courses)
        Without "drawn" for a study that draws no driver, and without "hindsight" for one that knows no more of any.
    """
    windows = study.file.windows
    flat = {driver.table: held(driver, windows.last, windows.end) for driver in study.drivers}
    frozen = Assumed("frozen", simulator.with_tables(flat))
    found = drawn(study, windows.last, windows.end, n_draws)
    tables = {driver.table: found[driver.name][0] for driver in study.drivers if driver.name in found}
    courses = tuple(course for _, course in found.values())
    prices = {
        driver.table: tables[driver.table]
        for driver in study.drivers
        if driver.name in found and study.file.drawn[driver.name].process == "price"
    }
    known = len(prices) < len(study.drivers)
    if not tables:
        return (frozen, *((Assumed("hindsight", simulator),) if known else ())), ()
    others = {table: points for table, points in flat.items() if table not in tables}
    made = [Assumed("drawn", CourseSimulator(simulator, tables | _repeated(others, n_draws))), frozen]
    if known:
        made.append(Assumed("hindsight", CourseSimulator(simulator, prices) if prices else simulator))
    return tuple(made), courses


def middle(study: Study, simulator: DrivenSimulator, n_draws: int) -> Simulator:
    """Make the simulator of one run for all draws: every drawn driver along the median of its draws, the others held.

    Parameters are those of `assumptions`.
    """
    windows = study.file.windows
    return simulator.with_tables(middle_tables(study, windows.last, windows.end, n_draws))


def middle_tables(study: Study, origin: int, end: int, n_draws: int) -> dict[str, Table]:
    """Points of every driver from an origin on: the median of its draws, or its held value."""
    tables = {driver.table: held(driver, origin, end) for driver in study.drivers}
    found = drawn(study, origin, end, n_draws)
    for driver in study.drivers:
        if driver.name in found:
            (x, y), _ = found[driver.name]
            tables[driver.table] = x, np.median(y, axis=0)
    return tables


def _repeated(tables: dict[str, Table], n_draws: int) -> dict[str, Table]:
    """Give every draw the same points."""
    return {table: (x, np.tile(y, (n_draws, 1))) for table, (x, y) in tables.items()}
