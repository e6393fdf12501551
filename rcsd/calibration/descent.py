"""Bounded least squares from many points at once: every iteration is one or two batches of runs.

Levenberg and Marquardt's method (Marquardt, SIAM J. Appl. Math. 11, 1963; scaled as by Moré, Lecture Notes in
Mathematics 630, 1978), with steps projected on the box (Kanzow, Yamashita & Fukushima, J. Comput. Appl. Math. 172,
2004). Several dampings are tried in each batch, where runs cost less than a further batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.calibration.cube import UnitCube
from rcsd.calibration.problem import Problem
from rcsd.calibration.result import Start
from rcsd.parameters import SampleMethod

_TRIED = np.array([0.1, 1.0, 10.0])  # dampings of one batch, relative to the current one
_FIRST, _LEAST, _LARGEST = 1e-2, 1e-12, 1e12
_REJECTED = 100.0  # by how much the damping rises when none of those tried lowers the cost
_EMPTY = 1e-14  # of the largest column: what a column without effect is scaled by
_RUNNING, _GRADIENT, _COST, _POINT, _STUCK, _FAILED = range(6)
_WHY_STOPPED = {
    _RUNNING: "the iterations were used up",
    _GRADIENT: "the gradient is below the tolerance",
    _COST: "the cost no longer changes",
    _POINT: "the parameters no longer change",
    _STUCK: "no step lowers the cost any more",
}


@dataclass(frozen=True, slots=True)
class Search:
    """How hard to look for the best fit.

    Attributes
    ----------
    n_starts
        Descents, at least 1; the first from the study's own starting values, the others from a sample.
    max_evaluations
        Limit of the iterations of one descent.
    tolerance
        A descent ends when the relative change of the cost or of the point, or the gradient, falls below it.
    sampler
        How the starting points fill the search intervals; "differential-evolution" begins where a global search ends,
        see `rcsd.calibration.evolution`.
    """

    n_starts: int
    max_evaluations: int = 100
    tolerance: float = 1e-6
    sampler: SampleMethod | Literal["differential-evolution"] = "sobol"


@dataclass(slots=True)
class Descents:
    """The state of many descents; every array begins with the axis of the descents.

    Attributes
    ----------
    u
        Points of the unit cube, shape (n, n_parameters).
    residuals
        Shape (n, n_residuals).
    cost
        Half the sum of their squares, shape (n,).
    ended
        Why each has ended, shape (n,); 0 while it has not.
    n_runs, n_failed
        Model runs of each, and those that failed, shape (n,).
    """

    u: NDArray[np.float64]
    residuals: NDArray[np.float64]
    cost: NDArray[np.float64]
    ended: NDArray[np.int_]
    n_runs: NDArray[np.int_]
    n_failed: NDArray[np.int_]

    @property
    def converged(self) -> NDArray[np.bool_]:
        """Which met a tolerance, shape (n,)."""
        return np.asarray((self.ended != _RUNNING) & (self.ended != _FAILED))


def descend_all(
    cube: UnitCube,
    points: NDArray[np.float64],
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-6,
    free: NDArray[np.bool_] | None = None,
    counted: NDArray[np.bool_] | None = None,
) -> Descents:
    """Descend from many points of the unit cube together.

    What a descent finds does not depend on those beside it.

    Parameters
    ----------
    cube
        The problem; its run counts grow.
    points
        Where to start, shape (n, n_parameters).
    max_iterations
        Limit of each descent; one iteration is a batch for the derivatives and a batch of trial steps.
    tolerance
        A descent ends when the relative change of the cost or of the point, or the largest element of the projected
        gradient, falls below it.
    free
        Which coordinates of each point may move, shape (n, n_parameters); all when None.
    counted
        Which residuals each descent counts, shape (n, n_residuals); all when None.

    Returns
    -------
    Descents
        A descent whose first run fails ends there, with the penalty's cost.
    """
    u = np.clip(points, 0.0, 1.0)
    may_move = np.ones(u.shape, dtype=np.bool_) if free is None else free
    residuals, ok = cube.evaluate(u)
    n = len(u)
    counts = np.ones(residuals.shape) if counted is None else counted.astype(np.float64)
    residuals = residuals * counts
    state = Descents(
        u, residuals, _cost(residuals), np.where(ok, _RUNNING, _FAILED), np.ones(n, dtype=int), (~ok).astype(int)
    )
    jacobian = np.zeros((n, residuals.shape[1], u.shape[1]))
    scale, damping = np.zeros(u.shape), np.full(n, _FIRST)
    stale = np.ones(n, dtype=np.bool_)
    for _ in range(max_iterations):
        new = np.flatnonzero((state.ended == _RUNNING) & stale)
        if new.size:
            jacobian[new], runs, failures = cube.jacobians(
                state.u[new], state.residuals[new], free=may_move[new], counts=counts[new]
            )
            state.n_runs[new] += runs
            state.n_failed[new] += failures
            scale[new] = np.maximum(scale[new], np.sum(jacobian[new] ** 2, axis=1))
            gradient = _projected_gradient(state, jacobian, new)
            state.ended[new[np.max(np.abs(gradient), axis=1, initial=0.0) <= tolerance]] = _GRADIENT
            stale[new] = False
        running = np.flatnonzero(state.ended == _RUNNING)
        if running.size == 0:
            break
        trials = _trials(state, jacobian, scale, damping, may_move, running)
        found, ok = cube.evaluate(trials.reshape(-1, u.shape[1]))
        found = found.reshape(running.size, _TRIED.size, -1) * counts[running, np.newaxis]
        ok = ok.reshape(running.size, -1)
        state.n_runs[running] += _TRIED.size
        state.n_failed[running] += np.sum(~ok, axis=1)
        _accept(state, (trials, found, ok), damping, running, tolerance)
        stale[running] = damping[running] < 0
        damping[running] = np.clip(np.abs(damping[running]), _LEAST, None)
        state.ended[running[(damping[running] > _LARGEST) & (state.ended[running] == _RUNNING)]] = _STUCK
    return state


def _cost(residuals: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 * np.sum(residuals**2, axis=-1))


def _projected_gradient(state: Descents, jacobian: NDArray[np.float64], which: NDArray[np.intp]) -> NDArray[np.float64]:
    """Gradient of the cost, zero where it points out of the box."""
    gradient = np.einsum("bmp,bm->bp", jacobian[which], state.residuals[which])
    u = state.u[which]
    return np.where(((u <= 0) & (gradient > 0)) | ((u >= 1) & (gradient < 0)), 0.0, gradient)


def _trials(
    state: Descents,
    jacobian: NDArray[np.float64],
    scale: NDArray[np.float64],
    damping: NDArray[np.float64],
    free: NDArray[np.bool_],
    which: NDArray[np.intp],
) -> NDArray[np.float64]:
    """Points to try, shape (n_which, n_tried, n_parameters): damped Gauss-Newton steps, cut at the box."""
    j = jacobian[which]
    gradient = _projected_gradient(state, jacobian, which)
    moving = free[which] & (gradient != 0.0)
    j = j * moving[:, np.newaxis, :]
    normal = j.swapaxes(1, 2) @ j
    largest = np.max(scale[which], axis=1, keepdims=True, initial=0.0)
    diagonal = np.maximum(scale[which], _EMPTY * largest) + (largest == 0)
    n = gradient.shape[1]
    added = damping[which, np.newaxis, np.newaxis] * _TRIED[:, np.newaxis] * diagonal[:, np.newaxis, :]
    # a coordinate that does not move gets an equation of its own, 1 x = 0
    added = np.where(moving[:, np.newaxis, :], added, 1.0)
    left = normal[:, np.newaxis] + added[..., np.newaxis] * np.eye(n)
    step = np.linalg.solve(left, -np.broadcast_to((gradient * moving)[:, np.newaxis, :, np.newaxis], (*added.shape, 1)))
    return np.asarray(np.clip(state.u[which][:, np.newaxis, :] + step[..., 0], 0.0, 1.0))


def _accept(
    state: Descents,
    tried: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]],
    damping: NDArray[np.float64],
    which: NDArray[np.intp],
    tolerance: float,
) -> None:
    """Move to the best of the trials where it lowers the cost; the damping of those that moved becomes negative."""
    trials, found, ok = tried
    costs = np.where(ok, _cost(found), np.inf)
    best = np.argmin(costs, axis=1)
    rows = np.arange(which.size)
    cost, before = costs[rows, best], state.cost[which]
    better = cost < before
    step = np.linalg.norm(trials[rows, best] - state.u[which], axis=1)
    small = step <= tolerance * (tolerance + np.linalg.norm(state.u[which], axis=1))
    # a small gain of a heavily damped step says nothing about larger ones: it ends the descent only near Gauss-Newton
    settled = better & (before - cost <= tolerance * before) & (damping[which] <= 1.0)
    moved = which[better]
    state.u[moved], state.residuals[moved] = trials[rows, best][better], found[rows, best][better]
    state.cost[moved] = cost[better]
    damping[which] = np.where(better, -damping[which] * _TRIED[best], damping[which] * _REJECTED)
    state.ended[which[small]] = _POINT
    state.ended[which[settled]] = _COST


def descend(problem: Problem, points: dict[int, NDArray[np.float64]], search: Search) -> list[Start]:
    """Descend from some starting points together and say where each ended.

    Parameters
    ----------
    problem
        What to fit.
    points
        By the number of the start: natural scale, shape (n_parameters,).
    search
        When to stop.

    Returns
    -------
    list of Start
        In the order of `points`. Never raises for a run that fails: when the first run fails, the start says so and
        has the penalty's cost.
    """
    cube = UnitCube(problem)
    names = problem.space.names
    ends = descend_all(
        cube,
        cube.point(np.stack(list(points.values()))),
        max_iterations=search.max_evaluations,
        tolerance=search.tolerance,
    )
    estimates = cube.natural(ends.u)
    return [
        Start(
            index=index,
            initial={name: float(value) for name, value in zip(names, initial, strict=True)},
            estimate={name: float(value) for name, value in zip(names, estimates[i], strict=True)},
            cost=float(ends.cost[i]),
            n_evaluations=int(ends.n_runs[i]),
            n_failed=int(ends.n_failed[i]),
            converged=bool(ends.converged[i]),
            message=cube.message if ends.ended[i] == _FAILED else _WHY_STOPPED[int(ends.ended[i])],
        )
        for i, (index, initial) in enumerate(points.items())
    ]
