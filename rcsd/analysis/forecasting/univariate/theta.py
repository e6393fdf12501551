"""The Theta method, for many series of one length at once.

A theta line keeps a series' trend and multiplies its curvature by theta. The forecast weighs the trend line (theta 0)
with simple exponential smoothing of the theta line. With A and B the intercept and slope of the least-squares line over
t = 1..n, level l and w = 1 - 1/theta, the one-step forecast is (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler,
Int. J. Forecast. 32, 2016, eqs 8-14)

    mu_t = l_{t-1} + w [(1 - alpha)^{t-1} A + (1 - (1 - alpha)^t)/alpha B],    l_t = alpha y_t + (1 - alpha) l_{t-1}.

theta = 2 is the method of Assimakopoulos & Nikolopoulos (Int. J. Forecast. 16, 2000), smoothing with half the slope as
drift (Hyndman & Billah, Int. J. Forecast. 19, 2003); *optimised* estimates theta >= 1 with the weight. The initial
level is found by least squares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.univariate.search import minimise

Array = NDArray[np.float64]

_ALPHA = (1e-3, 0.9999)
_CLASSICAL = 0.5  # w of theta = 2
_MOST = 0.999  # w of theta = 1000: all curvature is kept by the level


def theta(series: Array, n_years: int) -> Array:
    """Forecast with theta = 2, shape (n_series, n_years)."""
    return _forecast(series, n_years, np.array([_ALPHA]), (30,))


def optimised_theta(series: Array, n_years: int) -> Array:
    """Forecast with the theta that fits best, shape (n_series, n_years)."""
    return _forecast(series, n_years, np.array([_ALPHA, (0.0, _MOST)]), (15, 10))


def _forecast(series: Array, n_years: int, bounds: Array, grid: tuple[int, ...]) -> Array:
    """Search the weights, then run the last level forward."""
    base = series[:, :1]
    centred = series - base
    line = _line(centred)
    found, _ = minimise(lambda arguments: _sse(centred, line, arguments), bounds, grid)
    alpha, weight = _read(found)
    level = _initial(centred, line, alpha, weight)
    n = series.shape[1]
    for value in centred.T:
        level = level + alpha * (value - level)
    # n and n + h - 1: the offset of the last known step, to which each further year adds w B
    ahead = np.arange(n_years)
    path = level[:, None] + _offset(line, alpha, weight, n + 1)[:, None] + (weight * line[1])[:, None] * ahead
    return np.asarray(base + path)


def _line(series: Array) -> tuple[Array, Array]:
    """Intercept and slope of each series over t = 1..n."""
    t = np.arange(1.0, series.shape[1] + 1)
    slope = (series - series.mean(axis=1, keepdims=True)) @ (t - t.mean()) / np.sum((t - t.mean()) ** 2)
    return series.mean(axis=1) - slope * t.mean(), slope


def _read(arguments: Array) -> tuple[Array, Array]:
    """Read alpha and w off the search's arguments, along the last axis."""
    alpha = arguments[..., 0]
    return alpha, arguments[..., 1] if arguments.shape[-1] > 1 else np.full_like(alpha, _CLASSICAL)


def _offset(line: tuple[Array, Array], alpha: Array, weight: Array, t: int) -> Array:
    """Return what the trend line adds to the level at step t."""
    left = (1 - alpha) ** (t - 1)
    return np.asarray(weight * (left * line[0] + (1 - left * (1 - alpha)) / alpha * line[1]))


def _errors(series: Array, line: tuple[Array, Array], alpha: Array, weight: Array) -> list[Array]:
    """One-step errors when the initial level is zero."""
    level, errors = np.zeros_like(alpha), []
    for t, value in enumerate(np.moveaxis(series, -1, 0), start=1):
        errors.append(value - level - _offset(line, alpha, weight, t))
        level = level + alpha * (value - level)
    return errors


def _initial(series: Array, line: tuple[Array, Array], alpha: Array, weight: Array) -> Array:
    """Find the initial level: each unit of it lowers the error of step t by (1 - alpha)^(t-1)."""
    errors = _errors(series, line, alpha, weight)
    shares = [(1 - alpha) ** t for t in range(len(errors))]
    top = sum((share * error for share, error in zip(shares, errors, strict=True)), np.zeros(()))
    return np.asarray(top / sum((share**2 for share in shares), np.zeros(())))


def _sse(series: Array, line: tuple[Array, Array], arguments: Array) -> Array:
    """Sum of squared errors at the best initial level."""
    alpha, weight = _read(arguments)
    level = _initial(series, line, alpha, weight)
    errors = _errors(series, line, alpha, weight)
    return np.asarray(sum((error - (1 - alpha) ** t * level) ** 2 for t, error in enumerate(errors)))
