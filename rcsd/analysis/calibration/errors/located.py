"""Normal and Student's t errors, of values or of logarithms, independent or with an autocorrelation.

The error of a cell is the autocorrelation (to the power of the time between the two) times that of the cell before plus
an innovation, so that every cell has the same spread (an autoregression of first order; Seber & Wild, Nonlinear
Regression, 1989, ch. 6). Innovations are normal or Student's t; the `error` of a t distribution is its scale, not its
standard deviation (Lange, Little & Taylor, J. Am. Stat. Assoc. 84, 1989).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, ndtri, stdtrit

from rcsd.analysis.calibration.errors.coordinates import Coordinate
from rcsd.analysis.calibration.errors.estimating import Estimating
from rcsd.analysis.calibration.errors.model import NoiseValues
from rcsd.analysis.calibration.errors.scaling import scaled_residuals

_UPPER = 0.975


@dataclass(frozen=True, slots=True)
class LocatedErrors(Estimating):
    """Errors about a value or its logarithm; raw values are model less data, on that scale.

    Attributes
    ----------
    years, observed
        Of the cells that count, shape (n_cells,).
    logarithm
        Whether logarithms are compared.
    error, autocorrelation, freedom
        Each a number that is given, or a coordinate that is estimated. Infinite degrees of freedom are normal errors.
    weights
        A cell of weight w has the variance of the others over w; shape (n_cells,).
    power
        By how much the log density of the series counts.
    """

    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    logarithm: bool
    error: float | Coordinate
    autocorrelation: float | Coordinate
    freedom: float | Coordinate
    weights: NDArray[np.float64]
    power: float = 1.0
    coordinates: tuple[Coordinate, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Collect what is estimated."""
        parts = (self.error, self.autocorrelation, self.freedom)
        object.__setattr__(self, "coordinates", tuple(part for part in parts if not isinstance(part, float)))

    @property
    def tells_misfit(self) -> bool:
        """Whether errors are normal and given; an estimated one takes a misfit in."""
        return isinstance(self.error, float) and self.freedom == float("inf")

    @property
    def estimates_size(self) -> bool:
        """Whether the error is not given."""
        return not isinstance(self.error, float)

    def raw(self, simulated: NDArray[np.float64]) -> NDArray[np.float64]:
        """Model less data, of values or logarithms."""
        if not self.logarithm:
            return np.asarray(simulated - self.observed)
        usable = np.isfinite(simulated) & (simulated > 0)
        return np.where(usable, np.log(np.where(usable, simulated, 1.0)) - np.log(self.observed), np.nan)

    def roots(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Roots of the deviances of innovations."""
        found = self.innovations(raw, noise)
        freedom = self._parts(np.asarray(noise, dtype=np.float64))[2]
        return np.asarray(np.sign(found) * np.sqrt(self.power * _deviances(found, freedom)))

    def log_density(self, raw: NDArray[np.float64], noise: ArrayLike) -> NDArray[np.float64]:
        """Log density of the observations themselves, no constant left out."""
        values = np.asarray(noise, dtype=np.float64)
        freedom = self._parts(values)[2]
        innovations, spreads = self._innovations(raw, values)
        each = -0.5 * _deviances(innovations, freedom[..., np.newaxis]) - np.log(spreads)
        total = np.sum(each, axis=-1) + self.years.size * _log_peak(freedom)
        if self.logarithm:
            total = total - np.sum(np.log(self.observed))
        return np.asarray(self.power * total)

    def standardised(
        self, slopes: NDArray[np.float64], raw: NDArray[np.float64], noise: NoiseValues | None
    ) -> NDArray[np.float64]:
        """Innovations are linear in what the model gives."""
        del raw
        values = np.asarray(self.start if noise is None else noise, dtype=np.float64)
        freedom = self._parts(values)[2]
        share = 1.0 if np.isinf(freedom) else (freedom + 1) / (freedom + 3)
        return np.asarray(self._innovations(slopes, values)[0] * np.sqrt(self.power * share))

    def innovations(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """Independent, of unit scale."""
        return self._innovations(raw, np.asarray(noise, dtype=np.float64))[0]

    def residuals(self, raw: NDArray[np.float64], noise: NoiseValues) -> NDArray[np.float64]:
        """In units of the error."""
        return np.asarray(raw / self.size(noise))

    def scaled(
        self, observed: NDArray[np.float64], simulated: NDArray[np.float64], noise: NoiseValues
    ) -> NDArray[np.float64]:
        """In units of the error."""
        return scaled_residuals(observed, simulated, error=self.size(noise), relative=self.logarithm)

    def size(self, noise: NoiseValues) -> float:
        """Return the error, given or estimated."""
        return float(self._parts(np.asarray(noise, dtype=np.float64))[0])

    def ordinary(self, noise: NoiseValues) -> float:
        """Return a quantile of Student's t, or of a normal distribution."""
        freedom = float(self._parts(np.asarray(noise, dtype=np.float64))[2])
        return float(ndtri(_UPPER) if np.isinf(freedom) else stdtrit(freedom, _UPPER))

    def predict(
        self,
        raw: NDArray[np.float64],
        simulated: NDArray[np.float64],
        years: NDArray[np.float64],
        noise: NDArray[np.float64],
        *,
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Go on from the error of the last cell."""
        error = self._parts(noise)[0]
        before = raw[:, -1] * np.sqrt(self.weights[-1]) / error
        return self._observed(simulated, self._drawn(before, float(self.years[-1]), years, noise, rng))

    def replicate(
        self, simulated: NDArray[np.float64], noise: NDArray[np.float64], *, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Draw errors anew, each cell as one of weight 1."""
        return self._observed(simulated, self._drawn(None, float(self.years[0]), self.years, noise, rng))

    def _parts(
        self, values: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Error, autocorrelation and degrees of freedom, each of shape (...), from those that are estimated."""
        found, at = [], 0
        for part in (self.error, self.autocorrelation, self.freedom):
            if isinstance(part, float):
                found.append(np.full(values.shape[:-1], part))
            else:
                found.append(values[..., at])
                at += 1
        return found[0], found[1], found[2]

    def _innovations(
        self, raw: NDArray[np.float64], values: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Innovations of unit scale, and by how much each was divided, both of shape (..., n_cells)."""
        error, correlation, _ = (part[..., np.newaxis] for part in self._parts(values))
        roots = np.sqrt(self.weights)
        own = raw * roots
        kept = correlation ** np.diff(self.years)
        left = np.sqrt(1 - kept**2)
        first = np.ones((*left.shape[:-1], 1))
        new = np.concatenate([own[..., :1] + 0 * first, own[..., 1:] - kept * own[..., :-1]], axis=-1)
        spreads = error * np.concatenate([first, left], axis=-1)
        return np.asarray(new / spreads), np.asarray(spreads / roots)

    def _drawn(
        self,
        before: NDArray[np.float64] | None,
        at: float,
        years: NDArray[np.float64],
        noise: NDArray[np.float64],
        rng: np.random.Generator,
    ) -> NDArray[np.float64]:
        """Draw errors of later years, shape (n_draws, n_years), from that before over its scale, or from none."""
        error, correlation, freedom = self._parts(noise)
        drawn = np.empty((len(noise), years.size))
        for k, year in enumerate(years.tolist()):
            kept = 0.0 if before is None else correlation ** (year - at)
            new = rng.standard_normal(len(noise))
            heavy = np.isfinite(freedom)
            if heavy.any():
                shape = np.where(heavy, freedom, 1.0)
                new = np.where(heavy, new / np.sqrt(rng.chisquare(shape) / shape), new)
            before = np.sqrt(1 - kept**2) * new + (0.0 if before is None else kept * before)
            drawn[:, k], at = error * before, year
        return drawn

    def _observed(self, simulated: NDArray[np.float64], drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(simulated * np.exp(-drawn) if self.logarithm else simulated - drawn)


def _deviances(innovations: NDArray[np.float64], freedom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Minus twice the log density, less that of zero."""
    squares = innovations**2
    finite = np.where(np.isinf(freedom), 1.0, freedom)
    return np.where(np.isinf(freedom), squares, (finite + 1) * np.log1p(squares / finite))


def _log_peak(freedom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log density of Student's t, or of a normal distribution, at zero."""
    finite = np.where(np.isinf(freedom), 1.0, freedom)
    heavy = gammaln((finite + 1) / 2) - gammaln(finite / 2) - 0.5 * np.log(finite * np.pi)
    return np.asarray(np.where(np.isinf(freedom), -0.5 * np.log(2 * np.pi), heavy))
