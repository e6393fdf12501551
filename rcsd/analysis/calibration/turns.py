"""Parameters and errors estimated in turns: parameters by least squares, errors by their density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.fit.descent import descend_all
from rcsd.analysis.calibration.fit.result import least
from rcsd.analysis.calibration.problem import PENALTY, Problem
from rcsd.errors import CalibrationError

_ROUNDS, _SETTLED = 60, 1e-4
_TOLERANCE = 1e-9
_LOWER = 12.0  # of its log density, by which another peak may be lower than the best


@dataclass(frozen=True, slots=True)
class Settled:
    """Where the turns ended.

    Attributes
    ----------
    u
        Point of the unit cube, shape (n_parameters,).
    noise
        By target; None where the errors were taken as stated.
    n_runs
        Model runs spent.
    peaks
        Where the last descents from all starts ended whose cost is not much above the least, shape
        (n_peaks, n_parameters).
    """

    u: NDArray[np.float64]
    noise: tuple[NoiseValues | None, ...]
    n_runs: int
    peaks: NDArray[np.float64]


def settle_in_turns(problem: Problem, starts: NDArray[np.float64], estimated: Sequence[bool]) -> Settled:
    """Find the most probable parameters and errors together.

    Each half of a turn raises the density or leaves it, so the turns settle on a peak.

    Parameters
    ----------
    problem
        Its own noise, if any, is where the turns begin; else the stated errors.
    starts
        Points to descend from in the first turns, natural scale, shape (n_starts, n_parameters).
    estimated
        By target, whether its errors are estimated; the others stay as stated.

    Raises
    ------
    CalibrationError
        When the first run of every start fails.
    """
    points = UnitCube(problem).point(starts)
    noise: tuple[NoiseValues | None, ...] = ()
    n_runs, before, peaks = 0, np.full(problem.space.n, np.inf), np.empty((0, problem.space.n))
    for turn in range(_ROUNDS):
        # the stated errors, independent and normal, where nothing is known of the noise
        cube = UnitCube(problem if turn == 0 else replace(problem, noise=noise))
        ends = descend_all(cube, points, tolerance=_TOLERANCE)
        best = least(ends.cost)
        if ends.cost[best] >= 0.5 * PENALTY**2:
            raise CalibrationError(f"the first run of every start failed: {cube.message}; check the bounds")
        u = ends.u[best]
        if len(ends.u) > 1:
            peaks = ends.u[ends.cost < ends.cost[best] + _LOWER]
        misfit = problem.misfit(cube.search(u[np.newaxis, :]))
        noise = tuple(
            errors.estimate(raw[0]) if wanted else None
            for errors, raw, wanted in zip(problem.errors, misfit.raw, estimated, strict=True)
        )
        n_runs += cube.n_runs + 1
        if np.max(np.abs(u - before)) < _SETTLED:
            break
        # the first noise may show a better valley than the stated errors did; after that one descent is enough
        points, before = (points if turn == 0 else u[np.newaxis, :]), u
    return Settled(u, noise, n_runs, peaks)
