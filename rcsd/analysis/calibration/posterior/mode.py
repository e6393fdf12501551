"""The most probable parameters and noise together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.fit.descent import descend_all
from rcsd.analysis.calibration.fit.result import least
from rcsd.analysis.calibration.noise import Noise
from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.problem import PENALTY, Problem
from rcsd.analysis.calibration.uncertainty import is_flat
from rcsd.errors import CalibrationError

_ROUNDS, _SETTLED = 60, 1e-4
_STEP = 1e-3  # of the second differences: a share of a search interval, or of ln scale and logit memory
_TOLERANCE = 1e-9
_CORNERS = np.array([(1, 1), (1, -1), (-1, 1), (-1, -1)])
_HALVINGS = 7
_ROUNDING = 1e-10  # eigenvalues of the scaled second differences that are no more than their rounding
_SETTLED_CURVATURE = 0.4  # at a kink the curvature doubles with each halving, so 0.5 would be a matter of rounding


@dataclass(frozen=True, slots=True)
class Mode:
    """The peak of the posterior.

    Attributes
    ----------
    problem
        The problem with the most probable noise in it.
    estimate
        Natural scale, shape (n_parameters,).
    noise
        By target.
    point
        Of `LogPosterior`, shape (n,).
    covariance
        Laplace's approximation on the scales of `point`, shape (n, n); None where the peak is flat in some direction:
        data and priors leave it a standard deviation of `uncertainty.FLAT` search intervals or more.
    n_runs
        Model runs spent.
    """

    problem: Problem
    estimate: NDArray[np.float64]
    noise: tuple[Noise, ...]
    point: NDArray[np.float64]
    covariance: NDArray[np.float64] | None
    n_runs: int

    @property
    def values(self) -> dict[str, float]:
        """The estimate by name: what a simulator takes as inputs."""
        return dict(zip(self.problem.space.names, self.estimate.tolist(), strict=True))


def find_mode(problem: Problem, starts: NDArray[np.float64]) -> Mode:
    """Find the most probable parameters and noise, in turns: parameters by least squares, noise by its density.

    Each half of a turn raises the density or leaves it, so the turns settle on a peak.

    Parameters
    ----------
    problem
        Its own noise, if any, is where the turns begin; else the stated errors.
    starts
        Points to descend from in the first turns, natural scale, shape (n_starts, n_parameters).

    Raises
    ------
    CalibrationError
        When the first run of every start fails.
    """
    cube = UnitCube(problem)
    points = cube.point(starts)
    noise = problem.noise or tuple(Noise() for _ in problem.targets)
    n_runs, before = 0, np.full(problem.space.n, np.inf)
    for turn in range(_ROUNDS):
        # the stated errors, independent and normal, where nothing is known of the noise
        cube = UnitCube(problem if turn == 0 else replace(problem, noise=noise))
        ends = descend_all(cube, points, tolerance=_TOLERANCE)
        best = least(ends.cost)
        if ends.cost[best] >= 0.5 * PENALTY**2:
            raise CalibrationError(f"the first run of every start failed: {cube.message}; check the bounds")
        u = ends.u[best]
        misfit = problem.misfit(cube.search(u[np.newaxis, :]))
        noise = tuple(cells.estimate(raw[0]) for cells, raw in zip(problem.cells, misfit.residuals, strict=True))
        n_runs += cube.n_runs + 1
        if np.max(np.abs(u - before)) < _SETTLED:
            break
        # the first noise may show a better valley than the stated errors did; after that one descent is enough
        points, before = (points if turn == 0 else u[np.newaxis, :]), u
    final = replace(problem, noise=noise)
    density = LogPosterior(final)
    estimate = cube.natural(u)
    point = density.point(estimate, noise)
    covariance = _covariance(density, point, u)
    return Mode(final, estimate, noise, point, covariance, n_runs + density.n_runs)


def _covariance(
    density: LogPosterior, point: NDArray[np.float64], u: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Approximate the peak by a normal distribution; None where it is flat in some direction.

    The slopes of the runs decide which, never second differences of the density: in a flat direction those are their
    own error, and look like a curvature now and then.
    """
    cube = UnitCube(replace(density.problem, noise=None))
    residuals, slopes = cube.central(u)
    density.n_runs += cube.n_runs
    # these are weighted, as without noise; with noise a weight is an error of observation
    weights = np.concatenate([target.weights[target.kept] for target in density.problem.targets])
    n = weights.size
    residuals = residuals[:n] / np.sqrt(weights)
    jacobian = _standardised(
        density.problem, np.concatenate([slopes[:n] / np.sqrt(weights)[:, np.newaxis], slopes[n:]])
    )
    for column, row, prior in density.problem.space.families:
        # where a prior is hardly bent at the mode, as an exponential is, its spread still holds its parameter
        at = jacobian[row - density.problem.space.n_priors]
        at[column] = max(at[column], (cube.problem.space.upper - cube.problem.space.lower)[column] / prior.spread)
    if is_flat(jacobian):
        return None
    observed = _observed_covariance(density, point)
    return _expected_covariance(density.problem, jacobian, residuals) if observed is None else observed


def _standardised(problem: Problem, slopes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn the derivatives of residuals, in units of the stated errors, into those of innovations of information 1.

    Innovations are linear in residuals, so nothing is lost. The rows of the priors stay as they are.
    """
    parts, at = [], 0
    for cells, noise in zip(problem.cells, problem.noise or (), strict=True):
        rows = slopes[at : (at := at + cells.years.size)].T
        each = cells.innovations(rows, np.full(len(rows), noise.scale), np.full(len(rows), noise.memory))[0]
        parts.append((each * np.sqrt(cells.information(each))).T)
    return np.concatenate([*parts, slopes[at:]])


def _expected_covariance(
    problem: Problem, jacobian: NDArray[np.float64], residuals: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Invert Fisher's information, in which parameters and noise do not meet: for a peak with kinks, or on a bound."""
    space, found, at = problem.space, [], 0
    for cells, noise in zip(problem.cells, problem.noise or (), strict=True):
        found.append(cells.noise_information(residuals[at : (at := at + cells.years.size)], noise))
    singular, rotation = np.linalg.svd(jacobian, full_matrices=False)[1:]
    root = (rotation.T / singular) * (space.upper - space.lower)[:, np.newaxis]
    covariance = np.diag(np.concatenate([np.ones(space.n), *(1 / np.array(found).T)]))
    covariance[: space.n, : space.n] = root @ root.T
    return covariance


def _observed_covariance(density: LogPosterior, point: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Invert the negative second derivatives of the log density; None where the density has none at its peak.

    Steps are halved until the curvature in every direction has settled.
    """
    step = 2 * _STEP
    coarse = _information(density, point, step)
    for _ in range(_HALVINGS):
        step /= 2
        fine = _information(density, point, step)
        diagonal = np.diag(fine)
        if not np.all(np.isfinite(fine)) or np.any(~(diagonal > 0)):
            return None
        scale = np.sqrt(np.outer(diagonal, diagonal))
        values, vectors = np.linalg.eigh(fine / scale)
        before = np.einsum("ij,ik,kj->j", vectors, coarse / scale, vectors)
        if values[0] > _ROUNDING and np.all(np.abs(before - values) < _SETTLED_CURVATURE * values):
            inverse: NDArray[np.float64] = (vectors / values) @ vectors.T / scale
            return inverse
        coarse = fine
    return None


def _information(density: LogPosterior, point: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    """Take negative second differences, shape (n, n), from one batch of runs; NaN where a run fails.

    A coordinate on its bound steps inwards only: the differences are taken around a point moved off it.
    """
    space, n = density.problem.space, density.n
    step = np.full(n, share)
    step[: space.n] *= space.upper - space.lower
    centre = point.copy()
    centre[: space.n] = np.clip(point[: space.n], space.lower + 2 * step[: space.n], space.upper - 2 * step[: space.n])
    first, second = np.triu_indices(n)
    rows = np.tile(centre, (first.size * len(_CORNERS), 1))
    for k, (a, b) in enumerate(_CORNERS):
        at = np.arange(first.size) * len(_CORNERS) + k
        rows[at, first] += a * step[first]
        rows[at, second] += b * step[second]
    values = density(rows).reshape(first.size, len(_CORNERS))
    values[~np.isfinite(values)] = np.nan
    information = np.empty((n, n))
    information[first, second] = -(values @ [1, -1, -1, 1]) / (4 * step[first] * step[second])
    information[second, first] = information[first, second]
    return information
