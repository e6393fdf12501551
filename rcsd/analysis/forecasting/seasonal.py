"""Two rules for series whose season comes round with the year: the value of a season ago, and smoothing with seasons.

Each takes histories in periods, of which `History.season` make a year. Missing periods are filled by straight lines.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.history import History

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]


def seasonal_naive(histories: Sequence[History], years: Vector) -> Matrix:
    """Forecast the last value of the same season.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2.
    """
    return np.stack([_same_season(history, years) for history in histories])


def _same_season(history: History, years: Vector) -> Vector:
    last = history.filled(logs=False)[-history.season :]
    steps = np.round(years - history.years[-1]).astype(int)
    return np.asarray(last[(steps - 1) % history.season])


def seasonal_ets(histories: Sequence[History], years: Vector) -> Matrix:
    """Exponential smoothing with a damped additive trend and additive seasons (Holt and Winters).

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 8.3; statsmodels'
    ExponentialSmoothing computes it.
    """
    return np.stack([_smoothed(history, years) for history in histories])


def _smoothed(history: History, years: Vector) -> Vector:
    from statsmodels.tools.sm_exceptions import ConvergenceWarning  # noqa: PLC0415 - slow to import
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # noqa: PLC0415 - likewise

    steps = np.round(years - history.years[-1]).astype(int)
    with warnings.catch_warnings():
        # as for the rule without seasons: what stops early is still a benchmark forecast
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.filterwarnings("ignore", "divide by zero encountered in log", RuntimeWarning)
        model = ExponentialSmoothing(
            history.filled(logs=False),
            trend="add",
            damped_trend=True,
            seasonal="add",
            seasonal_periods=history.season,
            initialization_method="estimated",
        )
        path = np.asarray(model.fit().forecast(int(steps.max())), dtype=np.float64)
    return np.asarray(path[steps - 1])
