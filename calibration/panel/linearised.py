"""A city linearised: near a point, logarithms of its series are straight lines in its parameters.

With normal innovations of the gap between model and data, the data then say of the parameters what a linear regression
says, and the parameters can be integrated out exactly. Parameters are z, distances from the prior's centre in units of
its standard deviation. Slopes are central differences: one batch of 2 n_parameters + 1 runs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Target
from rcsd.analysis.parameters import ParameterSpace
from rcsd.errors import CalibrationError
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study import Study
from rcsd.study.findings.drivers.knowledge import knowledge

Array = NDArray[np.float64]

STEP = 0.1
"""To either side, in standard deviations of the prior."""

N_COURSES = 50
"""Courses of the drivers behind a forecast."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series of one city, seen from an origin. All is linear in z: a value at z = 0 and slopes.

    Attributes
    ----------
    name
        The series.
    residuals, slopes
        Of the innovations that the cells up to the origin show, in units of the stated error, shapes (n_cells,) and
        (n_cells, n_parameters).
    error
        The stated error.
    ahead, ahead_slopes
        Expected logarithm of the series in later years, the gap carried on, shapes (n_years,), (n_years, n_parameters).
    spreads
        Standard deviation of the gap of those years, in units of an innovation's, shape (n_years,).
    """

    name: str
    residuals: Array
    slopes: Array
    error: float
    ahead: Array
    ahead_slopes: Array
    spreads: Array


@dataclass(frozen=True, slots=True)
class SeenCity:
    """What is known of a city at an origin, ready to be linearised; nothing later is in it.

    Attributes
    ----------
    study, origin, last
        Which city; last known and last forecast year.
    space, targets
        Parameters with the priors, and cells, that were known.
    simulator
        With the middle course of the forecast drivers.
    courses
        By target: how each course of the drivers moves the logarithm in later years, shape (n_courses, n_years).
    """

    study: Study
    origin: int
    last: int
    space: ParameterSpace
    targets: tuple[Target, ...]
    simulator: Simulator
    courses: tuple[Array, ...]

    @classmethod
    def of(cls, study: Study, simulator: DrivenSimulator, origin: int, last: int) -> SeenCity:
        """Look at a city from an origin, with drivers forecast."""
        problem = study.problem(simulator, origin)
        known = knowledge(study, simulator, origin, last, N_COURSES)[0]
        if known.name != "forecast":
            raise CalibrationError(f"{study.name} forecasts no driver: name them under [forecast.drawn]")
        seen = cls(study, origin, last, problem.space, problem.targets, known.single, ())
        centre = np.zeros((1, seen.space.n))
        middle = seen.logs(centre)
        drawn = seen.logs(np.repeat(centre, N_COURSES, axis=0), known.simulator)
        later = slice(round(origin - seen.years[0]) + 1, None)
        courses = tuple((many - one)[:, later] for many, one in zip(drawn, middle, strict=True))
        return cls(study, origin, last, seen.space, seen.targets, known.single, courses)

    @property
    def years(self) -> Array:
        """From the first year of the fit window to the last one forecast."""
        return np.arange(float(self.study.fit_window[0]), self.last + 1)

    def logs(self, z: Array, simulator: Simulator | None = None) -> list[Array]:
        """Run the model at points (n_rows, n_parameters): by target, logarithms of shape (n_rows, n_years)."""
        centres, spreads = self._priors
        natural = self.space.from_search(centres + spreads * z)
        names = tuple(dict.fromkeys(target.variable for target in self.targets))
        inputs = dict(zip(self.space.names, natural.T, strict=True))
        runs = (simulator or self.simulator).run(inputs, outputs=names, times=self.years)
        if not runs.ok.all():
            raise CalibrationError(f"{self.study.name}, {self.origin}: a run of the model failed")
        return [np.log(runs.of(target.variable)) for target in self.targets]

    def slopes(self, at: Array, step: float = STEP) -> list[tuple[Array, Array]]:
        """By target: logarithms at a point, shape (n_years,), and their slopes, shape (n_parameters, n_years)."""
        moves = step * np.eye(at.size)
        found = self.logs(at + np.vstack([np.zeros((1, at.size)), moves, -moves]))
        return [(rows[0], (rows[1 : at.size + 1] - rows[at.size + 1 :]) / (2 * step)) for rows in found]

    @property
    def _priors(self) -> tuple[Array, Array]:
        """Centres and standard deviations on the search scale, each of shape (n_parameters,)."""
        stated = [(p.to_search(p.prior.centre), p.prior.sd) for p in self.space.parameters if p.prior is not None]
        return np.array([centre for centre, _ in stated]), np.array([sd for _, sd in stated])

    def lines(self, at: Array) -> tuple[Line, ...]:
        """Linearise about the nearest point within the parameters' bounds, shape (n_parameters,)."""
        centres, spreads = self._priors
        low, high = ((bound - centres) / spreads for bound in (self.space.lower, self.space.upper))
        at = np.clip(at, low + STEP, high - STEP)
        return tuple(
            self._line(target, value - at @ slopes, slopes)
            for target, (value, slopes) in zip(self.targets, self.slopes(at), strict=True)
        )

    def _line(self, target: Target, value: Array, slopes: Array) -> Line:
        # the course of the gap is linear in residuals: the value at z = 0 and each slope go through it as rows
        rows = np.vstack([value, slopes])
        raw = rows[:, np.searchsorted(self.years, target.years)] / target.error
        raw[0] -= np.log(target.observed) / target.error
        cells, course = target.cells, target.course
        counts = np.ones(target.years.size, dtype=bool) if cells.jumps is None else ~cells.jumps
        innovations = cells.innovations(raw, np.ones(len(raw)), course.memory)[0][:, counts]
        state = cells.follow(raw, course.memory).last
        ahead, spreads = rows[:, self.years > self.origin].copy(), []
        for year in np.arange(target.years[-1] + 1, self.last + 1):
            state = state.year_on(course, course.memory)
            if year > self.origin:
                ahead[:, len(spreads)] -= target.error * state.gap
                spreads.append(np.sqrt(state.var_gap + course.observation**2))
        return Line(
            name=target.series.name,
            residuals=innovations[0],
            slopes=innovations[1:].T,
            error=target.error,
            ahead=ahead[0],
            ahead_slopes=ahead[1:].T,
            spreads=np.array(spreads),
        )
