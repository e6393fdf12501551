"""The most probable coordinates of errors whose density is cheap: many rows at once, by Newton's method.

A few starts along each coordinate, then damped steps from first and second differences of the log density. The
coordinates are few (at most three) and the density smooth in them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.errors.coordinates import Coordinate

_GRID = 9  # starts along a coordinate
_STEP = 1e-4  # of the differences
_MOST_STEPS = 40
_SETTLED = 1e-9  # rise of the log density, below which a row has settled
_LONGEST = 1.0  # step, on the scale of a point
_LEAST = 1e-2  # information: a standard deviation of 10 on the scale of a point
_EDGE = 0.02  # share of the width by which the first grid keeps off the bounds

LogDensity = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Log density of points (n_rows, n_points, n_coordinates), shape (n_rows, n_points)."""


class Scattered(Protocol):
    """The part of an `ErrorModel` that is needed here."""

    @property
    def coordinates(self) -> tuple[Coordinate, ...]:
        """What is estimated."""

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log density of the observations."""


def coordinate_density(errors: Scattered, raw: NDArray[np.float64]) -> LogDensity:
    """Make the log density of rows (n_rows, n_cells) and of their coordinates a function of these."""

    def density(points: NDArray[np.float64]) -> NDArray[np.float64]:
        values = np.empty(points.shape)
        prior = np.zeros(points.shape[:-1])
        for i, each in enumerate(errors.coordinates):
            values[..., i] = each.natural(points[..., i])
            prior = prior + each.log_prior(values[..., i])
        return np.asarray(errors.log_density(raw[:, np.newaxis, :], values) + prior)

    return density


def curvatures(errors: Scattered, raw: NDArray[np.float64], noise: Sequence[float]) -> NDArray[np.float64]:
    """Information on each coordinate at cells (n_cells,): minus the second derivative, at least `_LEAST`."""
    density, n = coordinate_density(errors, raw[np.newaxis, :]), len(errors.coordinates)
    at = np.array([float(each.coordinate(value)) for each, value in zip(errors.coordinates, noise, strict=True)])
    lower, upper = (np.array([getattr(each, side) for each in errors.coordinates]) for side in ("lower", "upper"))
    if n == 0:
        return np.empty(0)
    found = -np.diag(_derivatives(density, at[np.newaxis, :], lower, upper)[1][0])
    return np.maximum(found, _LEAST)


def settle(
    density: LogDensity, coordinates: Sequence[Coordinate], n_rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the peak of every row, shapes (n_rows, n_coordinates), on the scale of a point, and (n_rows,)."""
    n = len(coordinates)
    if n == 0:
        points = np.empty((n_rows, 1, 0))
        return points[:, 0], density(points)[:, 0]
    lower, upper = (np.array([getattr(each, side) for each in coordinates]) for side in ("lower", "upper"))
    at, height = _first(density, lower, upper, n_rows)
    damping = np.full(n_rows, 1e-3)
    for _ in range(_MOST_STEPS):
        gradient, curvature = _derivatives(density, at, lower, upper)
        held = ((at <= lower) & (gradient < 0)) | ((at >= upper) & (gradient > 0))
        step = _newton(np.where(held, 0.0, gradient), curvature, damping, held)
        tried = np.clip(at + step, lower, upper)
        found = density(tried[:, np.newaxis])[:, 0]
        rise = found - height
        better = rise > 0
        at, height = np.where(better[:, np.newaxis], tried, at), np.where(better, found, height)
        damping = np.clip(np.where(better, damping / 10, damping * 10), 1e-9, 1e9)
        if np.all((better & (rise < _SETTLED)) | (damping >= 1e6)):  # noqa: PLR2004 - no step rises any more
            break
    return at, height


def _first(
    density: LogDensity, lower: NDArray[np.float64], upper: NDArray[np.float64], n_rows: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Take the best point of a grid, for every row."""
    width = upper - lower
    axes = [np.linspace(lower[i] + _EDGE * width[i], upper[i] - _EDGE * width[i], _GRID) for i in range(lower.size)]
    grid = np.array(list(product(*axes)))
    heights = density(np.broadcast_to(grid, (n_rows, *grid.shape)))
    best = np.argmax(heights, axis=1)
    return grid[best].copy(), heights[np.arange(n_rows), best]


def _derivatives(
    density: LogDensity, at: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Gradient (n_rows, n) and matrix of second derivatives (n_rows, n, n), by central differences."""
    n = at.shape[1]
    centre = np.clip(at, lower + 2 * _STEP, upper - 2 * _STEP)
    eye = _STEP * np.eye(n)
    pairs = [(i, j) for i in range(n) for j in range(i)]
    steps = [np.zeros(n), *eye, *-eye]
    for i, j in pairs:
        steps += [eye[i] + eye[j], eye[i] - eye[j], eye[j] - eye[i], -eye[i] - eye[j]]
    values = density(centre[:, np.newaxis] + np.array(steps))
    here, up, down = values[:, :1], values[:, 1 : n + 1], values[:, n + 1 : 2 * n + 1]
    curvature = np.zeros((len(at), n, n))
    curvature[:, range(n), range(n)] = (up + down - 2 * here) / _STEP**2
    for k, (i, j) in enumerate(pairs):
        corners = values[:, 2 * n + 1 + 4 * k : 2 * n + 5 + 4 * k]
        curvature[:, i, j] = curvature[:, j, i] = corners @ [1, -1, -1, 1] / (4 * _STEP**2)
    return (up - down) / (2 * _STEP), curvature


def _newton(
    gradient: NDArray[np.float64],
    curvature: NDArray[np.float64],
    damping: NDArray[np.float64],
    held: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Step uphill: Newton's where the density is concave, else along its eigenvectors; no coordinate far at once."""
    free = ~held
    matrix = -curvature * (free[:, :, np.newaxis] & free[:, np.newaxis, :])
    values, vectors = np.linalg.eigh(matrix)
    along = np.einsum("rij,ri->rj", vectors, gradient)
    size = np.maximum(np.abs(values), 1e-8) + damping[:, np.newaxis]
    step = np.einsum("rij,rj->ri", vectors, along / size)
    return np.asarray(np.clip(step, -_LONGEST, _LONGEST))
