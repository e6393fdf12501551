"""The later course of a driver, drawn or held from an origin on; nothing after the origin reaches it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.driver import draw_paths, mix
from rcsd.analysis.scenarios import log_process
from rcsd.bands import band
from rcsd.errors import SeriesError
from rcsd.study.file.inputs import DriverResult
from rcsd.study.file.study import Study

_COURSE = 3
"""Distinguishes the seeds of courses from those of other draws of a study."""

Table = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x, shape (n_points,), and y, that shape or (n_draws, n_points)."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a drawn driver goes on.

    Attributes
    ----------
    driver, unit
        The driver.
    process
        "price" or "growth"; see `rcsd.study.file.schema.DrawnSection`.
    history, first, last
        The series that its process was estimated from, and its first and last year used.
    mean
        What a price returns to, as a multiple of the last value; of a rate of growth its last drawn year, without
        errors.
    persistence, sd
        Of `rcsd.analysis.scenarios.LogProcess`; of a rate of growth, 1 and the yearly change of its error.
    years
        Of the arrays, from the last fitted one on; shape (n_years,).
    median, low, high
        Of the drawn values, in the driver's own unit; shape (n_years,).
    """

    driver: str
    unit: str
    process: str
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


def held(driver: DriverResult, origin: int, end: int) -> Table:
    """Keep the value of the origin: a flat last segment, whatever the table does beyond its points."""
    years, values = _known(driver, origin)
    return np.append(years, end + 1.0), np.append(values, values[-1])


def drawn(study: Study, origin: int, end: int, n_draws: int) -> dict[str, tuple[Table, Course]]:
    """Draw every driver whose later course a study forecasts.

    Parameters
    ----------
    study
        Its section `[forecast.drawn]` says which, and how.
    origin, end
        Last known and last drawn year.
    n_draws
        How many courses.

    Returns
    -------
    dict
        By driver: points of its table, with y of shape (n_draws, n_points), and what to tell of it.
    """
    found = {}
    for i, driver in enumerate(each for each in study.drivers if each.name in study.histories):
        rng = np.random.default_rng([study.file.study.seed, _COURSE, i, origin % 2**63])
        found[driver.name] = _drawn(study, driver, origin, end, n_draws, rng)
    return found


def _known(driver: DriverResult, origin: int) -> Table:
    """Points of a driver up to the origin, which is among them."""
    _require_origin(driver.name, driver.years[-1], origin)
    kept = driver.years < origin
    value = float(np.interp(origin, driver.years, driver.values))
    return np.append(driver.years[kept], float(origin)), np.append(driver.values[kept], value)


def _require_origin(name: str, last: float, origin: int) -> None:
    """Insist on a value of the origin: nobody forecasts from a year whose drivers he does not know."""
    if last < origin:
        raise SeriesError(
            f"series {name!r} is known to {last:g}, before the origin {origin}; give its later years, move `last` of "
            "[rolling] to the last origin, or forecast from earlier ones"
        )


def _drawn(
    study: Study, driver: DriverResult, origin: int, end: int, n_draws: int, rng: np.random.Generator
) -> tuple[Table, Course]:
    section = study.file.drawn[driver.name]
    history = study.histories[driver.name]
    history = history.window(-np.inf, origin)
    if len(history):
        _require_origin(history.name, history.years[-1], origin)
    years, values = _known(driver, origin)
    later = np.arange(origin + 1.0, end + 1)
    if section.process == "growth":
        path = mix({round(year): value for year, value in zip(years, values, strict=True)}, later.size)
        paths = draw_paths(path, n_draws, sd=section.error, rng=rng)
        mean, persistence, sd = float(path[-1] / values[-1]), 1.0, section.error
    else:
        process = log_process(history.values)
        paths = values[-1] * process.factors(n_draws, later.size, rng)
        mean, persistence, sd = float(np.exp(process.mean - process.last)), process.persistence, process.sd
    # one more point, level with the last, for a table that would go on rising
    x = np.concatenate([years, later, [end + 1.0]])
    y = np.hstack([np.tile(values, (n_draws, 1)), paths, paths[:, -1:]])
    found = band(y[:, years.size - 1 : -1])
    course = Course(
        driver=driver.name,
        unit=driver.unit,
        process=section.process,
        history=history.name,
        first=int(history.years[0]),
        last=int(history.years[-1]),
        mean=mean,
        persistence=persistence,
        sd=sd,
        years=x[years.size - 1 : -1],
        low=found.low,
        median=found.median,
        high=found.high,
    )
    return (x, y), course
