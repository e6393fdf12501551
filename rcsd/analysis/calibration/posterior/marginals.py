"""The prior of one coordinate, and its way to and from a standard normal deviate.

Samplers move in deviates: there a prior of any family is the same bell, a bound lies at infinity, and a coordinate that
the data say nothing of is sampled as easily as one that they know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from rcsd.analysis.parameters import Parameter

_LOG_ROOT_TWO_PI = 0.5 * float(np.log(2 * np.pi))


class Marginal(Protocol):
    """The prior of one coordinate, independent of all others."""

    @property
    def lower(self) -> float:
        """Bound from below; may be minus infinity."""
        ...

    @property
    def upper(self) -> float:
        """Bound from above; may be infinity."""
        ...

    def log_density(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log density, which integrates to 1, of values inside the bounds, any shape."""
        ...

    def from_standard(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values with the same probability below them as standard normal deviates, any shape."""
        ...

    def to_standard(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn `from_standard` round; a bound is infinite."""
        ...


@dataclass(frozen=True, slots=True)
class Flat:
    """Every value between two bounds alike."""

    lower: float
    upper: float

    def log_density(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log of one over the width."""
        return np.full(np.shape(x), -np.log(self.upper - self.lower))

    def from_standard(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values by share of the width."""
        width = self.upper - self.lower
        # counted from the nearer bound, so that no digit is lost there
        inside = np.where(z < 0, self.lower + width * ndtr(z), self.upper - width * ndtr(-z))
        return np.asarray(np.clip(inside, self.lower, self.upper))

    def to_standard(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Deviates by share of the width."""
        width = self.upper - self.lower
        below, above = (x - self.lower) / width, (self.upper - x) / width
        return np.asarray(np.where(below < above, ndtri(below), -ndtri(above)))


@dataclass(frozen=True, slots=True)
class Bell:
    """A normal prior, cut at the bounds."""

    centre: float
    sd: float
    lower: float = -np.inf
    upper: float = np.inf

    def log_density(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log of the normal density over the share of it that the bounds leave."""
        kept = 1 - ndtr((self.lower - self.centre) / self.sd) - ndtr((self.centre - self.upper) / self.sd)
        z = (np.asarray(x) - self.centre) / self.sd
        return np.asarray(-0.5 * z**2 - np.log(self.sd * kept) - _LOG_ROOT_TWO_PI)

    def from_standard(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values with the share of the cut normal distribution below them that z has below it."""
        if np.isinf(self.lower) and np.isinf(self.upper):
            return np.asarray(self.centre + self.sd * z)
        low, high = (self.lower - self.centre) / self.sd, (self.upper - self.centre) / self.sd
        kept = 1 - ndtr(low) - ndtr(-high)
        # the nearer tail, so that no digit is lost in either
        below, above = ndtri(ndtr(low) + kept * ndtr(z)), -ndtri(ndtr(-high) + kept * ndtr(-z))
        return np.asarray(np.clip(self.centre + self.sd * np.where(z < 0, below, above), self.lower, self.upper))

    def to_standard(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn `from_standard` round."""
        z = (np.asarray(x) - self.centre) / self.sd
        if np.isinf(self.lower) and np.isinf(self.upper):
            return np.asarray(z)
        low, high = (self.lower - self.centre) / self.sd, (self.upper - self.centre) / self.sd
        kept = 1 - ndtr(low) - ndtr(-high)
        below = np.clip((ndtr(z) - ndtr(low)) / kept, 0, 1)
        above = np.clip((ndtr(-z) - ndtr(-high)) / kept, 0, 1)
        return np.asarray(np.where(below < above, ndtri(below), -ndtri(above)))


def prior_of(parameter: Parameter) -> Marginal:
    """Return the prior of a parameter on its search scale: normal or flat, between its bounds."""
    lower, upper = parameter.search_bounds
    if parameter.prior is None:
        return Flat(lower, upper)
    return Bell(float(parameter.to_search(parameter.prior.centre)), parameter.prior.sd, lower, upper)


def log_bell(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log density of independent standard normal deviates (..., n), shape (...)."""
    return np.asarray(np.sum(-0.5 * z**2 - _LOG_ROOT_TWO_PI, axis=-1))
