"""Benchmark forecasts: what a model must beat to be worth its equations.

Each takes the cells of the fit window that the caller trusts (see `rcsd.analysis.backtest.score`), years and values in
order of time, and the years to forecast.
A forecast that is not defined for the data is NaN throughout. More of them, over many series at once, are in
`rcsd.analysis.forecasting`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rcsd.analysis.forecasting.holt import MIN_SMOOTHING_POINTS, arima, ets
from rcsd.analysis.forecasting.naive import MIN_DRIFT_POINTS, Vector, drift, last, log_drift
from rcsd.analysis.forecasting.rule import Baseline

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
