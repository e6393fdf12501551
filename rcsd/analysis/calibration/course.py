"""The course of the gap between model and data: what one year says of the next.

The gap e of a year is the memory rho times that of the year before, plus a change v, plus a lasting shift; and the
change is the momentum phi times the last change plus an innovation. Without shifts that is an autoregression of second
order with the roots rho and phi (Box & Jenkins, Time Series Analysis, 1976, ch. 3); in full it is a local level with a
damped trend (Gardner & McKenzie, Management Science 31, 1985; Harvey, Forecasting, Structural Time Series Models and
the Kalman Filter, 1989, ch. 2-3). So a city that grows faster than its model does so for a while: the difference of
growth decays as phi says, and what has been gained stays as rho says.

A residual is the gap with an error of observation that leaves no trace in the year after. What is known of gap and
change is followed by Kalman's filter; years without a cell are passed through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit, ndtri

from rcsd.errors import ParameterError

Number = float | NDArray[np.float64]
"""A value, or one for each of many rows."""


@dataclass(frozen=True, slots=True)
class GapCourse:
    """How a gap goes on; all parts in units of the standard deviation of an innovation.

    Attributes
    ----------
    momentum
        phi, what of a change goes on into the next year, 0 to below 1. By default 0.3, assumed: with none, innovations
        of neighbouring years correlated with 0.27 (population), 0.34 (real GDP) and 0.29 (industry scale) in fits of
        82 cities to 2010.
    shift
        Standard deviation of a year's lasting shift, which has no momentum.
    observation
        Standard deviation of a year's error of observation.
    memory
        Median of the prior of rho, between 0 and 1; by default 0.73, assumed.
    memory_sd
        Standard deviation of the prior of logit rho; by default 1, assumed: rho is between 0.28 and 0.95 with 95 %.

    Raises
    ------
    ParameterError
        For a number outside its range.
    """

    momentum: float = 0.3
    shift: float = 0.0
    observation: float = 0.0
    memory: float = 0.7310585786300049  # logit 1
    memory_sd: float = 1.0

    def __post_init__(self) -> None:
        """Check every number."""
        if not 0 <= self.momentum < 1:
            raise ParameterError(f"momentum is {self.momentum:g}: it must be at least 0 and below 1", field="momentum")
        for name in ("shift", "observation"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value >= 0):
                raise ParameterError(f"{name} is {value:g}: give a number of 0 or more", field=name)
        if not 0 < self.memory < 1:
            raise ParameterError(f"memory is {self.memory:g}: it must lie between 0 and 1", field="memory")
        if not (np.isfinite(self.memory_sd) and self.memory_sd > 0):
            raise ParameterError(f"memory_sd is {self.memory_sd:g}: give a positive number", field="memory_sd")

    @property
    def memory_range(self) -> tuple[float, float]:
        """What holds rho with 95 % by its prior."""
        centre, width = logit(self.memory), ndtri(0.975) * self.memory_sd
        return float(expit(centre - width)), float(expit(centre + width))


PLAIN = GapCourse()
"""The course of a series of which a study says nothing."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a year before, or after, its own cell is seen.

    Attributes
    ----------
    gap, change
        Expected e and v, in units of the stated error.
    var_gap, covariance, var_change
        Of what is not known of them, in units of an innovation's variance.
    """

    gap: Number
    change: Number
    var_gap: Number
    covariance: Number
    var_change: Number

    @classmethod
    def at_anchor(cls) -> State:
        """Return a year that the model meets by construction: no gap, and no change yet."""
        return cls(0.0, 0.0, 0.0, 0.0, 0.0)

    @classmethod
    def stationary(cls, course: GapCourse, memory: Number) -> State:
        """Return a year of a process that has run for ever."""
        phi = course.momentum
        var_change = 1 / (1 - phi**2)
        covariance = var_change / (1 - memory * phi)
        var_gap = (var_change + 2 * memory * phi * covariance + course.shift**2) / (1 - memory**2)
        return cls(0.0, 0.0, var_gap, covariance, var_change)

    def year_on(self, course: GapCourse, memory: Number) -> State:
        """Go on to the year after."""
        phi = course.momentum
        change = phi * self.change
        var_change = phi**2 * self.var_change + 1
        carried = memory * phi * self.covariance
        return State(
            memory * self.gap + change,
            change,
            memory**2 * self.var_gap + 2 * carried + var_change + course.shift**2,
            carried + var_change,
            var_change,
        )

    def seen(self, residual: Number, error: float) -> State:
        """Take in the residual of the year, observed with this error variance."""
        total = self.var_gap + error
        surprise = residual - self.gap
        share, gain = self.var_gap / total, self.covariance / total
        return State(
            self.gap + share * surprise,
            self.change + gain * surprise,
            self.var_gap - share * self.var_gap,
            self.covariance - share * self.covariance,
            self.var_change - gain * self.covariance,
        )

    def shifted_to(self, residual: Number, error: float) -> State:
        """Take the gap from the residual alone: it has jumped, and that says nothing of the change that goes on."""
        return State(residual, self.change, error, 0.0, self.var_change)


@dataclass(frozen=True, slots=True)
class Followed:
    """A series of residuals, gone through.

    Attributes
    ----------
    surprises, variances
        By cell, how far the residual is from what the cells before it let expect, and the variance of that in units of
        an innovation's. A cell of a jump has no surprise, and the variance 1.
    last
        What is known when the last cell has been seen.
    """

    surprises: list[Number]
    variances: list[Number]
    last: State


def follow(
    residuals: Sequence[Number],
    years: NDArray[np.float64],
    errors: NDArray[np.float64],
    jumps: NDArray[np.bool_],
    *,
    course: GapCourse,
    anchor: float | None,
    memory: Number,
) -> Followed:
    """Go through the residuals of the cells of a series.

    Parameters
    ----------
    residuals
        By cell, in units of the stated error.
    years
        Of the cells, whole and increasing.
    errors
        By cell, the variance of its error of observation, in units of an innovation's.
    jumps
        By cell, whether the gap jumps in that year.
    course
        How the gap goes on.
    anchor
        The year before all of them that the model meets by construction, if there is one.
    memory
        rho.
    """
    surprises: list[Number] = []
    variances: list[Number] = []
    state = State.at_anchor() if anchor is not None else State.stationary(course, memory)
    at = anchor
    for residual, year, error, jump in zip(residuals, years.tolist(), errors.tolist(), jumps.tolist(), strict=True):
        for _ in range(0 if at is None else round(year - at)):
            state = state.year_on(course, memory)
        at = year
        if jump:
            surprises.append(0.0 * residual)
            variances.append(1.0)
            state = state.shifted_to(residual, error)
        else:
            surprises.append(residual - state.gap)
            variances.append(state.var_gap + error)
            state = state.seen(residual, error)
    return Followed(surprises, variances, state)


def draw_course(
    state: State,
    at: float,
    years: NDArray[np.float64],
    scale: NDArray[np.float64],
    memory: NDArray[np.float64],
    freedom: float,
    *,
    course: GapCourse,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw residuals of later years.

    Parameters
    ----------
    state, at
        What is known of a year, and which.
    years
        Whole, increasing, after that year; those between them are passed through.
    scale, memory
        s and rho, shape (n_draws,).
    freedom
        Degrees of freedom of the innovations, shifts and errors of observation, above 2.
    course
        How the gap goes on.
    rng
        Draws the innovations, and what is not known of the year begun from.

    Returns
    -------
    NDArray, shape (n_draws, n_years)
        In units of the stated error.
    """
    n = len(scale)
    # the variance of an innovation, in units of its squared scale
    spread = scale * np.sqrt(freedom / (freedom - 2))
    gap, change = _drawn(state, spread, rng.standard_normal((2, n)))

    def fresh(sd: float) -> NDArray[np.float64] | float:
        # no deviates are drawn for a part that is not there, so that those of the others do not depend on it
        return sd * scale * rng.standard_t(freedom, n) if sd > 0 else 0.0

    drawn = np.empty((n, years.size))
    for k, year in enumerate(years.tolist()):
        for _ in range(round(year - at)):
            change = course.momentum * change + fresh(1.0)
            gap = memory * gap + change + fresh(course.shift)
        drawn[:, k], at = gap + fresh(course.observation), year
    return drawn


def _drawn(
    state: State, spread: NDArray[np.float64], normal: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw e and v, each of shape (n_draws,), from two normal deviates of that shape."""
    gap = state.gap + spread * np.sqrt(np.maximum(state.var_gap, 0.0)) * normal[0]
    # what v leaves open when e is known; where e is certain there is nothing to learn from it
    known = np.where(np.asarray(state.var_gap) > 0, state.var_gap, np.inf)
    change = state.change + state.covariance / known * (gap - state.gap)
    left = np.maximum(state.var_change - state.covariance**2 / known, 0.0)
    return np.asarray(gap), np.asarray(change + spread * np.sqrt(left) * normal[1])
