"""Later prices drawn from the price's own history: a logarithm that returns to its mean.

Real commodity prices shock hard and return slowly: over decades they neither explode nor vanish (Pindyck, The Energy
Journal 20(2), 1999; Cashin, Liang & McDermott, IMF Staff Papers 47(2), 2000). Resampled yearly changes alone would be
a random walk: that of coal, at 25 % a year, has a 90 % band that spans a factor of thirty after seventeen years, where
the real price stayed within one of little more than four from 1980 to 2013. So the level is an autoregression of first
order, and what is resampled are its residuals, with the fat tails that they have.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError

LEAST = 8
"""Fewest values of a history."""

_USED = 2  # coefficients that the residuals have been fitted with


@dataclass(frozen=True, slots=True)
class LogProcess:
    """A first-order autoregression of the logarithm of a price.

    Attributes
    ----------
    mean
        Of the logarithm; what it returns to unless `persistence` is 1.
    persistence
        What is left of a distance from the mean after a year, 0 to 1; 1 is a random walk without drift.
    residuals
        Of the years of the history, mean zero, widened for the two coefficients; shape (n,).
    last
        Logarithm of the last value of the history.
    """

    mean: float
    persistence: float
    residuals: NDArray[np.float64]
    last: float

    @property
    def sd(self) -> float:
        """Standard deviation of a year's shock."""
        return float(np.sqrt(np.mean(self.residuals**2)))

    def factors(self, n_paths: int, n_years: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw the prices of later years, as multiples of the last one.

        Parameters
        ----------
        n_paths, n_years
            How many, and how long.
        rng
            Decides which residual comes when.

        Returns
        -------
        NDArray, shape (n_paths, n_years)
        """
        shocks = rng.choice(self.residuals, (n_paths, n_years))
        distance = np.full(n_paths, self.last - self.mean)
        logarithms = np.empty((n_paths, n_years))
        for year in range(n_years):
            distance = self.persistence * distance + shocks[:, year]
            logarithms[:, year] = distance + self.mean - self.last
        return np.asarray(np.exp(logarithms))


def log_process(values: ArrayLike) -> LogProcess:
    """Estimate the process of a price from a history of consecutive years.

    Least squares finds too little persistence in a short history: Kendall's first-order correction (1 + 3 phi)/n is
    added (Biometrika 41, 1954), and an estimate that reaches 1 by it is taken for a random walk.

    Parameters
    ----------
    values
        Positive, shape (n_years,).

    Raises
    ------
    ParameterError
        For a history that is too short, constant, or not positive throughout.
    """
    prices = np.asarray(values, dtype=np.float64)
    if prices.size < LEAST:
        raise ParameterError(f"a history of {prices.size} years says too little of a price: give at least {LEAST}")
    if not np.all(prices > 0):
        raise ParameterError(
            f"a price of {prices.min():g} has no logarithm: only a history of positive values can be drawn from"
        )
    logarithms = np.log(prices)
    mean = float(logarithms.mean())
    before, after = logarithms[:-1] - mean, logarithms[1:] - mean
    around, n = before - before.mean(), before.size
    if not np.any(around):
        raise ParameterError("a history without any change says nothing of how far a price may move")
    least_squares = float(around @ after / (around @ around))
    persistence = float(np.clip(least_squares + (1 + 3 * least_squares) / n, 0.0, 1.0))
    residuals = after - persistence * before
    residuals = (residuals - residuals.mean()) * np.sqrt(n / (n - _USED))
    return LogProcess(mean, persistence, residuals, float(logarithms[-1]))
