"""Which of many parameters move the observed variables.

Every parameter is moved at several points of the search space: at the model's own values and at those of a sample that
come nearest to the data.

Reference: Brun, Reichert & Künsch, Water Resour. Res. 37 (2001), on the sensitivities by which parameters are ranked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.problem import Problem

_SAMPLE = 1024
"""Points of the search space that are tried beside the model's own."""
_NEAREST = 5
"""Those of them, nearest to the data, at which parameters are moved too."""
_STEP = 0.02
"""By how much, as a share of the search interval."""
_LEAST = 0.005
"""What the whole search interval of a parameter must change the data by, in standard errors: below it the data say
nothing about the parameter. That little is enough, for a constant may lie far outside an interval that was assumed."""
_LARGEST = 1e4
"""Standard errors beyond which one cell counts no more: a run far off must not decide alone."""


@dataclass(frozen=True, slots=True)
class Screening:
    """What a screening has found.

    Attributes
    ----------
    names
        The parameters, in the order of the problem.
    effects
        What the whole search interval of each changes the data by, in standard errors, as the root mean square over the
        cells and the median over the points; shape (n_parameters,).
    telling
        Names of those that move the data, the one first that adds most to what those before it can do.
    n_runs, n_failed
        Of the model.
    seconds
        That they took, the first one, which compiles, left out.
    """

    names: tuple[str, ...]
    effects: NDArray[np.float64]
    telling: tuple[str, ...]
    n_runs: int
    n_failed: int
    seconds: float


def screen(problem: Problem, start: NDArray[np.float64], most: int, *, rng: np.random.Generator) -> Screening:
    """Rank parameters by runs.

    Parameters
    ----------
    problem
        With everything as a parameter that might become one.
    start
        The model's own values on the natural scale, shape (n_parameters,).
    most
        Parameters to name at most.
    rng
        Of the sample.
    """
    space = problem.space
    own = np.clip((space.to_search(start[np.newaxis, :])[0] - space.lower) / (space.upper - space.lower), 0.0, 1.0)
    problem.misfit(_search(problem, own[np.newaxis, :]))
    began = time.perf_counter()
    points, n_runs, n_failed = _near_points(problem, own, rng)
    matrices = []
    for point in points:
        matrix, failed = _differences(problem, point)
        n_runs, n_failed = n_runs + 2 * space.n, n_failed + failed
        matrices.append(matrix)
    effects = np.median([np.sqrt(np.mean(each**2, axis=0)) for each in matrices], axis=0) if matrices else None
    effects = np.zeros(space.n) if effects is None else np.asarray(effects)
    telling = tuple(space.names[i] for i in _ranked(matrices, most) if effects[i] > _LEAST)
    return Screening(space.names, effects, telling, n_runs, n_failed, time.perf_counter() - began)


def _search(problem: Problem, cube: NDArray[np.float64]) -> NDArray[np.float64]:
    lower, upper = problem.space.lower, problem.space.upper
    return np.asarray(np.clip(lower + cube * (upper - lower), lower, upper))


def _cost(problem: Problem, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Robust distance of runs to the data: the mean of log(1 + r^2) over the cells, shape (n_rows,)."""
    misfit = problem.misfit(_search(problem, rows))
    residuals = np.concatenate(misfit.raw, axis=1)
    with np.errstate(invalid="ignore", over="ignore"):
        cost = np.mean(np.log1p(np.minimum(residuals**2, 1e300)), axis=1)
    return np.where(misfit.ok, cost, np.inf), misfit.ok


def _near_points(
    problem: Problem, own: NDArray[np.float64], rng: np.random.Generator
) -> tuple[list[NDArray[np.float64]], int, int]:
    """Return the model's own point and the nearest of a sample around it, the nearest of all last."""
    n = own.size
    # most of the points move some parameters only: with a hundred moved at once no run is like the model any more
    moved = rng.random((_SAMPLE, n)) < np.minimum(1.0, rng.choice([1.0, 3.0, 8.0], (_SAMPLE, 1)) / n)
    rows = np.where(moved, rng.random((_SAMPLE, n)), own)
    rows[0] = own
    cost, ok = _cost(problem, rows)
    order = [int(i) for i in np.argsort(cost, kind="stable") if np.isfinite(cost[i])][:_NEAREST]
    points = [rows[i] for i in reversed(order) if i != 0]
    if ok[0] and 0 not in order[:1]:
        points.insert(0, own)
    elif ok[0]:
        points.append(own)
    return points, len(rows), int(np.sum(~ok))


def _differences(problem: Problem, point: NDArray[np.float64]) -> tuple[NDArray[np.float64], int]:
    """Differences of the residuals over each search interval at a point, shape (n_cells, n_parameters)."""
    steps = _STEP * np.eye(point.size)
    rows = np.clip(np.concatenate([point + steps, point - steps]), 0.0, 1.0)
    misfit = problem.misfit(_search(problem, rows))
    residuals = np.clip(np.concatenate(misfit.raw, axis=1), -_LARGEST, _LARGEST)
    n = point.size
    both = misfit.ok[:n] & misfit.ok[n:]
    width = np.diagonal(rows[:n] - rows[n:])
    rise = np.where(both[:, np.newaxis], residuals[:n] - residuals[n:], 0.0)
    return np.asarray((rise / width[:, np.newaxis]).T), int(np.sum(~misfit.ok))


def _ranked(matrices: list[NDArray[np.float64]], most: int) -> list[int]:
    """Rank columns, each by what it adds to those before it over all points: a QR factorisation with pivots."""
    if not matrices:
        return []
    left = [matrix.copy() for matrix in matrices]
    ranked: list[int] = []
    for _ in range(min(most, matrices[0].shape[1])):
        length = np.array([np.sqrt(np.sum(matrix**2, axis=0)) for matrix in left])
        adds = np.mean(np.log(np.maximum(length, 1e-12)), axis=0)
        adds[ranked] = -np.inf
        best = int(np.argmax(adds))
        ranked.append(best)
        for matrix in left:
            _take_off(matrix, best)
    return ranked


def _take_off(matrix: NDArray[np.float64], column: int) -> None:
    """Take what a column can do off all others, in place."""
    vector = matrix[:, column].copy()
    length = float(vector @ vector)
    if length > 0:
        matrix -= np.outer(vector, (vector @ matrix) / length)
