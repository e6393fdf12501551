"""Bounded least squares from many points at once: every iteration is one or two batches of runs.

Levenberg and Marquardt's method (Marquardt, SIAM J. Appl. Math. 11, 1963; scaled as by Moré, Lecture Notes in
Mathematics 630, 1978), with steps projected on the box (Kanzow, Yamashita & Fukushima, J. Comput. Appl. Math. 172,
2004). Several dampings are tried in each batch, where runs cost less than a further batch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube

_TRIED = np.array([0.1, 1.0, 10.0])  # dampings of one batch, relative to the current one
_FIRST, _LEAST, _LARGEST = 1e-2, 1e-12, 1e12
_REJECTED = 100.0  # by how much the damping rises when none of those tried lowers the cost
_EMPTY = 1e-14  # of the largest column: what a column without effect is scaled by
RUNNING, _GRADIENT, _COST, _POINT, _STUCK, FAILED = range(6)
WHY_STOPPED = {
    RUNNING: "the iterations were used up",
    _GRADIENT: "the gradient is below the tolerance",
    _COST: "the cost no longer changes",
    _POINT: "the parameters no longer change",
    _STUCK: "no step lowers the cost any more",
}


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
        return np.asarray((self.ended != RUNNING) & (self.ended != FAILED))


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
    work = _Work.begin(cube, points, tolerance, free, counted)
    for _ in range(max_iterations):
        work.derive()
        if not work.step():
            break
    return work.state


@dataclass(slots=True)
class _Work:
    """What many descents hold between two iterations; every array begins with the axis of the descents."""

    cube: UnitCube
    tolerance: float
    free: NDArray[np.bool_]
    counts: NDArray[np.float64]
    state: Descents
    jacobian: NDArray[np.float64]
    scale: NDArray[np.float64]  # largest squared lengths so far of the columns of the jacobian
    bend: NDArray[np.float64]  # what priors that are not normal add to slope and curvature of the cost
    slope: NDArray[np.float64]
    damping: NDArray[np.float64]
    stale: NDArray[np.bool_]  # whose jacobian is that of an earlier point

    @classmethod
    def begin(
        cls,
        cube: UnitCube,
        points: NDArray[np.float64],
        tolerance: float,
        free: NDArray[np.bool_] | None,
        counted: NDArray[np.bool_] | None,
    ) -> _Work:
        """Run the first points."""
        u = np.clip(points, 0.0, 1.0)
        residuals, ok = cube.evaluate(u)
        counts = np.ones(residuals.shape) if counted is None else counted.astype(np.float64)
        residuals = residuals * counts
        n, ended = len(u), np.where(ok, RUNNING, FAILED)
        return cls(
            cube=cube,
            tolerance=tolerance,
            free=np.ones(u.shape, dtype=np.bool_) if free is None else free,
            counts=counts,
            state=Descents(u, residuals, _cost(residuals), ended, np.ones(n, dtype=int), (~ok).astype(int)),
            jacobian=np.zeros((n, residuals.shape[1], u.shape[1])),
            scale=np.zeros(u.shape),
            bend=np.zeros(u.shape),
            slope=np.zeros(u.shape),
            damping=np.full(n, _FIRST),
            stale=np.ones(n, dtype=np.bool_),
        )

    @property
    def running(self) -> NDArray[np.intp]:
        """Numbers of the descents that go on."""
        return np.flatnonzero(self.state.ended == RUNNING)

    def derive(self) -> None:
        """Work out derivatives where a descent has moved, and end those whose gradient vanishes."""
        state, new = self.state, np.flatnonzero((self.state.ended == RUNNING) & self.stale)
        if new.size == 0:
            return
        self.jacobian[new], n_runs, n_failed = self.cube.jacobians(
            state.u[new], state.residuals[new], free=self.free[new], counts=self.counts[new]
        )
        state.n_runs[new] += n_runs
        state.n_failed[new] += n_failed
        for row, column, slope, bend in self.cube.bends(state.u[new]):
            self.slope[new, column] = slope * self.counts[new, row]
            self.bend[new, column] = bend * self.counts[new, row]
        self.scale[new] = np.maximum(self.scale[new], np.sum(self.jacobian[new] ** 2, axis=1) + self.bend[new])
        steepest = np.max(np.abs(self.gradient(new)), axis=1, initial=0.0)
        state.ended[new[steepest <= self.tolerance]] = _GRADIENT
        self.stale[new] = False

    def step(self) -> bool:
        """Try a few steps of every descent in one batch, and take the best; says whether any descent goes on."""
        which = self.running
        if which.size == 0:
            return False
        trials = self.trials(which)
        found, ok = self.cube.evaluate(trials.reshape(-1, trials.shape[2]))
        found = found.reshape(which.size, _TRIED.size, -1) * self.counts[which, np.newaxis]
        ok = ok.reshape(which.size, -1)
        self.state.n_runs[which] += _TRIED.size
        self.state.n_failed[which] += np.sum(~ok, axis=1)
        self.accept(which, trials, found, ok)
        return True

    def gradient(self, which: NDArray[np.intp]) -> NDArray[np.float64]:
        """Gradient of the cost, zero where it points out of the box."""
        gradient = np.einsum("bmp,bm->bp", self.jacobian[which], self.state.residuals[which]) + self.slope[which]
        u = self.state.u[which]
        return np.where(((u <= 0) & (gradient > 0)) | ((u >= 1) & (gradient < 0)), 0.0, gradient)

    def trials(self, which: NDArray[np.intp]) -> NDArray[np.float64]:
        """Points to try, shape (n_which, n_tried, n_parameters): damped Gauss-Newton steps, cut at the box."""
        gradient = self.gradient(which)
        moving = self.free[which] & (gradient != 0.0)
        j = self.jacobian[which] * moving[:, np.newaxis, :]
        normal = j.swapaxes(1, 2) @ j + (self.bend[which] * moving)[..., np.newaxis] * np.eye(gradient.shape[1])
        largest = np.max(self.scale[which], axis=1, keepdims=True, initial=0.0)
        diagonal = np.maximum(self.scale[which], _EMPTY * largest) + (largest == 0)
        added = self.damping[which, np.newaxis, np.newaxis] * _TRIED[:, np.newaxis] * diagonal[:, np.newaxis, :]
        # a coordinate that does not move gets an equation of its own, 1 x = 0
        added = np.where(moving[:, np.newaxis, :], added, 1.0)
        left = normal[:, np.newaxis] + added[..., np.newaxis] * np.eye(gradient.shape[1])
        right = np.broadcast_to((gradient * moving)[:, np.newaxis, :, np.newaxis], (*added.shape, 1))
        step = np.linalg.solve(left, -right)[..., 0]
        return np.asarray(np.clip(self.state.u[which][:, np.newaxis, :] + step, 0.0, 1.0))

    def accept(
        self,
        which: NDArray[np.intp],
        trials: NDArray[np.float64],
        found: NDArray[np.float64],
        ok: NDArray[np.bool_],
    ) -> None:
        """Move to the best of the trials where it lowers the cost, adapt the damping, and end what has settled."""
        state, rows = self.state, np.arange(which.size)
        costs = np.where(ok, _cost(found), np.inf)
        best = np.argmin(costs, axis=1)
        cost, before, damping = costs[rows, best], state.cost[which], self.damping[which]
        better = cost < before
        step = np.linalg.norm(trials[rows, best] - state.u[which], axis=1)
        small = step <= self.tolerance * (self.tolerance + np.linalg.norm(state.u[which], axis=1))
        # a small gain of a heavily damped step says nothing about larger ones: it ends a descent only near Gauss-Newton
        settled = better & (before - cost <= self.tolerance * before) & (damping <= 1.0)
        moved = which[better]
        state.u[moved], state.residuals[moved] = trials[rows, best][better], found[rows, best][better]
        state.cost[moved] = cost[better]
        self.stale[which] = better
        self.damping[which] = np.clip(damping * np.where(better, _TRIED[best], _REJECTED), _LEAST, None)
        state.ended[which[small]] = _POINT
        state.ended[which[settled]] = _COST
        state.ended[which[(self.damping[which] > _LARGEST) & ~small & ~settled]] = _STUCK


def _cost(residuals: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(0.5 * np.sum(residuals**2, axis=-1))
