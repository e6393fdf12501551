"""Which combinations of the pair's parameters the likelihood fixes: curvature and profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.coevolution.evidence.fit import Estimate, fit
from rcsd.papers.coevolution.evidence.likelihood import Evidence

Floats = NDArray[np.float64]

CUT = 3.841
"""Fall of twice the log likelihood within which a value is not rejected at 5 % (one parameter, Wilks 1938)."""

_STEP = 1e-3
"""Of second differences, as a share of a parameter's range: far above the rounding of log likelihoods."""

_KNOWN = 0.5
"""Spread, in quarters of a range, below which a combination counts as known."""

_POINTS = 9
"""Values of a profile over a parameter's range."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The best log likelihood with one parameter held.

    Attributes
    ----------
    name : str
        The parameter.
    values, falls : NDArray, shape (n_values,)
        Where it was held, and by how much twice the log likelihood is below that of the estimate.
    low, high : float
        Ends of the interval that is not rejected, NaN where it reaches the end of the range.
    """

    name: str
    values: Floats
    falls: Floats
    low: float
    high: float

    @property
    def open(self) -> str:
        """At which ends of the range nothing is rejected: "", "left", "right" or "both"."""
        ends = np.isnan(self.low), np.isnan(self.high)
        return {(False, False): "", (True, False): "left", (False, True): "right", (True, True): "both"}[ends]


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """What the likelihood knows about the shapes of a clock near the estimate.

    Attributes
    ----------
    names : tuple of str
        Shapes that do not lie on an end of their range.
    spreads : NDArray, shape (n_names,)
        Standard deviations in the directions below, errors and loadings estimated along; each parameter is measured in
        quarters of its range, so that 1 is what the range alone says, about. Smallest first.
    directions : NDArray, shape (n_names, n_names)
        Unit rows, one per spread.
    """

    names: tuple[str, ...]
    spreads: Floats
    directions: Floats

    @property
    def n_known(self) -> int:
        """Combinations of which the data leave less than half of that."""
        return int((self.spreads < _KNOWN).sum())


def curvature(estimate: Estimate) -> Curvature:
    """Return the observed information of the shapes, by second differences of the log likelihood."""
    evidence, bounds = estimate.evidence, estimate.evidence.bounds
    width = bounds[:, 1] - bounds[:, 0]
    place = (estimate.point - bounds[:, 0]) / np.where(width > 0, width, 1)
    free = np.flatnonzero((width > 0) & (place > 2 * _STEP) & (place < 1 - 2 * _STEP))
    information = -_hessian(evidence, estimate.point, free, width) / 16
    shapes = np.flatnonzero(free >= len(evidence.names) - len(evidence.clock.shapes))
    others = np.setdiff1d(np.arange(free.size), shapes)
    across = information[np.ix_(shapes, others)]
    left = information[np.ix_(shapes, shapes)] - across @ np.linalg.pinv(information[np.ix_(others, others)]) @ across.T
    values, vectors = np.linalg.eigh((left + left.T) / 2)
    order = np.argsort(-values)
    spreads = 1 / np.sqrt(np.maximum(values[order], 1e-12))
    return Curvature(tuple(evidence.names[i] for i in free[shapes]), spreads, vectors[:, order].T)


def _hessian(evidence: Evidence, point: Floats, free: NDArray[np.intp], width: Floats) -> Floats:
    """Return second derivatives by the free parameters, each measured by its range."""
    n = free.size
    steps = np.zeros((n, point.size))
    steps[np.arange(n), free] = _STEP * width[free]
    pairs = [(i, j) for i in range(n) for j in range(i + 1)]
    rows = [point + a * steps[i] + b * steps[j] for i, j in pairs for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))]
    found = evidence.log_likelihood(np.array(rows)).reshape(-1, 4) @ np.array([1, -1, -1, 1]) / (4 * _STEP**2)
    matrix = np.zeros((n, n))
    for (i, j), value in zip(pairs, found, strict=True):
        matrix[i, j] = matrix[j, i] = value
    return matrix


def profile(estimate: Estimate, name: str, *, note: Callable[[], None] = lambda: None) -> Profile:
    """Hold one parameter at values over its range and estimate the others, from the middle outwards."""
    evidence = estimate.evidence
    index = evidence.names.index(name)
    values = np.linspace(evidence.bounds[index, 0], evidence.bounds[index, 1], _POINTS)
    heights = np.full(values.size, np.nan)
    nearest = int(np.argmin(np.abs(values - estimate.point[index])))
    for side in (range(nearest, values.size), range(nearest - 1, -1, -1)):
        start = estimate.point
        for k in side:
            found = fit(evidence, start=start, n_starts=0, held={name: float(values[k])})
            heights[k], start = found.log_likelihood, found.point
            note()
    best = max(estimate.log_likelihood, float(heights.max()))
    falls = 2 * (best - heights)
    own = float(estimate.point[index]), 2 * (best - estimate.log_likelihood)
    return Profile(name, values, falls, *_interval(values, falls, own))


def _interval(values: Floats, falls: Floats, own: tuple[float, float]) -> tuple[float, float]:
    """Return where the falls cross the cut, between straight lines; NaN at an end of the range that lies inside."""
    x, y = np.append(values, own[0]), np.append(falls, own[1])
    order = np.argsort(x)
    x, y = x[order], y[order]
    inside = np.flatnonzero(y <= CUT)
    first, last = int(inside[0]), int(inside[-1])
    low = np.nan if first == 0 else float(np.interp(-CUT, [-y[first - 1], -y[first]], [x[first - 1], x[first]]))
    high = np.nan if last == x.size - 1 else float(np.interp(CUT, [y[last], y[last + 1]], [x[last], x[last + 1]]))
    return low, high
