"""Benchmark forecasts, their bands, scores of forecasts, and tests between two of them.

Hand over whole series; every function cuts them at the origin itself::

    histories = {city: History(years, values, reference) for ...}     # reference: the nation's log growth by year
    medians = forecast_rules(histories, 2010, np.arange(2011.0, 2017.0))   # {rule: {city: medians}}
    medians["two_line"]["jixi"]                                       # shape (6,), NaN where a rule is not defined

A backtest forecasts from many origins, beginning years before the first that is scored, and takes each rule's bands
from its own errors that were known at the origin::

    rolled = roll_rules(histories, range(2001, 2014), 6)  # {rule: {origin: {city: medians}}}
    bands = rule_bands(rolled["two_line"], histories, 2010, range(1, 7))  # {horizon: ErrorSample}
    draws = bands[3].draws(rolled["two_line"][2010]["jixi"][2])  # a sample, scored as a model's draws are
    crps_logs(draws[:, None], [outcome])

`clustered_mean`, `diebold_mariano` and `encompassing` take scores per cell and the cells' origins; `factors_by_origin`
and `scaled_draws` calibrate a model's own bands on its earlier origins. `mix` and `draw_paths` forecast the nation's
growth as a driver of models. A rule more is an entry of `rcsd.analysis.forecasting.rules`.
"""

from __future__ import annotations

from rcsd.analysis.forecasting.bands import ErrorSample, known_errors, rule_bands
from rcsd.analysis.forecasting.comparison import clustered_mean, diebold_mariano, encompassing, relative_skill
from rcsd.analysis.forecasting.conformal import factors_by_origin, half_width_ratios, scaled_draws, spread_factor
from rcsd.analysis.forecasting.driver import draw_paths, mix
from rcsd.analysis.forecasting.history import History
from rcsd.analysis.forecasting.rule import Rule
from rcsd.analysis.forecasting.rules import RULES, SEASONAL, forecast_rules, roll_rules
from rcsd.analysis.forecasting.scores import (
    coverage,
    covered,
    crps_logs,
    log_score,
    pit,
    pit_histogram,
    scaled_error,
    weighted_interval_score,
)

__all__ = [
    "RULES",
    "SEASONAL",
    "ErrorSample",
    "History",
    "Rule",
    "clustered_mean",
    "coverage",
    "covered",
    "crps_logs",
    "diebold_mariano",
    "draw_paths",
    "encompassing",
    "factors_by_origin",
    "forecast_rules",
    "half_width_ratios",
    "known_errors",
    "log_score",
    "mix",
    "pit",
    "pit_histogram",
    "relative_skill",
    "roll_rules",
    "rule_bands",
    "scaled_draws",
    "scaled_error",
    "spread_factor",
    "weighted_interval_score",
]
