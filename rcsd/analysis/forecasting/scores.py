"""Scores of forecasts that are samples: every one on logarithms, so that cities of all sizes count alike.

Draws have the shape (n_draws, n_cells), what came (n_cells,); both must be positive. Scores return one value per cell,
times 100: about per cent of the level. Lower is better. NaN in a cell's draws or in what came makes its score NaN.

A sample of a model and the errors behind a rule's band (`rcsd.analysis.forecasting.bands`) are scored by the same
functions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.bands import LEVEL, quantiles
from rcsd.errors import SeriesError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

PER_CENT = 100.0
OUTSIDE = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares outside the central intervals of the weighted interval score, as Bracher et al. take them."""

_BAND = 0.95  # of the binomial distribution of the number of covered cells
_TWO = 2


def _logs(draws: ArrayLike, observed: ArrayLike) -> tuple[Matrix, Vector]:
    """Check shapes and signs, and take logarithms."""
    sample, actual = np.asarray(draws, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    if sample.ndim != _TWO or actual.shape != sample.shape[1:] or sample.shape[0] < _TWO:
        raise SeriesError(
            f"draws {sample.shape} must have one row per draw, two at least, and one column per cell of what came "
            f"{actual.shape}"
        )
    if np.any(sample <= 0) or np.any(actual <= 0):
        raise SeriesError("a draw or a value that came is not positive: scores of logarithms are not defined for it")
    return np.log(sample), np.log(actual)


def crps_logs(draws: ArrayLike, observed: ArrayLike) -> Vector:
    """Continuous ranked probability score of logarithms, times 100, by the fair estimator.

    mean|X - y| - mean|X - X'|/2 over different draws, whose expectation does not depend on how many there are.

    References
    ----------
    Gneiting & Raftery, J. Am. Stat. Assoc. 102, 2007; the fair estimator: Ferro, Q. J. R. Meteorol. Soc. 140, 2014.

    Examples
    --------
    >>> crps_logs([[1.0], [1.0]], [1.0]).tolist()
    [0.0]
    """
    sample, actual = _logs(draws, observed)
    n = sample.shape[0]
    # the mean of |X - X'| over pairs of a sorted sample needs each draw once
    weights = 2 * np.arange(n) - n + 1
    spread = weights @ np.sort(sample, axis=0) / (n * (n - 1))
    return np.asarray(PER_CENT * (np.mean(np.abs(sample - actual), axis=0) - spread))


def weighted_interval_score(draws: ArrayLike, observed: ArrayLike, outside: tuple[float, ...] = OUTSIDE) -> Vector:
    """Weighted interval score of logarithms, times 100.

    [|y - m|/2 + sum_k (a_k/2) IS_k] / (K + 1/2) with the median m and IS_k = (u - l) + (2/a)(l - y)+ + (2/a)(y - u)+ of
    the central interval that leaves the share a_k outside. With many intervals it tends to the CRPS.

    References
    ----------
    Bracher, Ray, Gneiting & Reich, PLoS Comput. Biol. 17(2), 2021, eqs 1 and 2.
    """
    sample, actual = _logs(draws, observed)
    total = np.abs(actual - quantiles(sample, (0.5,))[0]) / 2
    for share in outside:
        low, high = quantiles(sample, (share / 2, 1 - share / 2))
        beyond = np.maximum(low - actual, 0) + np.maximum(actual - high, 0)
        total = total + share / 2 * (high - low) + beyond
    return np.asarray(PER_CENT * total / (len(outside) + 0.5))


def log_score(draws: ArrayLike, observed: ArrayLike) -> Vector:
    """Logarithmic score, minus the log density of the logarithm of what came, in nats (not times 100).

    The density is made from the draws by Gaussian kernels on logarithms with the bandwidth 0.9 min(sd, IQR/1.34)
    n^(-1/5) (Silverman, Density Estimation, 1986, eq 3.31). Far outside the draws it falls as a normal density of that
    bandwidth, so one surprise can cost hundreds; means of it say more about tails than about the middle. Infinite where
    the middle half of the draws is one value.

    References
    ----------
    Good, J. R. Stat. Soc. B 14, 1952; Krueger, Lerch, Thorarinsdottir & Gneiting, Int. Stat. Rev. 89, 2021.
    """
    sample, actual = _logs(draws, observed)
    n = sample.shape[0]
    lower, upper = quantiles(sample, (0.25, 0.75))
    width = 0.9 * np.minimum(np.std(sample, axis=0, ddof=1), (upper - lower) / 1.34) * n ** (-1 / 5)
    with np.errstate(divide="ignore", invalid="ignore"):
        exponents = -(((sample - actual) / width) ** 2) / 2
        top = np.max(exponents, axis=0)
        density = top + np.log(np.mean(np.exp(exponents - top), axis=0)) - np.log(width * np.sqrt(2 * np.pi))
    return np.asarray(np.where(width > 0, -density, np.inf))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cells lay inside their intervals.

    Attributes
    ----------
    n, share
        Cells, and the share inside.
    low, high
        95 % band of that share if the level were right and the cells independent; they are not, since cities share a
        year's shocks and origins share years: the true band is wider.
    """

    n: int
    share: float
    low: float
    high: float


def covered(draws: ArrayLike, observed: ArrayLike, level: float = LEVEL) -> NDArray[np.bool_]:
    """Say which cells lie inside the central interval of their draws, ends included, shape (n_cells,)."""
    sample, actual = _logs(draws, observed)
    low, high = quantiles(sample, ((1 - level) / 2, (1 + level) / 2))
    return np.asarray((low <= actual) & (actual <= high))


def coverage(inside: ArrayLike, level: float = LEVEL) -> Coverage:
    """Summarise which cells were covered, with the binomial band of the level."""
    from scipy.stats import binom  # noqa: PLC0415 - slow to import, needed here alone

    flags = np.asarray(inside, dtype=np.bool_)
    n = int(flags.size)
    if n == 0:
        return Coverage(0, np.nan, np.nan, np.nan)
    low, high = binom.interval(_BAND, n, level)
    return Coverage(n, float(np.mean(flags)), float(low) / n, float(high) / n)


def pit(draws: ArrayLike, observed: ArrayLike) -> Vector:
    """Share of the draws below what came, ties by half: uniform in (0, 1) for a calibrated forecast, shape (n_cells,).

    (rank + 1/2)/(n + 1), with the rank counted from 0, so that no value is 0 or 1.

    References
    ----------
    Dawid, J. R. Stat. Soc. A 147, 1984; Gneiting, Balabdaoui & Raftery, J. R. Stat. Soc. B 69, 2007.
    """
    sample, actual = _logs(draws, observed)
    rank = np.sum(sample < actual, axis=0) + np.sum(sample == actual, axis=0) / 2
    return np.asarray((rank + 0.5) / (sample.shape[0] + 1))


def pit_histogram(values: ArrayLike, n_bins: int = 10) -> NDArray[np.intp]:
    """Count PIT values in bins of one width, shape (n_bins,).

    A cup is too narrow a forecast, a cap too wide a one, a slope a bias.
    """
    counts, _ = np.histogram(np.asarray(values, dtype=np.float64), bins=n_bins, range=(0.0, 1.0))
    return np.asarray(counts, dtype=np.intp)


def scaled_error(median: ArrayLike, observed: ArrayLike, change: ArrayLike) -> Vector:
    """Absolute error of the median over the mean absolute yearly change up to the origin.

    Its mean over cells is the MASE; NaN where nothing changed.

    References
    ----------
    Hyndman & Koehler, Int. J. Forecast. 22, 2006.
    """
    error = np.abs(np.asarray(median, dtype=np.float64) - np.asarray(observed, dtype=np.float64))
    scale = np.asarray(change, dtype=np.float64)
    return np.asarray(error / np.where(scale > 0, scale, np.nan))
