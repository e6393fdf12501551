"""Choose a model by its information criterion: automatic exponential smoothing and automatic ARIMA.

ARIMA orders are chosen by Akaike's corrected criterion (Hurvich & Tsai, Biometrika 76, 1989), which is infinite where a
series has no two cells more than the order has parameters. That correction would leave exponential smoothing without
any trend on six to nine cells (a trend costs five parameters), and a benchmark for growing cities that knows no growth
is none; the plain criterion (Akaike, IEEE Trans. Autom. Control 19, 1974) chooses there. It makes the benchmark
stronger, and was chosen seeing that.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.univariate.arma import Order, fit
from rcsd.analysis.forecasting.univariate.smoothing import PARAMETERS, TRENDS, smooth

Array = NDArray[np.float64]

MOST_ORDERS = 2
"""Largest sum of the autoregressive and the moving-average order. Of 78 cities' GDP of 2000-2013, a sum of three ends
at a root near 1 in nine of ten, and such fits are out."""

MOST_DIFFERENCES = 2
CRITICAL = 0.463
"""5 % point of `kpss` (Kwiatkowski, Phillips, Schmidt & Shin, J. Econometrics 54, 1992, Table 1, level case)."""


def aicc(deviance: Array, n_cells: int, n_parameters: int) -> Array:
    """Corrected criterion of Akaike; infinite where `n_cells` does not exceed the parameters by two."""
    spare = n_cells - n_parameters - 1
    if spare <= 0:
        return np.full(deviance.shape, np.inf)
    return deviance + 2 * n_parameters + 2 * n_parameters * (n_parameters + 1) / spare


def auto_smooth(series: Array, n_years: int) -> Array:
    """Forecast by the best of no, additive and damped trend, shape (n_series, n_years)."""
    n = series.shape[1]
    fits = [smooth(series, trend) for trend in TRENDS]
    # a series on an exact line has no error; below rounding all that fit it are equal, and the simplest is taken
    floor = np.finfo(float).eps ** 2 * np.sum(series**2, axis=1) + np.finfo(float).tiny
    criteria = [
        n * np.log(np.maximum(fitted.sse, floor)) + 2 * PARAMETERS[trend]
        for trend, fitted in zip(TRENDS, fits, strict=True)
    ]
    best = np.argmin(criteria, axis=0)
    paths = np.stack([fitted.forecast(n_years) for fitted in fits])
    return np.asarray(paths[best, np.arange(best.size)])


def auto_arima(series: Array, n_years: int) -> Array:
    """Forecast by the ARIMA model that the procedure of Hyndman & Khandakar would choose, shape (n_series, n_years).

    Differences by the test of `n_differences`, then the smallest criterion among all orders up to the sum
    `MOST_ORDERS`, with and without a mean where at most one difference is taken. Models with a root near 1 are out.

    References
    ----------
    Hyndman & Khandakar, J. Stat. Softw. 27(3), 2008; here every order is tried in place of a stepwise search.
    """
    found = np.full((series.shape[0], n_years), np.nan)
    wanted = n_differences(series)
    for d in np.unique(wanted):
        places = np.flatnonzero(wanted == d)
        found[places] = _best_order(series[places], int(d), n_years)
    return found


def _best_order(series: Array, d: int, n_years: int) -> Array:
    """Forecast each series by its best order with d differences."""
    n = series.shape[1] - d
    best = np.full(series.shape[0], np.inf)
    paths = np.full((series.shape[0], n_years), np.nan)
    orders = range(MOST_ORDERS + 1)
    for ar, ma, mean in product(orders, orders, (True, False) if d <= 1 else (False,)):
        order = Order(ar, d, ma, mean)
        if ar + ma > MOST_ORDERS or n - order.n_parameters - 1 <= 0:
            continue
        fitted = fit(series, order)
        criterion = np.where(fitted.at_bound, np.inf, aicc(fitted.deviance, n, order.n_parameters))
        better = criterion < best
        if better.any():
            paths[better] = fitted.forecast(series, n_years)[better]
            best = np.where(better, criterion, best)
    return paths


def n_differences(series: Array) -> NDArray[np.intp]:
    """Count the differences after which each series passes for stationary about a level, shape (n_series,)."""
    wanted = np.zeros(series.shape[0], dtype=np.intp)
    changes = series
    for d in range(MOST_DIFFERENCES):
        wanted[(wanted == d) & (kpss(changes) > CRITICAL)] = d + 1
        changes = np.diff(changes, axis=1)
    return wanted


def kpss(series: Array) -> Array:
    """Statistic of Kwiatkowski, Phillips, Schmidt & Shin for stationarity about a level, shape (n_series,).

    Lags of the long-run variance are 3 sqrt(n)/13, cut to a whole number, as R's `forecast` takes them. The statistic
    is 0 for a constant series.
    """
    n = series.shape[1]
    residuals = series - np.mean(series, axis=1, keepdims=True)
    variance = np.mean(residuals**2, axis=1)
    n_lags = int(3 * np.sqrt(n) / 13)
    for lag in range(1, n_lags + 1):
        variance = (
            variance + 2 * (1 - lag / (n_lags + 1)) * np.sum(residuals[:, lag:] * residuals[:, :-lag], axis=1) / n
        )
    total = np.sum(np.cumsum(residuals, axis=1) ** 2, axis=1) / n**2
    return np.asarray(np.divide(total, variance, out=np.zeros_like(total), where=variance > 0))
