"""Exponential smoothing with additive errors, for many series of one length at once.

The innovations form (Hyndman, Koehler, Ord & Snyder, Forecasting with Exponential Smoothing, 2008, ch. 2): with level
l, trend b, damping phi and error e_t = y_t - l_{t-1} - phi b_{t-1},

    l_t = l_{t-1} + phi b_{t-1} + alpha e_t,        b_t = phi b_{t-1} + beta e_t.

The errors are linear in the initial states, so these are found by least squares for every alpha, beta and phi, and only
the weights are searched for: the maximum of the Gaussian likelihood. Bounds are the usual ones, 0 < beta < alpha < 1
and 0.8 <= phi <= 0.98. Years are the period, so there are no seasons. Errors that grow with the level are additive in
logarithms, which is how `rcsd.analysis.forecasting` offers them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.univariate.search import minimise

Array = NDArray[np.float64]
Trend = Literal["none", "additive", "damped"]

_WEIGHT, _DAMPING = (1e-4, 0.9999), (0.80, 0.98)
_BOUNDS: dict[Trend, tuple[tuple[float, float], ...]] = {
    "none": (_WEIGHT,),
    "additive": (_WEIGHT, _WEIGHT),
    "damped": (_WEIGHT, _WEIGHT, _DAMPING),
}
_GRID = (12, 8, 5)
TRENDS: tuple[Trend, ...] = ("none", "additive", "damped")
PARAMETERS: dict[Trend, int] = {"none": 3, "additive": 5, "damped": 6}
"""Weights, initial states and the variance, as the information criterion counts them."""


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """Fits of one model to many series.

    Attributes
    ----------
    alpha, beta, phi
        Weights and damping, shape (n_series,).
    level, trend
        States after the last year, shape (n_series,).
    sse
        Sum of squared one-step errors, shape (n_series,).
    """

    alpha: Array
    beta: Array
    phi: Array
    level: Array
    trend: Array
    sse: Array

    def forecast(self, n_years: int) -> Array:
        """Return medians 1 to `n_years` ahead, shape (n_series, n_years)."""
        steps = np.arange(1, n_years + 1)
        fading = np.cumsum(self.phi[:, None] ** steps, axis=1)
        return np.asarray(self.level[:, None] + fading * self.trend[:, None])


def smooth(series: Array, trend: Trend) -> Smoothed:
    """Fit one model to each series.

    Parameters
    ----------
    series
        Shape (n_series, n_years); more years than `PARAMETERS` for an answer that is not pure interpolation.
    trend
        "none" is ETS(A,N,N), "additive" ETS(A,A,N), "damped" ETS(A,Ad,N).
    """
    bounds = np.array(_BOUNDS[trend])
    # the first value off: least squares then works with small numbers
    base = series[:, 0]
    centred = series - base[:, None]
    weights, _ = minimise(lambda theta: _sse(centred, theta, trend), bounds, _GRID[: len(bounds)])
    alpha, beta, phi = _weights(weights, trend)
    level, slope = _initial(centred, alpha, beta, phi, trend)
    errors, level, slope = _run(centred, (alpha, beta, phi), level, slope)
    return Smoothed(alpha, beta, phi, level + base, slope, np.sum(errors**2, axis=-1))


def _weights(theta: Array, trend: Trend) -> tuple[Array, Array, Array]:
    """Read alpha, beta (searched as a share of alpha) and phi off the search's arguments, along the last axis."""
    alpha = theta[..., 0]
    beta = alpha * theta[..., 1] if trend != "none" else np.zeros_like(alpha)
    phi = theta[..., 2] if trend == "damped" else np.ones_like(alpha)
    return alpha, beta, phi


def _run(series: Array, weights: tuple[Array, Array, Array], level: Array, slope: Array) -> tuple[Array, Array, Array]:
    """Pass through the years: errors (years last), last level, last trend; shapes broadcast."""
    alpha, beta, phi = weights
    errors = []
    for value in np.moveaxis(series, -1, 0):
        expected = level + phi * slope
        error = value - expected
        level, slope = expected + alpha * error, phi * slope + beta * error
        errors.append(error)
    return np.stack(np.broadcast_arrays(*errors), axis=-1), level, slope


def _initial(series: Array, alpha: Array, beta: Array, phi: Array, trend: Trend) -> tuple[Array, Array]:
    """Find the initial states that make the squared errors smallest."""
    zero, one = np.zeros_like(alpha), np.ones_like(alpha)
    nothing = np.zeros(series.shape[-1])
    weights = (alpha, beta, phi)
    errors = _run(series, weights, zero, zero)[0]
    by_level = -_run(nothing, weights, one, zero)[0]
    ll, le = np.sum(by_level**2, axis=-1), np.sum(by_level * errors, axis=-1)
    if trend == "none":
        return le / ll, np.zeros_like(le)
    by_trend = -_run(nothing, weights, zero, one)[0]
    lt, tt = np.sum(by_level * by_trend, axis=-1), np.sum(by_trend**2, axis=-1)
    te = np.sum(by_trend * errors, axis=-1)
    determinant = ll * tt - lt**2
    return (tt * le - lt * te) / determinant, (ll * te - lt * le) / determinant


def _sse(series: Array, theta: Array, trend: Trend) -> Array:
    """Sum of squared errors at the best initial states, shape of `theta` less its last axis, over the series."""
    alpha, beta, phi = _weights(theta, trend)
    level, slope = _initial(series, alpha, beta, phi, trend)
    errors, _, _ = _run(series, (alpha, beta, phi), level, slope)
    return np.asarray(np.sum(errors**2, axis=-1))
