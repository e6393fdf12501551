"""What a forecast from an origin may know of the drivers' later course: all, a forecast of them, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rcsd.analysis.scenarios import CourseSimulator
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.beyond import middle_tables
from rcsd.study.findings.drivers.later import drawn, held

Knowing = Literal["forecast", "known", "frozen"]
"""Forecast: from what was known at the origin, with their own errors. Known: as they were, which nobody knew then.
Frozen: at their values of the origin."""

_COURSES = 100
"""Most courses of the drivers: each takes its own run of the kernel, and so many show their spread."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One state of knowledge, ready to run.

    Attributes
    ----------
    name
        Which.
    simulator
        For draws: row i of its inputs goes with course i of the drivers, modulo their number.
    single
        For one run, with the middle course.
    """

    name: Knowing
    simulator: Simulator
    single: Simulator


def knowledge(study: Study, simulator: DrivenSimulator, origin: int, last: int, n_draws: int) -> tuple[Knowledge, ...]:
    """Make the simulators of a forecast, the one that a forecaster has first.

    Parameters
    ----------
    study, simulator
        What is forecast.
    origin, last
        Last known and last forecast year; nothing that a driver's series says after the origin reaches "forecast" and
        "frozen".
    n_draws
        Runs behind the forecast.

    Returns
    -------
    tuple of Knowledge
        Without "forecast" for a study that forecasts no driver, and "known" alone for one that has none.
    """
    known = Knowledge("known", simulator, simulator)
    if not study.drivers:
        return (known,)
    flat = {driver.table: held(driver, origin, last) for driver in study.drivers}
    still = simulator.with_tables(flat)
    frozen = Knowledge("frozen", still, still)
    n = n_courses(n_draws)
    found = drawn(study, origin, last, n)
    if not found:
        return known, frozen
    tables = {
        driver.table: found[driver.name][0]
        if driver.name in found
        else (flat[driver.table][0], np.tile(flat[driver.table][1], (n, 1)))
        for driver in study.drivers
    }
    middle = simulator.with_tables(middle_tables(study, origin, last, n))
    return Knowledge("forecast", CourseSimulator(simulator, tables), middle), known, frozen


def n_courses(n_draws: int) -> int:
    """Return the largest number of courses, up to 100, that so many draws share evenly.

    Examples
    --------
    >>> n_courses(500), n_courses(120), n_courses(97)
    (100, 60, 97)
    """
    return next(n for n in range(min(n_draws, _COURSES), 0, -1) if n_draws % n == 0)
