"""Scores of forecasts that are kept as quantiles at `LEVELS`, on logarithms.

Quantiles have the shape (..., n_levels) and are positive, what came has the shape (...) and is positive. NaN in either
gives NaN. Scores in per cent are of logarithms, times 100.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.forecasting.levels import HIGH, LEVELS, LOW, MIDDLE

Array = NDArray[np.float64]

PER_CENT = 100.0
OUTSIDE = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares outside the central intervals of the weighted interval score: those of Bracher et al. whose ends are kept,
all but 0.05."""


def quantile_crps(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Continuous ranked probability score, per cent: twice the integral of the quantile score over its level.

    From 99 levels within 0.1 % of the closed form for a normal distribution, as the fair estimator is from very many
    draws.

    References
    ----------
    Laio & Tamea, Hydrol. Earth Syst. Sci. 11, 2007, eq 10; Gneiting & Raftery, J. Am. Stat. Assoc. 102, 2007.
    """
    off = _off(quantiles, observed)
    loss = np.where(off >= 0, LEVELS * off, (LEVELS - 1) * off)
    return np.asarray(PER_CENT * 2 * np.sum(loss, axis=-1) / (LEVELS.size + 1))


def quantile_wis(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Weighted interval score, per cent, with the intervals that leave `OUTSIDE` outside.

    References
    ----------
    Bracher, Ray, Gneiting & Reich, PLoS Comput. Biol. 17(2), 2021, eqs 1 and 2.
    """
    off = _off(quantiles, observed)
    total = np.abs(off[..., MIDDLE]) / 2
    for share in OUTSIDE:
        low, high = off[..., _place(share / 2)], off[..., _place(1 - share / 2)]
        total = total + share / 2 * (low - high) + np.maximum(-low, 0) + np.maximum(high, 0)
    return np.asarray(PER_CENT * total / (len(OUTSIDE) + 0.5))


def inside(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Say which cells lie in their central 90 % interval: 1 or 0, NaN where that is not known."""
    each, actual = np.asarray(quantiles, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    known = np.isfinite(each).all(axis=-1) & np.isfinite(actual)
    return np.where(known, (each[..., LOW] <= actual) & (actual <= each[..., HIGH]), np.nan)


def quantile_pit(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Share of the forecast below what came, to a hundredth: uniform for a calibrated forecast.

    References
    ----------
    Dawid, J. R. Stat. Soc. A 147, 1984.
    """
    off = _off(quantiles, observed)
    below = np.sum(off > 0, axis=-1) + np.sum(off == 0, axis=-1) / 2
    return np.where(np.isfinite(off).all(axis=-1), (below + 0.5) / (LEVELS.size + 1), np.nan)


def log_densities(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Log density of the logarithm of what came, in nats; higher is better.

    Of half a normal density to either side of the median, through the 5 % and the 95 % quantile. Quantiles of some
    hundred draws tell no more, and with a kernel's tail one surprise would decide between models.

    References
    ----------
    The logarithmic score: Good, J. R. Stat. Soc. B 14, 1952.
    """
    from scipy.stats import norm  # noqa: PLC0415 - slow to import, needed here alone

    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(np.asarray(quantiles, dtype=np.float64)[..., [LOW, MIDDLE, HIGH]])
        off = np.log(np.asarray(observed, dtype=np.float64)) - logs[..., 1]
        sd = np.where(off < 0, logs[..., 1] - logs[..., 0], logs[..., 2] - logs[..., 1]) / norm.ppf(LEVELS[HIGH])
        return np.asarray(norm.logpdf(off, scale=sd))


def widened(quantiles: ArrayLike, factor: ArrayLike) -> Array:
    """Spread forecasts about their medians by a factor, on logarithms; `factor` has the shape (...) or less."""
    logs = np.log(np.asarray(quantiles, dtype=np.float64))
    median = logs[..., MIDDLE, np.newaxis]
    return np.asarray(np.exp(median + np.asarray(factor)[..., np.newaxis] * (logs - median)))


def _off(quantiles: ArrayLike, observed: ArrayLike) -> Array:
    """Logarithm of what came less that of each quantile, shape (..., n_levels)."""
    each, actual = np.asarray(quantiles, dtype=np.float64), np.asarray(observed, dtype=np.float64)
    return np.asarray(np.log(actual)[..., np.newaxis] - np.log(each))


def _place(share: float) -> int:
    """Place of a level; those asked for are among `LEVELS`."""
    return int(np.argmin(np.abs(LEVELS - share)))
