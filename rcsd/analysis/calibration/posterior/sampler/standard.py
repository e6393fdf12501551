"""A posterior in standard deviates, where its prior is the unit bell and no coordinate has a bound."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.density import Density
from rcsd.analysis.calibration.posterior.marginals import Marginal, log_bell

_FURTHEST = 8.0
"""Deviates of a point on a bound, in place of infinity."""

_STEP = 1e-4


@dataclass(slots=True)
class Standardised:
    """A density in the standard deviates of its priors.

    Attributes
    ----------
    density
        What is sampled; its run counts grow.
    """

    density: Density
    marginals: tuple[Marginal, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.marginals = self.density.marginals

    @property
    def n(self) -> int:
        """How many coordinates there are."""
        return len(self.marginals)

    def points(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Points of the density at deviates (..., n)."""
        return np.stack([each.from_standard(z[..., i]) for i, each in enumerate(self.marginals)], axis=-1)

    def deviates(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Deviates of points (..., n); finite also on a bound."""
        z = np.stack([each.to_standard(points[..., i]) for i, each in enumerate(self.marginals)], axis=-1)
        unbounded = [bool(np.isinf(each.lower) and np.isinf(each.upper)) for each in self.marginals]
        return np.asarray(np.where(unbounded, z, np.clip(z, -_FURTHEST, _FURTHEST)))

    def __call__(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density of deviates (n_points, n), up to the density's constant, shape (n_points,)."""
        logs = self.density(self.points(z))
        slopes = sum(each.log_slope(z[:, i]) for i, each in enumerate(self.marginals))
        return np.where(np.isfinite(logs), logs + slopes, -np.inf)

    def log_likelihood(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log of the same over the unit bell, which is the prior of deviates; shape (n_points,)."""
        return np.asarray(self(z) - log_bell(z))

    def bell(
        self, point: NDArray[np.float64], covariance: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Take a normal approximation to deviates: mean (n,) and covariance (n, n), by the slopes at the mean.

        A mean next to a bound is moved off it by a standard deviation, since half of such a bell lies outside; no
        coordinate is left wider than its prior.
        """
        spreads = np.sqrt(np.diag(covariance))
        inside = point.copy()
        for i, each in enumerate(self.marginals):
            room = min(spreads[i], 0.5 * (each.upper - each.lower))
            inside[i] = np.clip(point[i], each.lower + room, each.upper - room)
        z = self.deviates(inside)
        slopes = (self.points(z + _STEP) - self.points(z - _STEP)) / (2 * _STEP)
        stretch = 1 / np.maximum(slopes, spreads)
        return z, covariance * np.outer(stretch, stretch)
