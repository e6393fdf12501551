"""A calibration problem with every search interval stretched to [0, 1]."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.problem import Misfit, Problem

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
        rows = _around(u)
        residuals, ok = self.evaluate(rows)
        return residuals[0], self._bent(_differences(residuals, ok, rows), u)

    def slopes(self, u: NDArray[np.float64]) -> tuple[Misfit, tuple[NDArray[np.float64], ...], NDArray[np.float64]]:
        """Run one point and take central differences of what it gives, as `central` does.

        Returns
        -------
        (misfit, raw, priors)
            What the point gives; differences of the raw values of each target, shape (n_parameters, n_cells); and of
            the residuals of priors, shape (n_priors, n_parameters).
        """
        rows = _around(u)
        search = self.search(rows)
        misfit = self.problem.misfit(search)
        self.n_runs += len(rows)
        self.n_failed += int(np.sum(~misfit.ok))
        each = tuple(_differences(raw, misfit.ok, rows).T for raw in misfit.raw)
        here = Misfit(tuple(raw[:1] for raw in misfit.raw), misfit.ok[:1], misfit.message)
        priors = self.problem.space.prior_residuals(search)
        return here, each, self._bent(_differences(priors, np.ones(len(rows), dtype=np.bool_), rows), u)

    def _bent(self, slopes: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Put the roots of curvatures in place of the slopes of priors whose residual is no straight line."""
        for row, column, _, bend in self.bends(u[np.newaxis, :]):
            slopes[row] = 0.0
            slopes[row, column] = np.sqrt(bend[0])
        return slopes

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


def _around(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put a point first, then those a step up along each axis, then those down, inside the cube."""
    steps = DIFFERENCE * np.eye(u.size)
    return np.asarray(np.clip(np.concatenate([u[np.newaxis, :], u + steps, u - steps]), 0.0, 1.0))


def _differences(values: NDArray[np.float64], ok: NDArray[np.bool_], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Central differences, shape (n_values, n_parameters), of values (1 + 2 n_parameters, n_values) at such points."""
    n = rows.shape[1]
    at, found = rows.copy(), values.copy()
    at[~ok], found[~ok] = rows[0], values[0]
    width = np.diagonal(at[1 : n + 1] - at[n + 1 :])
    rise = found[1 : n + 1] - found[n + 1 :]
    return np.divide(rise.T, width, out=np.zeros(rise.T.shape), where=width > 0)
