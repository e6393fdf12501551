"""The benchmark forecasts of a study: what a model must beat to be worth its equations.

They are rules of `rcsd.analysis.forecasting`, where more of them are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import RULES, SEASONAL, History, forecast_rules

Vector = NDArray[np.float64]

BASELINES: Final = (
    "last",
    "drift",
    "log_drift",
    "ets",
    "theta_log",
    "auto_ets",
    "auto_arima",
    "auto_ets_log",
    "auto_arima_log",
    "two_line",
)
"""Names of the rules, simplest first: the one list for a hold-out, a rolling backtest and a panel."""

EVERY: Final = {**RULES, **SEASONAL}
"""All rules by name, those among them for series that have a season."""

TWO_LINE: Final = "two_line"
"""The rule that a model of a city has to beat: the nation's growth, and the city's own gap to it fading."""


def benchmarks(histories: Mapping[str, History], origin: int, years: Vector) -> dict[str, dict[str, Vector]]:
    """Forecast several series from one origin by every rule: together, since that takes hardly longer than one.

    Parameters
    ----------
    histories
        By series: cells that the caller trusts, one up to the origin at least, and the growth of what the series is a
        part of. Nothing after the origin is looked at.
    origin
        Last known year.
    years
        To forecast, whole and increasing, after the origin, shape (n_years,).

    Returns
    -------
    dict
        By series and rule, shape (n_years,); NaN throughout where a rule is not defined for the series.
    """
    found = forecast_rules(histories, origin, years, rules=(*BASELINES, *SEASONAL))
    return {
        series: {name: found[name][series] for name in names_of(history.season)}
        for series, history in histories.items()
    }


def names_of(season: int) -> tuple[str, ...]:
    """Name the rules of a series by how many periods make a season, 1 for none."""
    return BASELINES if season == 1 else (*BASELINES, *SEASONAL)


def note(name: str, history: History) -> str:
    """Say why a forecast is not defined for the data, or what was done to the data for it; empty for nothing."""
    rule = EVERY[name]
    if not rule.defined(history):
        if rule.positive and not history.positive:
            return "not defined: a value is not positive"
        if history.values.size < rule.least:
            return f"not defined: fewer than {rule.least} values"
        if rule.seasons:
            return f"not defined: fewer than {rule.seasons * history.season} periods"
        return "not defined: the study names no reference for it, or one with too few years"
    if name not in _AS_THEY_ARE and history.values.size < history.last_year - history.years[0] + 1:
        return "missing years filled by linear interpolation"
    return ""


_AS_THEY_ARE: Final = {"last", "drift", "log_drift"}
