"""Profile likelihoods: how far a parameter can go while all others do what they can to keep the fit.

A profile drops all priors of parameters: it tells what the data say and nothing else. Where the deviance (minus twice
the log density) rises by less than the 95 % point of chi squared with one degree of freedom, the data cannot tell
(Venzon & Moolgavkar, Appl. Stat. 37, 1988; Raue et al., Bioinformatics 25, 2009). Where the noise is estimated, it is
estimated anew at every point, or a scale that suits the best point would make all others look worse than they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.fit.descent import Descents, descend_all
from rcsd.analysis.calibration.problem import Problem

LEVEL = 0.95
RISE = 2 * float(gammaincinv(0.5, LEVEL))
"""Rise of the deviance, twice the cost, at the ends of the interval: 3.84, of chi-square with one degree of freedom."""

Open = Literal["", "left", "right", "both"]
_FIRST, _MOST = 0.02, 0.15  # steps, as shares of the search interval
_WANTED = 0.7  # rise of the deviance from one point to the next that steps are lengthened or shortened to
_POINTS = 60  # on either side, at most
_BEYOND = 1.5  # the profile is drawn up to this multiple of the rise
_TOLERANCE = 1e-8
_SAME_RISE = 1e-6
"""Rises that differ by less are equal: of a flat stretch the point nearest to the estimate is the best."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile of one parameter.

    Attributes
    ----------
    name
        The parameter.
    values
        Natural scale, increasing, shape (n_points,).
    rises
        Rise of the deviance above its least, shape (n_points,).
    best
        Where it is least: the estimate without priors.
    lower, upper
        Ends of the 95 % interval; a bound of the search where the profile does not rise enough on that side.
    open
        On which sides the interval is open: "", "left", "right" or "both".
    """

    name: str
    values: NDArray[np.float64]
    rises: NDArray[np.float64]
    best: float
    lower: float
    upper: float
    open: Open


@dataclass(frozen=True, slots=True)
class Profiles:
    """The profiles of all parameters, in their order, and the model runs that they took."""

    profiles: tuple[Profile, ...]
    n_runs: int


def profiles(problem: Problem, estimate: NDArray[np.float64]) -> Profiles:
    """Profile every parameter, all of them and both sides together: each step is a few batches of runs.

    Parameters
    ----------
    problem
        With a noise, where that was estimated: it is where the parameters are sought, and estimated anew at what is
        found. Without one the stated errors are taken for known.
    estimate
        Near where the data are met best, natural scale, shape (n_parameters,).
    """
    cube = UnitCube(problem)
    n = problem.space.n
    counted = np.arange(problem.n_data + problem.space.n_priors) < problem.n_data
    centre = descend_all(
        cube, cube.point(estimate)[np.newaxis, :], tolerance=_TOLERANCE, counted=counted[np.newaxis, :]
    )
    least = float(_deviances(cube, centre)[0])
    sides = [_walk(cube, counted, np.tile(centre.u, (n, 1)), least, sign) for sign in (-1.0, 1.0)]
    found = (_profile(problem, i, cube, centre.u[0], [side[i] for side in sides]) for i in range(n))
    return Profiles(tuple(found), cube.n_runs)


def _deviances(cube: UnitCube, ends: Descents) -> NDArray[np.float64]:
    """Return the deviance of each end, shape (n_rows,), with the noise estimated anew where there is one."""
    problem = cube.problem
    if problem.noise is None:
        return np.asarray(2 * ends.cost)
    misfit = problem.misfit(cube.search(ends.u))
    cube.n_runs += len(ends.u)
    total = np.full(len(ends.u), np.inf)
    total[misfit.ok] = 0.0
    for errors, raw in zip(problem.errors, misfit.raw, strict=True):
        total[misfit.ok] -= 2 * errors.best_log_density(raw[misfit.ok])
    return total


def _walk(
    cube: UnitCube, counted: NDArray[np.bool_], centre: NDArray[np.float64], least: float, sign: float
) -> list[list[tuple[float, float]]]:
    """Walk every parameter away from its estimate; returns points (u, rise) by parameter, outwards."""
    n = len(centre)
    rows, walked = np.arange(n), [[(float(centre[i, i]), 0.0)] for i in range(n)]
    here, steps, rises = centre.copy(), np.full(n, _FIRST), np.zeros(n)
    free = ~np.eye(n, dtype=np.bool_)
    going = (here[rows, rows] > 0) if sign < 0 else (here[rows, rows] < 1)
    for _ in range(_POINTS):
        which = np.flatnonzero(going)
        if which.size == 0:
            break
        points = here[which].copy()
        own = points[np.arange(which.size), which]
        points[np.arange(which.size), which] = np.clip(own + sign * steps[which], 0.0, 1.0)
        ends = descend_all(
            cube, points, tolerance=_TOLERANCE, free=free[which], counted=np.tile(counted, (which.size, 1))
        )
        deviances = _deviances(cube, ends)
        for k, i in enumerate(which):
            rise = float(deviances[k]) - least
            gained = rise - rises[i]
            if gained > 2 * _WANTED and steps[i] > _FIRST / 16:
                steps[i] /= 2  # too far at once: the interval's end would be read off a chord
                continue
            here[i], rises[i] = ends.u[k], rise
            walked[i].append((float(ends.u[k, i]), rise))
            steps[i] = min(_MOST, steps[i] * (1.5 if gained < _WANTED else 1.0))
            going[i] = rise < _BEYOND * RISE and 0 < ends.u[k, i] < 1
    return walked


def _profile(
    problem: Problem, i: int, cube: UnitCube, centre: NDArray[np.float64], sides: list[list[tuple[float, float]]]
) -> Profile:
    """Put both sides of one parameter together and read its interval off."""
    # the noise of another point may suit the data still better
    least = min(rise for side in sides for _, rise in side)
    left, right = ([(point, rise - least) for point, rise in side] for side in sides)
    low, high = _crossing(left), _crossing(right)
    u = np.array([point for point, _ in reversed(left[1:])] + [point for point, _ in right])
    rises = np.array([rise for _, rise in reversed(left[1:])] + [rise for _, rise in right])

    lowest = u[rises <= _SAME_RISE]

    def natural(share: float) -> float:
        point = centre.copy()
        point[i] = share
        return float(cube.natural(point)[i])

    is_open: Open = "both" if low is None and high is None else "left" if low is None else "right"
    return Profile(
        name=problem.space.names[i],
        values=np.array([natural(share) for share in u]),
        rises=rises,
        best=natural(float(lowest[np.argmin(np.abs(lowest - centre[i]))])),
        lower=natural(0.0 if low is None else low),
        upper=natural(1.0 if high is None else high),
        open="" if low is not None and high is not None else is_open,
    )


def _crossing(side: list[tuple[float, float]]) -> float | None:
    """Find where a walk outwards first reaches the rise of the interval's end; None where it does not.

    The root of the rise is nearly a straight line, so it is interpolated.
    """
    for (before, low), (after, high) in pairwise(side):
        if high >= RISE:
            a, b = np.sqrt(max(low, 0.0)), np.sqrt(high)
            return float(before + (after - before) * (np.sqrt(RISE) - a) / (b - a))
    return None
