"""The prior of one coordinate, and its way to and from a standard normal deviate.

Samplers move in deviates: there a prior of any family is the same bell, a bound lies at infinity, and a coordinate that
the data say nothing of is sampled as easily as one that they know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from rcsd.analysis.calibration.errors.coordinates import Coordinate, LogitMemory, LogNormal
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior

if TYPE_CHECKING:
    from scipy.interpolate import PchipInterpolator

_GRID, _KNOTS = 4001, 513
_EDGE = 1e-9  # of an interval: so near to a bound a density may be infinite
_TAIL = 1e-9  # probability beyond the curve of a table
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

    @property
    def log_mass(self) -> float:
        """Log of the integral of the prior as the density counts it, without what makes that 1."""
        ...

    def from_standard(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values with the same probability below them as standard normal deviates, any shape."""
        ...

    def log_slope(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Log of the derivative of `from_standard`."""
        ...

    def to_standard(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn `from_standard` round; a bound is infinite."""
        ...


@dataclass(frozen=True, slots=True)
class Flat:
    """Every value between two bounds alike."""

    lower: float
    upper: float

    @property
    def log_mass(self) -> float:
        """Of a density of 1."""
        return float(np.log(self.upper - self.lower))

    def log_slope(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Divide the bell's density by that of the interval."""
        return log_bell(z[..., np.newaxis]) + self.log_mass

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

    @property
    def log_mass(self) -> float:
        """Of a density of 1 at the centre."""
        kept = 1 - ndtr((self.lower - self.centre) / self.sd) - ndtr((self.centre - self.upper) / self.sd)
        return float(np.log(self.sd * kept) + _LOG_ROOT_TWO_PI)

    def log_slope(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Divide the bell's density by that of the cut one."""
        own = (self.from_standard(z) - self.centre) / self.sd
        return np.asarray(log_bell(z[..., np.newaxis]) + 0.5 * own**2 + self.log_mass)

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


@dataclass(frozen=True, slots=True)
class Table:
    """A prior of any shape between two finite bounds, as a monotone curve through points of its distribution.

    Attributes
    ----------
    lower, upper
        The bounds.
    log_mass
        Log of the integral of the density.
    curve
        From deviates, between the first and last of `ends`, to values.
    ends
        First and last deviate of the curve, the values there and the slopes; beyond them values approach the bounds.
    """

    lower: float
    upper: float
    log_mass: float
    curve: PchipInterpolator
    ends: tuple[tuple[float, float, float], tuple[float, float, float]]

    @classmethod
    def of(cls, log_density: Callable[[NDArray[np.float64]], NDArray[np.float64]], lower: float, upper: float) -> Table:
        """Integrate a log density, which need not be one of a distribution, over the bounds.

        What is sampled does not depend on how well that is done, since slopes are those of the curve.
        """
        edge = _EDGE * (upper - lower)
        x = np.linspace(lower + edge, upper - edge, _GRID)
        x = np.union1d(x, _where_it_lies(x, _cumulated(log_density(x), x)[0]))
        share, log_mass = _cumulated(log_density(x), x)
        inside = (share > _TAIL) & (share < 1 - _TAIL)
        z, x = ndtri(share[inside]), x[inside]
        kept = np.unique(np.searchsorted(z, np.linspace(z[0], z[-1], _KNOTS)))
        kept = kept[np.concatenate([[True], np.diff(z[kept]) > 0])]
        from scipy.interpolate import PchipInterpolator  # noqa: PLC0415 - slow to import, needed here alone

        curve = PchipInterpolator(z[kept], x[kept])
        ends = tuple((float(at), float(curve(at)), float(curve(at, 1))) for at in (z[kept[0]], z[kept[-1]]))
        return cls(lower, upper, log_mass, curve, (ends[0], ends[1]))

    def from_standard(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values on the curve; beyond its ends as near to the bounds as an exponential."""
        (first, low, rising), (last, high, slope) = self.ends
        found = self.curve(np.clip(z, first, last))
        below = self.lower + (low - self.lower) * np.exp(rising / (low - self.lower) * np.minimum(z - first, 0))
        above = self.upper - (self.upper - high) * np.exp(-slope / (self.upper - high) * np.maximum(z - last, 0))
        return np.asarray(np.where(z < first, below, np.where(z > last, above, found)))

    def log_slope(self, z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of the curve and its continuation."""
        (first, low, rising), (last, high, slope) = self.ends
        inside = np.log(np.maximum(self.curve(np.clip(z, first, last), 1), np.finfo(float).tiny))
        below = np.log(rising) + rising / (low - self.lower) * np.minimum(z - first, 0)
        above = np.log(slope) - slope / (self.upper - high) * np.maximum(z - last, 0)
        return np.asarray(np.where(z < first, below, np.where(z > last, above, inside)))

    def to_standard(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        """Deviates between the ends of the curve, by interpolation."""
        z = np.linspace(self.ends[0][0], self.ends[1][0], _GRID)
        return np.asarray(np.interp(x, self.curve(z), z))


def _cumulated(logs: NDArray[np.float64], x: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Share below each point, and log of the integral, by trapezia."""
    density = np.exp(logs - logs.max())
    parts = np.concatenate([[0.0], np.cumsum(0.5 * (density[1:] + density[:-1]) * np.diff(x))])
    return parts / parts[-1], float(np.log(parts[-1]) + logs.max())


def _where_it_lies(x: NDArray[np.float64], share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points within the part of a grid that holds nearly all, as finely set as the grid."""
    first, last = np.searchsorted(share, [_TAIL, 1 - _TAIL])
    return np.linspace(x[max(first - 1, 0)], x[min(last + 1, x.size - 1)], _GRID)


def of_parameter(parameter: Parameter) -> Marginal:
    """Return the prior of a parameter on its search scale, between its bounds."""
    lower, upper = parameter.search_bounds
    if parameter.prior is None:
        return Flat(lower, upper)
    if isinstance(parameter.prior, Prior):
        return Bell(float(parameter.to_search(parameter.prior.centre)), parameter.prior.sd, lower, upper)
    space = ParameterSpace((parameter,))
    return Table.of(lambda x: -0.5 * space.prior_residuals(x[:, np.newaxis])[:, 0] ** 2, lower, upper)


def of_coordinate(coordinate: Coordinate) -> Marginal:
    """Return the prior of what is estimated of errors, on the scale of a posterior's point."""
    if isinstance(coordinate, LogNormal | LogitMemory):
        centre = float(coordinate.coordinate(coordinate.centre))
        return Bell(centre, coordinate.sd, coordinate.lower, coordinate.upper)
    return Table.of(lambda x: coordinate.log_prior(coordinate.natural(x)), coordinate.lower, coordinate.upper)


def log_bell(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log density of independent standard normal deviates (..., n), shape (...)."""
    return np.asarray(np.sum(-0.5 * z**2 - _LOG_ROOT_TWO_PI, axis=-1))
