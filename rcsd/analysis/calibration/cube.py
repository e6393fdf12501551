"""A calibration problem with every search interval stretched to [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.problem import Problem

DIFFERENCE = 1e-6
"""Step of the differences, as a share of the width of a parameter's search interval."""


@dataclass(slots=True)
class UnitCube:
    """A problem on the unit cube, so that one step length and one tolerance suit every parameter.

    Attributes
    ----------
    problem
        What to fit.
    n_runs, n_failed
        Model runs so far, and those that failed.
    message
        What the first failed run said, or empty.
    """

    problem: Problem
    n_runs: int = 0
    n_failed: int = 0
    message: str = ""

    def search(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the cube, shape (..., n_parameters), on the search scale."""
        lower, upper = self.problem.space.lower, self.problem.space.upper
        return np.asarray(np.clip(lower + u * (upper - lower), lower, upper))

    def natural(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the cube on the natural scale; exp(log(bound)) may step over a bound by a rounding, so clipped."""
        parameters = self.problem.space.parameters
        lower, upper = [p.lower for p in parameters], [p.upper for p in parameters]
        return np.asarray(np.clip(self.problem.space.from_search(self.search(u)), lower, upper))

    def point(self, natural: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the natural scale, shape (..., n_parameters), in the cube; those outside it on its surface."""
        space = self.problem.space
        return np.asarray(np.clip((space.to_search(natural) - space.lower) / (space.upper - space.lower), 0.0, 1.0))

    def evaluate(self, rows: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Residuals (n_rows, n_residuals) and which rows ended well."""
        evaluation = self.problem.evaluate(self.search(rows))
        self.n_runs += len(rows)
        self.n_failed += int(np.sum(~evaluation.ok))
        self.message = self.message or evaluation.message
        return evaluation.residuals, evaluation.ok

    def central(self, u: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Residuals (n_residuals,) and central differences (n_residuals, n_parameters) at one point, from one batch.

        Their error falls with the square of the step: where two parameters enter as one, their columns are parallel to
        many more digits than forward differences show. The point stands for a step whose run fails or leaves the cube;
        a column whose both steps fail is zero.
        """
        n = u.size
        steps = DIFFERENCE * np.eye(n)
        rows = np.clip(np.concatenate([u[np.newaxis, :], u + steps, u - steps]), 0.0, 1.0)
        residuals, ok = self.evaluate(rows)
        rows[~ok], residuals[~ok] = rows[0], residuals[0]
        width = np.diagonal(rows[1 : n + 1] - rows[n + 1 :])
        rise = residuals[1 : n + 1] - residuals[n + 1 :]
        slopes = np.divide(rise.T, width, out=np.zeros(rise.T.shape), where=width > 0)
        for row, column, _, bend in self.bends(u[np.newaxis, :]):
            slopes[row] = 0.0
            slopes[row, column] = np.sqrt(bend[0])
        return residuals[0], slopes

    def bends(self, u: NDArray[np.float64]) -> list[tuple[int, int, NDArray[np.float64], NDArray[np.float64]]]:
        """Slope and curvature of half the deviance of each prior whose residual is no straight line.

        Parameters
        ----------
        u
            Points, shape (n_points, n_parameters).

        Returns
        -------
        list of (row, column, slope, bend)
            Numbers of its residual, from the end, and of its parameter; then shapes (n_points,). A curvature is 0 where
            the deviance bends downwards.
        """
        space = self.problem.space
        found, width, z = [], space.upper - space.lower, self.search(u)
        for column, row, prior in space.families:
            slope, bend = prior.bends(z[:, column])
            found.append(
                (row - space.n_priors, column, slope * width[column], np.maximum(bend, 0) * width[column] ** 2)
            )
        return found

    def jacobians(
        self,
        u: NDArray[np.float64],
        here: NDArray[np.float64],
        *,
        free: NDArray[np.bool_] | None = None,
        counts: NDArray[np.float64] | None = None,
    ) -> tuple[NDArray[np.float64], NDArray[np.int_], NDArray[np.int_]]:
        """Forward differences at many points from one batch of runs.

        A step that leaves the cube or whose run fails is taken backwards, in a second batch; where both fail the column
        is zero, so a descent leaves that parameter where it is instead of chasing the penalty. The residuals of `bends`
        have no derivatives here.

        Parameters
        ----------
        u
            Points, shape (n_points, n_parameters).
        here
            Residuals at them, shape (n_points, n_residuals).
        free
            Columns to work out, shape (n_points, n_parameters); the others stay zero. All when None.
        counts
            Factors of the residuals of each point, shape (n_points, n_residuals); all 1 when None.

        Returns
        -------
        (jacobians, n_runs, n_failed)
            Shape (n_points, n_residuals, n_parameters), and shapes (n_points,): the runs spent on each.
        """
        columns = np.zeros((*u.shape, here.shape[1]))
        n_runs, n_failed = np.zeros(len(u), dtype=np.int_), np.zeros(len(u), dtype=np.int_)
        signs = np.where(u + DIFFERENCE > 1, -1.0, 1.0)
        point, axis = np.nonzero(np.ones(u.shape, dtype=np.bool_) if free is None else free)
        for _ in range(2):
            if point.size == 0:
                break
            step = signs[point, axis] * DIFFERENCE
            rows = u[point]
            rows[np.arange(point.size), axis] += step
            found, ok = self.evaluate(rows)
            if counts is not None:
                found = found * counts[point]
            n_runs += np.bincount(point, minlength=len(u))
            n_failed += np.bincount(point[~ok], minlength=len(u))
            columns[point[ok], axis[ok]] = (found[ok] - here[point[ok]]) / step[ok, np.newaxis]
            point, axis = point[~ok], axis[~ok]
            signs = -signs
            back = u[point, axis] + signs[point, axis] * DIFFERENCE
            inside = (back >= 0) & (back <= 1)
            point, axis = point[inside], axis[inside]
        for _, row, _ in self.problem.space.families:
            columns[:, :, row - self.problem.space.n_priors] = 0.0
        return columns.swapaxes(1, 2), n_runs, n_failed
