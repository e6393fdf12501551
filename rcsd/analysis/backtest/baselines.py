"""Benchmark forecasts: what a model must beat to be worth its equations.

Each takes the cells of the fit window that the caller trusts (see `rcsd.analysis.backtest.score`), years and values in
order of time, and the years to forecast.
A forecast that is not defined for the data is NaN throughout.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Baseline = Callable[[Vector, Vector, Vector], Vector]

MIN_DRIFT_POINTS = 2
"""A line needs two points."""

MIN_SMOOTHING_POINTS = 5
"""Exponential smoothing with a trend estimates two weights and two initial values: it needs more points than that."""


MIN_ARIMA_POINTS = 5
"""A drift, an autocorrelation and a variance are estimated from the changes."""


def last(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast that nothing changes: the last value of the window.

    Examples
    --------
    >>> last(np.array([2009.0, 2010.0]), np.array([4.0, 5.0]), np.array([2011.0, 2012.0]))
    array([5., 5.])
    """
    del years
    return np.full(horizon.shape, values[-1])


def drift(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast the line through the first and last value of the window; NaN with fewer than two values.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2.

    Examples
    --------
    >>> drift(np.array([2008.0, 2010.0]), np.array([4.0, 5.0]), np.array([2011.0, 2012.0]))
    array([5.5, 6. ])
    """
    if values.size < MIN_DRIFT_POINTS:
        return np.full(horizon.shape, np.nan)
    slope = (values[-1] - values[0]) / (years[-1] - years[0])
    return np.asarray(values[-1] + slope * (horizon - years[-1]))


def log_drift(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast constant growth at the window's mean rate; NaN when a value is not positive.

    Examples
    --------
    >>> log_drift(np.array([2008.0, 2010.0]), np.array([1.0, 4.0]), np.array([2011.0, 2012.0]))
    array([ 8., 16.])
    """
    if np.any(values <= 0):
        return np.full(horizon.shape, np.nan)
    return np.asarray(np.exp(drift(years, np.log(values), horizon)))


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


BASELINES: Mapping[str, Baseline] = {"last": last, "drift": drift, "log_drift": log_drift, "ets": ets}
"""The benchmark forecasts of a hold-out by the names under which reports show them."""

ROLLING_BASELINES: Mapping[str, Baseline] = {**BASELINES, "arima": arima}
"""Those of a rolling backtest."""


def note(name: str, years: Vector, values: Vector) -> str:
    """Say why a forecast is not defined for the data, or what was done to the data for it; empty for nothing."""
    if name == "log_drift" and np.any(values <= 0):
        return "not defined: a value is not positive"
    if name in {"drift", "log_drift"} and values.size < MIN_DRIFT_POINTS:
        return f"not defined: fewer than {MIN_DRIFT_POINTS} values"
    if name == "ets" and values.size < MIN_SMOOTHING_POINTS:
        return f"not defined: fewer than {MIN_SMOOTHING_POINTS} values"
    if name == "ets" and values.size < years[-1] - years[0] + 1:
        return "missing years filled by linear interpolation"
    return ""
