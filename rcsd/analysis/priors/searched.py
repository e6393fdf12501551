"""A prior on the scale of the search, cut at the bounds: what fits, densities and draws use.

A density on the natural scale is taken to the search scale with the slope of the change of scale, since the posterior
is a density there too; so its mode there may be another one. Least squares take the signed root of minus twice the log
density less that of the mode: its square is the prior's deviance. That root is a straight line for a normal prior only,
so for every other the slope and the curvature of the deviance stand beside it, and the descents use these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from rcsd.analysis.priors.stated import AnyPrior, FamilyPrior, Prior
from rcsd.analysis.scales import Scale, off_scale, on_scale
from rcsd.errors import ParameterError

_EDGE = 1e-9  # of the search interval: so near to a bound a density may be zero, and is taken there
_GRID, _GOLDEN, _HALVINGS = 4001, (5**0.5 - 1) / 2, 60
_LEVEL = 1e-12  # rise of the log density between the bounds below which it is level
_NODES = 400
_LEAST_MASS = 1e-9
_CENTRAL = (0.15865525393145707, 0.8413447460685429)


class SearchedPrior(Protocol):
    """A prior of one parameter on the scale of its search."""

    @property
    def centre(self) -> float:
        """Where its density is greatest between the bounds, on the search scale."""
        ...

    @property
    def sd(self) -> float:
        """Standard deviation on the search scale."""
        ...

    @property
    def band(self) -> tuple[float, float]:
        """About 68 per cent of it, on the search scale."""
        ...

    def residual(self, z: ArrayLike) -> NDArray[np.float64]:
        """Signed root of the deviance at points of the search scale, of any shape."""
        ...

    def quantile(self, share: ArrayLike) -> NDArray[np.float64]:
        """Take shares of probability between the bounds to natural values."""
        ...


@dataclass(frozen=True, slots=True)
class NormalOnSearch:
    """Normal on the search scale. Attributes are those of `on_search`."""

    prior: Prior
    scale: Scale
    lower: float
    upper: float

    @property
    def centre(self) -> float:
        """The stated centre, on the search scale."""
        return float(on_scale(self.prior.centre, self.scale))

    @property
    def sd(self) -> float:
        """The stated one, whatever the bounds cut off."""
        return self.prior.sd

    @property
    def band(self) -> tuple[float, float]:
        """One standard deviation to either side."""
        return self.centre - self.sd, self.centre + self.sd

    def residual(self, z: ArrayLike) -> NDArray[np.float64]:
        """Distance from the centre in standard deviations."""
        return np.asarray((np.asarray(z) - on_scale(self.prior.centre, self.scale)) / self.prior.sd)

    def quantile(self, share: ArrayLike) -> NDArray[np.float64]:
        """Take shares of probability between the bounds to natural values."""
        low, high = (float(ndtr((on_scale(b, self.scale) - self.centre) / self.sd)) for b in (self.lower, self.upper))
        z = self.centre + self.sd * ndtri(low + np.asarray(share) * (high - low))
        return np.clip(off_scale(z, self.scale), self.lower, self.upper)


@dataclass(frozen=True, slots=True)
class FamilyOnSearch:
    """A family's density on the search scale, cut at the bounds.

    Attributes
    ----------
    prior, scale, lower, upper
        Those of `on_search`.
    centre
        Its mode on the search scale; the middle where the density is level.
    peak
        Log density at the mode, up to the constant that every one here has.
    sd, spread
        Standard deviation between the bounds, and root mean square of the distance from the mode.
    """

    prior: FamilyPrior
    scale: Scale
    lower: float
    upper: float
    centre: float
    peak: float
    sd: float
    spread: float

    @property
    def band(self) -> tuple[float, float]:
        """The central 68 per cent."""
        low, high = on_scale(self.quantile(np.array(_CENTRAL)), self.scale)
        return float(low), float(high)

    def deviance(self, z: ArrayLike) -> NDArray[np.float64]:
        """Minus twice the log density at points of the search scale, less that of the mode; never below 0."""
        found = _logs(self.prior, self.scale, self._inside(z))[0]
        return np.asarray(np.maximum(2 * (self.peak - found), 0.0))

    def residual(self, z: ArrayLike) -> NDArray[np.float64]:
        """Signed root of the deviance."""
        return np.asarray(np.sign(np.asarray(z) - self.centre) * np.sqrt(self.deviance(z)))

    def bends(self, z: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """First and second derivative of half the deviance at points of the search scale."""
        _, slope, bend = _logs(self.prior, self.scale, self._inside(z))
        return -slope, -bend

    def quantile(self, share: ArrayLike) -> NDArray[np.float64]:
        """Take shares of probability between the bounds to natural values."""
        return _quantile(self.prior, self.lower, self.upper, share)

    def _inside(self, z: ArrayLike) -> NDArray[np.float64]:
        return np.clip(z, *_edges(self.scale, self.lower, self.upper))


def on_search(prior: AnyPrior, scale: Scale, lower: float, upper: float) -> NormalOnSearch | FamilyOnSearch:
    """Take a prior to the scale of a search.

    Parameters
    ----------
    prior
        As stated.
    scale
        Of the search.
    lower, upper
        Bounds on the natural scale, between which the prior has density.

    Raises
    ------
    ParameterError
        Where a family has no density within the bounds, hardly any probability, or an infinite density at one.
    """
    if isinstance(prior, Prior):
        return NormalOnSearch(prior, scale, lower, upper)
    return _family_on_search(prior, scale, lower, upper)


@lru_cache(maxsize=4096)
def _family_on_search(prior: FamilyPrior, scale: Scale, lower: float, upper: float) -> FamilyOnSearch:
    _require_density(prior, lower, upper)
    low, high = _edges(scale, lower, upper)
    z = np.linspace(low, high, _GRID)
    logs = _logs(prior, scale, z)[0]
    best = int(np.argmax(logs))
    if np.ptp(logs) < _LEVEL:
        centre = 0.5 * (low + high)
    else:
        centre = _highest(prior, scale, z[max(best - 1, 0)], z[min(best + 1, _GRID - 1)])
    peak = max(float(_logs(prior, scale, np.array(centre))[0]), float(logs[best]))
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    points = on_scale(_quantile(prior, lower, upper, 0.5 * (nodes + 1)), scale)
    mean = float(weights @ points) / 2
    sd = float(np.sqrt(weights @ (points - mean) ** 2 / 2))
    return FamilyOnSearch(prior, scale, lower, upper, centre, peak, sd, float(np.hypot(sd, mean - centre)))


def _require_density(prior: FamilyPrior, lower: float, upper: float) -> None:
    low, high = prior.support
    for what, bound, end, outside in (("lower", lower, low, lower < low), ("upper", upper, high, upper > high)):
        if outside:
            raise ParameterError(
                f"the {what} bound {bound:g} lies where the prior ({prior.words}) has no density: it ends at {end:g}; "
                "move the bound to it",
                field=what,
            )
        if np.isinf(_at(prior, bound)) and _at(prior, bound) > 0:
            raise ParameterError(
                f"the density of the prior ({prior.words}) is infinite at the {what} bound {bound:g}, where every "
                "estimate would go: move the bound off it",
                field=what,
            )
    mass = np.diff(prior.kind.below(np.array([lower, upper]), prior.values))[0]
    if not mass > _LEAST_MASS:
        raise ParameterError(
            f"the prior ({prior.words}) lies outside the bounds [{lower:g}, {upper:g}], where no estimate can go: move "
            "it or widen the bounds",
            field="prior",
        )


def _at(prior: FamilyPrior, value: float) -> float:
    """Log density at a natural value, infinite where it is zero or has no limit."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(prior.kind.logs(np.array(value), prior.values)[0])


def _edges(scale: Scale, lower: float, upper: float) -> tuple[float, float]:
    low, high = (float(on_scale(bound, scale)) for bound in (lower, upper))
    inwards = _EDGE * (high - low)
    return low + inwards, high - inwards


def _logs(
    prior: FamilyPrior, scale: Scale, z: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Log density on the search scale, and its two derivatives there."""
    x = off_scale(z, scale)
    value, slope, bend = prior.kind.logs(x, prior.values)
    if scale == "log":
        return value + z, slope * x + 1, bend * x**2 + slope * x
    if scale == "logit":
        rate, turn = x * (1 - x), x * (1 - x) * (1 - 2 * x)
        return value + np.log(rate), slope * rate + 1 - 2 * x, bend * rate**2 + slope * turn - 2 * rate
    return value, slope, bend


def _highest(prior: FamilyPrior, scale: Scale, low: float, high: float) -> float:
    """Narrow an interval with one maximum of the density down by golden sections."""
    for _ in range(_HALVINGS):
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        values = _logs(prior, scale, np.array([left, right]))[0]
        low, high = (left, high) if values[0] < values[1] else (low, right)
    return float(0.5 * (low + high))


def _quantile(prior: FamilyPrior, lower: float, upper: float, share: ArrayLike) -> NDArray[np.float64]:
    low, high = prior.kind.below(np.array([lower, upper]), prior.values)
    with np.errstate(divide="ignore"):  # an end of the support may be infinite, and is cut at the bound
        found = prior.kind.quantile(low + np.asarray(share) * (high - low), prior.values)
    return np.clip(found, lower, upper)
