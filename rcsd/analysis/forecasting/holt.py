"""Two rules that statsmodels fits: exponential smoothing with a trend (Holt), and one ARIMA order.

Each takes the cells that the caller trusts, years and values in order of time, and the years to forecast. A forecast
that is not defined for the data is NaN throughout.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

MIN_SMOOTHING_POINTS = 5
"""Exponential smoothing with a trend estimates two weights and two initial values: it needs more points than that."""

MIN_ARIMA_POINTS = 5
"""A drift, an autocorrelation and a variance are estimated from the changes."""


def ets(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Exponential smoothing with an additive trend (Holt), weights and initial values estimated.

    Missing years between cells are filled by linear interpolation, since smoothing needs an even spacing. NaN with
    fewer than `MIN_SMOOTHING_POINTS` values.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 8.2; statsmodels'
    ExponentialSmoothing computes it.
    """
    if values.size < MIN_SMOOTHING_POINTS:
        return np.full(horizon.shape, np.nan)
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - slow to import
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # noqa: PLC0415 - likewise

    every_year = np.arange(years[0], years[-1] + 1)
    filled = np.interp(every_year, years, values)
    steps = np.round(horizon - years[-1]).astype(int)
    with warnings.catch_warnings():
        # Its optimiser may stop early: the forecast is still a benchmark forecast, only not the best of its kind.
        warnings.simplefilter("ignore", ConvergenceWarning)
        # A series on an exact line has no error, and statsmodels takes the logarithm of it for the AIC.
        warnings.filterwarnings("ignore", "divide by zero encountered in log", RuntimeWarning)
        fitted = ExponentialSmoothing(filled, trend="add", initialization_method="estimated").fit()
        path = np.asarray(fitted.forecast(int(steps.max())), dtype=np.float64)
    return np.asarray(path[steps - 1])


def arima(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """ARIMA(1,1,0) with drift of the logarithms; NaN when a value is not positive.

    Growth with a mean and a memory: one order for all series, since seven to fourteen yearly values cannot choose one.
    Missing years are filled as for `ets`. NaN with fewer than `MIN_ARIMA_POINTS` values.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., ch. 9; statsmodels' ARIMA computes it.
    """
    if values.size < MIN_ARIMA_POINTS or np.any(values <= 0):
        return np.full(horizon.shape, np.nan)
    from statsmodels.tsa.arima.model import ARIMA  # noqa: PLC0415 - slow to import, needed here alone

    every_year = np.arange(years[0], years[-1] + 1)
    filled = np.interp(every_year, years, np.log(values))
    steps = np.round(horizon - years[-1]).astype(int)
    with warnings.catch_warnings():
        # a short series may start it from odd values or stop it early: still a benchmark forecast
        warnings.simplefilter("ignore")
        fitted = ARIMA(filled, order=(1, 1, 0), trend="t").fit()
        path = np.asarray(fitted.forecast(int(steps.max())), dtype=np.float64)
    return np.asarray(np.exp(path[steps - 1]))
