"""How the drivers themselves were forecast: their courses from the end of the fit window, beside what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.bands import between
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.knowledge import n_courses
from rcsd.study.findings.drivers.later import Course, drawn


@dataclass(frozen=True, slots=True)
class DriverForecast:
    """One driver in the hold-out.

    Attributes
    ----------
    course
        As forecast from the last fitted year, which is its first.
    n
        Years that came.
    error, error_last
        Mean absolute error of the median, and of the value of the last fitted year, in the driver's own unit; NaN where
        no year came.
    n_inside
        How many of the years the 90 % interval holds.
    """

    course: Course
    n: int
    error: float
    error_last: float
    n_inside: int


def driver_forecasts(study: Study, origin: int, end: int, n_draws: int) -> tuple[DriverForecast, ...]:
    """Forecast every driver that a study forecasts as a forecast from `origin` does, and score that."""
    found = drawn(study, origin, end, n_courses(n_draws))
    return tuple(_scored(study, course) for _, course in found.values())


def _scored(study: Study, course: Course) -> DriverForecast:
    driver = next(each for each in study.drivers if each.name == course.driver)
    came = (driver.years > course.years[0]) & np.isin(driver.years, course.years)
    at = np.searchsorted(course.years, driver.years[came])
    observed, last = driver.values[came], course.median[0]
    if not observed.size:
        return DriverForecast(course, 0, float("nan"), float("nan"), 0)
    return DriverForecast(
        course,
        observed.size,
        float(np.mean(np.abs(course.median[at] - observed))),
        float(np.mean(np.abs(last - observed))),
        int(between(observed, course.low[at], course.high[at]).sum()),
    )
