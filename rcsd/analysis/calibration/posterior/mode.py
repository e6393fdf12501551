"""The most probable parameters and noise together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.problem import Problem
from rcsd.analysis.calibration.turns import settle_in_turns
from rcsd.analysis.calibration.uncertainty import informing, is_flat

_STEP = 1e-3  # of the second differences: a share of a search interval, or of ln scale and logit memory
_CORNERS = np.array([(1, 1), (1, -1), (-1, 1), (-1, -1)])
_HALVINGS = 7
_ROUNDING = 1e-10  # eigenvalues of the scaled second differences that are no more than their rounding
_APART, _MOST_OTHERS = 0.05, 4  # of the search intervals, by which two peaks differ in some parameter
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
    others
        Points of other peaks that descents from the starts have found, not much lower, shape (n,) each.
    """

    problem: Problem
    estimate: NDArray[np.float64]
    noise: tuple[NoiseValues, ...]
    point: NDArray[np.float64]
    covariance: NDArray[np.float64] | None
    n_runs: int
    others: tuple[NDArray[np.float64], ...] = ()

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
    settled = settle_in_turns(problem, starts, [True] * len(problem.targets))
    noise = tuple(each for each in settled.noise if each is not None)
    final = replace(problem, noise=noise)
    density = LogPosterior(final)
    estimate = UnitCube(problem).natural(settled.u)
    point = density.point(estimate, noise)
    covariance = _covariance(density, point, settled.u)
    others = tuple(density.point(UnitCube(problem).natural(each), noise) for each in _apart(settled.peaks, settled.u))
    return Mode(final, estimate, noise, point, covariance, settled.n_runs + density.n_runs, others)


def _apart(peaks: NDArray[np.float64], u: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Choose peaks (n, n_parameters) that lie apart from the best one, and from one another."""
    chosen = [u]
    for peak in peaks:
        if min(float(np.max(np.abs(peak - each))) for each in chosen) > _APART and len(chosen) <= _MOST_OTHERS:
            chosen.append(peak)
    return chosen[1:]


def _covariance(
    density: LogPosterior, point: NDArray[np.float64], u: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Approximate the peak by a normal distribution; None where it is flat in some direction.

    The slopes of the runs decide which, never second differences of the density: in a flat direction those are their
    own error, and look like a curvature now and then.
    """
    cube = UnitCube(density.problem)
    _, jacobian = informing(cube, u)
    density.n_runs += cube.n_runs
    for column, row, prior in density.problem.space.families:
        # where a prior is hardly bent at the mode, as an exponential is, its spread still holds its parameter
        at = jacobian[row - density.problem.space.n_priors]
        at[column] = max(at[column], (cube.problem.space.upper - cube.problem.space.lower)[column] / prior.spread)
    if is_flat(jacobian):
        return None
    observed = _observed_covariance(density, point)
    return _expected_covariance(density, jacobian, cube, u) if observed is None else observed


def _expected_covariance(
    density: LogPosterior, jacobian: NDArray[np.float64], cube: UnitCube, u: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Invert Fisher's information, in which parameters and noise do not meet: for a peak with kinks, or on a bound."""
    problem, space = density.problem, density.problem.space
    misfit = problem.misfit(cube.search(u[np.newaxis, :]))
    density.n_runs += 1
    found = tuple(
        errors.information(raw[0], () if noise is None else noise)
        for errors, raw, noise in zip(problem.errors, misfit.raw, problem.noise or (), strict=True)
    )
    singular, rotation = np.linalg.svd(jacobian, full_matrices=False)[1:]
    root = (rotation.T / singular) * (space.upper - space.lower)[:, np.newaxis]
    covariance = np.diag(np.concatenate([np.ones(space.n), 1 / density.gather(found)]))
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
    centre = np.clip(point, density.lower + 2 * step, density.upper - 2 * step)
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
