"""What a forecast assumes of the drivers after the last fitted year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios import CourseSimulator, log_process
from rcsd.bands import band
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.inputs import DriverResult
from rcsd.study.file.study import Study

Beyond = Literal["drawn", "frozen", "hindsight"]
"""Drawn: prices drawn from their history, all else at its last fitted value. Frozen: everything at its last fitted
value. Hindsight: prices drawn, all else as it was to the end of its series, which nobody knew at the time."""

_COURSE = 3
"""Distinguishes the seeds of courses from those of other draws of a study."""

Table = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Course:
    """How a drawn driver goes on.

    Attributes
    ----------
    driver, unit
        The driver.
    history, first, last
        The series that its process was estimated from, and its first and last year used.
    mean
        What the process returns to, as a multiple of the last value.
    persistence, sd
        Of `rcsd.analysis.scenarios.LogProcess`.
    years
        Of the arrays, from the last fitted one on; shape (n_years,).
    median, low, high
        Of the drawn values, in the driver's own unit; shape (n_years,).
    """

    driver: str
    unit: str
    history: str
    first: int
    last: int
    mean: float
    persistence: float
    sd: float
    years: NDArray[np.float64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


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
        Without "drawn" for a study that draws no driver, and without "hindsight" for one that holds none.
    """
    held = {driver.table: _held(study, driver) for driver in study.drivers}
    frozen = Assumed("frozen", simulator.with_tables(held))
    drawn, courses = {}, []
    for i, driver in enumerate(each for each in study.drivers if each.name in study.histories):
        rng = np.random.default_rng([study.file.study.seed, _COURSE, i])
        points, course = _drawn(study, driver, n_draws, rng)
        drawn[driver.table] = points
        courses.append(course)
    others = {table: points for table, points in held.items() if table not in drawn}
    if not drawn:
        known = (Assumed("hindsight", simulator),) if others else ()
        return (frozen, *known), ()
    repeated = {table: (x, np.tile(y, (n_draws, 1))) for table, (x, y) in others.items()}
    found = [Assumed("drawn", CourseSimulator(simulator, drawn | repeated)), frozen]
    if others:
        found.append(Assumed("hindsight", CourseSimulator(simulator, drawn)))
    return tuple(found), tuple(courses)


def middle(study: Study, simulator: DrivenSimulator, n_draws: int) -> Simulator:
    """Make the simulator of one run for all draws: every drawn driver along the median of its draws, the others held.

    Parameters are those of `assumptions`.
    """
    tables = {driver.table: _held(study, driver) for driver in study.drivers}
    for i, driver in enumerate(each for each in study.drivers if each.name in study.histories):
        (x, y), _ = _drawn(study, driver, n_draws, np.random.default_rng([study.file.study.seed, _COURSE, i]))
        tables[driver.table] = x, np.median(y, axis=0)
    return simulator.with_tables(tables)


def _known(study: Study, driver: DriverResult) -> Table:
    """Points of a driver up to the last fitted year, which is among them."""
    last = float(study.file.windows.last)
    kept = driver.years < last
    value = float(np.interp(last, driver.years, driver.values))
    return np.append(driver.years[kept], last), np.append(driver.values[kept], value)


def _held(study: Study, driver: DriverResult) -> Table:
    """Keep the value of the last fitted year: a flat last segment, whatever the table does beyond its points."""
    years, values = _known(study, driver)
    return np.append(years, study.file.windows.end + 1.0), np.append(values, values[-1])


def _drawn(
    study: Study, driver: DriverResult, n_draws: int, rng: np.random.Generator
) -> tuple[tuple[NDArray[np.float64], NDArray[np.float64]], Course]:
    """Draw the later values of a driver from its history."""
    windows, history = study.file.windows, study.histories[driver.name]
    process = log_process(history.values)
    years, values = _known(study, driver)
    later = np.arange(windows.last + 1.0, windows.end + 1)
    paths = values[-1] * process.factors(n_draws, later.size, rng)
    # one more point, level with the last, for a table that would go on rising
    x = np.concatenate([years, later, [windows.end + 1.0]])
    y = np.hstack([np.tile(values, (n_draws, 1)), paths, paths[:, -1:]])
    found = band(y[:, years.size - 1 : -1])
    course = Course(
        driver=driver.name,
        unit=driver.unit,
        history=history.name,
        first=int(history.years[0]),
        last=int(history.years[-1]),
        mean=float(np.exp(process.mean - process.last)),
        persistence=process.persistence,
        sd=process.sd,
        years=x[years.size - 1 : -1],
        low=found.low,
        median=found.median,
        high=found.high,
    )
    return (x, y), course
