"""Counts: Poisson, and negative binomial where they scatter more than that.

A count is as likely as a distribution with the mean that the model gives says. The variance of the negative binomial
distribution is m + d m^2 for the mean m and the dispersion d (Hilbe, Negative Binomial Regression, 2011, ch. 8; 1/d is
`phi` of Stan's `neg_binomial_2`). Roots of deviances make maximum likelihood a matter of least squares (McCullagh &
Nelder, Generalized Linear Models, 1989, section 2.4).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, ndtri, xlogy

from rcsd.analysis.calibration.errors.coordinates import Coordinate
from rcsd.analysis.calibration.errors.estimating import Estimating
from rcsd.analysis.calibration.errors.model import NoiseValues

_SERIES = 1e-3  # below it x - ln(1 + x) is summed up, where the difference would lose its digits
_LARGE = 1e12  # means beyond which a count is drawn as a normal number: no generator counts so far


@dataclass(frozen=True, slots=True)
class CountErrors(Estimating):
    """Counts about a mean; raw values are the means that the model gives.

    Attributes
    ----------
    years, observed
        Of the cells that count, shape (n_cells,); whole numbers of 0 or more.
    dispersion
        Given, or a coordinate that is estimated; 0 is Poisson.
    weights
        By how much the log density of each cell counts, shape (n_cells,).
    power
        By how much that of the series counts.
    """

    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    dispersion: float | Coordinate
    weights: NDArray[np.float64]
    power: float = 1.0
    coordinates: tuple[Coordinate, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Collect what is estimated."""
        found = () if isinstance(self.dispersion, float) else (self.dispersion,)
        object.__setattr__(self, "coordinates", found)

    @property
    def tells_misfit(self) -> bool:
        """Whether nothing is estimated: counts that scatter more than the distribution says."""
        return not self.coordinates

    @property
    def estimates_size(self) -> bool:
        """The mean gives most of it."""
        return False

    def raw(self, simulated: NDArray[np.float64]) -> NDArray[np.float64]:
        """Means; NaN where no such count could come."""
        usable = np.isfinite(simulated) & ((simulated > 0) | ((simulated == 0) & (self.observed == 0)))
        return np.where(usable, simulated, np.nan)

    def roots(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Roots of the deviances, of the sign of model less data."""
        found = _deviances(self.observed, raw, self._dispersion(np.asarray(noise, dtype=np.float64)))
        return np.asarray(np.sign(raw - self.observed) * np.sqrt(self.power * self.weights * found))

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log probability of the counts, no constant left out."""
        dispersion = self._dispersion(np.asarray(noise, dtype=np.float64))
        return np.asarray(
            self.power * np.sum(self.weights * _log_probability(self.observed, raw, dispersion[..., np.newaxis]), -1)
        )

    def standardised(
        self, slopes: NDArray[np.float64], raw: NDArray[np.float64], noise: NoiseValues | None
    ) -> NDArray[np.float64]:
        """Fisher's information on a mean is one over the variance; of a mean of zero there is none."""
        variance = self._variance(raw, self.start if noise is None else noise)
        known = np.where(variance > 0, variance, np.inf)
        return np.asarray(slopes * np.sqrt(self.power * self.weights / known))

    def innovations(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Roots of the deviances without weights: nearly normal where counts are large."""
        found = _deviances(self.observed, raw, self._dispersion(np.asarray(noise, dtype=np.float64)))
        return np.asarray(np.sign(raw - self.observed) * np.sqrt(found))

    def residuals(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Pearson's: over the standard deviation that the mean has."""
        return self.scaled(self.observed, raw, noise)

    def scaled(
        self, observed: NDArray[np.float64], simulated: NDArray[np.float64], noise: NoiseValues
    ) -> NDArray[np.float64]:
        """Pearson's; NaN where the model gives no mean above zero."""
        variance = self._variance(simulated, noise)
        known = np.where(np.isfinite(variance) & (simulated > 0), variance, np.nan)
        return np.where(simulated == observed, 0.0, (simulated - observed) / np.sqrt(known))

    def size(self, noise: NoiseValues) -> float:
        """Return the relative standard deviation beyond Poisson's; NaN for Poisson's."""
        found = float(self._dispersion(np.asarray(noise, dtype=np.float64)))
        return float(np.sqrt(found)) if found > 0 else float("nan")

    def ordinary(self, noise: NoiseValues) -> float:
        """Return that of a normal number, which roots of deviances nearly are where counts are large."""
        del noise
        return float(ndtri(0.975))

    def predict(
        self,
        raw: NDArray[np.float64],
        simulated: NDArray[np.float64],
        years: NDArray[np.float64],
        noise: NDArray[np.float64],
        *,
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Draw counts: nothing of those before goes on."""
        del raw, years
        return self.replicate(simulated, noise, rng=rng)

    def replicate(
        self, simulated: NDArray[np.float64], noise: NDArray[np.float64], *, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Draw counts; NaN where the model gives no mean, or one below zero."""
        usable = np.isfinite(simulated) & (simulated >= 0)
        mean = np.where(usable, simulated, 0.0)
        dispersion = np.broadcast_to(self._dispersion(noise)[:, np.newaxis], mean.shape)
        wide = dispersion > 0
        factor = np.where(wide, rng.gamma(1 / np.where(wide, dispersion, 1.0)) * dispersion, 1.0)
        mean = mean * factor
        large = mean > _LARGE
        counts = rng.poisson(np.where(large, 0.0, mean)).astype(np.float64)
        counts = np.where(large, np.rint(mean + np.sqrt(mean) * rng.standard_normal(mean.shape)), counts)
        return np.where(usable, counts, np.nan)

    def _dispersion(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        if isinstance(self.dispersion, float):
            return np.full(values.shape[:-1], self.dispersion)
        return values[..., 0]

    def _variance(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        return np.asarray(raw + self._dispersion(np.asarray(noise, dtype=np.float64)) * raw**2)


def _deviances(
    observed: NDArray[np.float64], mean: NDArray[np.float64], dispersion: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Twice the log probability at the observed mean less that at `mean`."""
    more = mean - observed
    spare = np.where(dispersion > 0, 1 / np.where(dispersion > 0, dispersion, 1.0), np.inf)
    # y ln(y/m) - (y+k) ln((y+k)/(m+k)), with either term about its own zero: written so they would cancel
    beyond = _excess(more, observed + np.where(np.isinf(spare), 1.0, spare))
    found = _excess(more, observed) - np.where(np.isinf(spare), 0.0, beyond)
    return np.asarray(2 * np.maximum(found, 0.0))


def _excess(more: NDArray[np.float64], base: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return d - b ln(1 + d/b), which is d where b is zero."""
    zero = base == 0
    x = more / np.where(zero, 1.0, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        far = x - np.log1p(x)
    near = x**2 * (1 / 2 - x * (1 / 3 - x * (1 / 4 - x * (1 / 5 - x / 6))))
    return np.where(zero, more, base * np.where(np.abs(x) < _SERIES, near, far))


def _log_probability(
    observed: NDArray[np.float64], mean: NDArray[np.float64], dispersion: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log probability of counts."""
    poisson = xlogy(observed, mean) - mean - gammaln(observed + 1)
    wide = np.where(dispersion > 0, dispersion, 1.0)
    k = 1 / wide
    choose = gammaln(observed + k) - gammaln(k) - gammaln(observed + 1)
    binomial = choose + xlogy(observed, wide * mean) - (observed + k) * np.log1p(wide * mean)
    return np.asarray(np.where(dispersion > 0, binomial, poisson))
