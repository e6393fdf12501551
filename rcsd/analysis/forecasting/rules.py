"""The benchmark rules by name, and the one call that forecasts all series of an origin by all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import growth
from rcsd.analysis.forecasting.history import History
from rcsd.analysis.forecasting.holt import MIN_ARIMA_POINTS, MIN_SMOOTHING_POINTS, arima, ets
from rcsd.analysis.forecasting.naive import MIN_DRIFT_POINTS, drift, last, log_drift
from rcsd.analysis.forecasting.rule import Rule, all_at_once, one_by_one
from rcsd.analysis.forecasting.seasonal import seasonal_ets, seasonal_naive
from rcsd.analysis.forecasting.univariate.automatic import auto_arima, auto_smooth
from rcsd.analysis.forecasting.univariate.smoothing import smooth
from rcsd.analysis.forecasting.univariate.theta import optimised_theta, theta
from rcsd.errors import ParameterError, SeriesError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

_FPP = "Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed."
_LEAST_AUTO = 6
"""Cells of the automatic choices and the damped trend: a level, a trend, two weights, the damping, and one to spare."""


def _damped(series: Matrix, n_years: int) -> Matrix:
    return smooth(series, "damped").forecast(n_years)


def _pair(name: str, title: str, source: str, least: int, method: Callable[[Matrix, int], Matrix]) -> tuple[Rule, Rule]:
    """One method as two rules: of the levels, and of their logarithms."""
    return (
        Rule(name, title, source, least, all_at_once(method, logs=False)),
        Rule(f"{name}_log", f"{title}, logs", source, least, all_at_once(method, logs=True), positive=True),
    )


_SINGLE: Final = (
    Rule("last", "last value", f"{_FPP}, sec. 5.2", 1, one_by_one(last)),
    Rule("drift", "drift", f"{_FPP}, sec. 5.2", MIN_DRIFT_POINTS, one_by_one(drift)),
    Rule("log_drift", "log drift", f"{_FPP}, sec. 5.2", MIN_DRIFT_POINTS, one_by_one(log_drift), positive=True),
    Rule("ets", "exp. smoothing", f"{_FPP}, sec. 8.2", MIN_SMOOTHING_POINTS, one_by_one(ets)),
    Rule("arima", "ARIMA(1,1,0)", f"{_FPP}, ch. 9", MIN_ARIMA_POINTS, one_by_one(arima), positive=True),
    *_pair("damped", "damped trend", "Gardner & McKenzie, Management Science 31, 1985", _LEAST_AUTO, _damped),
    *_pair("theta", "Theta", "Assimakopoulos & Nikolopoulos, Int. J. Forecast. 16, 2000", 4, theta),
    *_pair("theta_opt", "optimised Theta", "Fiorucci et al., Int. J. Forecast. 32, 2016", 5, optimised_theta),
    *_pair("auto_ets", "AutoETS", "Hyndman et al., Int. J. Forecast. 18, 2002", _LEAST_AUTO, auto_smooth),
    *_pair("auto_arima", "AutoARIMA", "Hyndman & Khandakar, J. Stat. Softw. 27(3), 2008", _LEAST_AUTO, auto_arima),
    Rule(
        "two_line",
        "two-line rule",
        "national growth by the mean of a damped trend and of constant increments; the gap to it halves each year",
        growth.GAP_SPAN + 1,
        growth.two_line,
        positive=True,
        reference_years=4,
    ),
    Rule(
        "panel",
        "panel regression",
        "Baltagi, Econometric Analysis of Panel Data, 6th ed., 2021",
        3,
        growth.panel_regression,
        positive=True,
        reference_years=4,
    ),
)

MEAN_OF: Final = ("damped_log", "theta_opt_log", "auto_ets_log", "auto_arima_log", "two_line", "panel")
"""What the equal-weight mean takes: one rule of each family, in logarithms, none left out for its scores."""


def mean_of(rules: Sequence[Rule], *, name: str = "mean", title: str = "mean of rules") -> Rule:
    """Make the rule that gives every one of some rules the same weight; NaN where one of them is.

    References
    ----------
    Bates & Granger, Oper. Res. Q. 20, 1969; on equal weights Clemen, Int. J. Forecast. 5, 1989.
    """

    def run(histories: Sequence[History], years: Vector) -> Matrix:
        return np.asarray(np.mean([rule.run(histories, years) for rule in rules], axis=0))

    return Rule(
        name=name,
        title=title,
        source="equal weights: Clemen, Int. J. Forecast. 5, 1989; of " + ", ".join(rule.title for rule in rules),
        least=max(rule.least for rule in rules),
        run=run,
        positive=any(rule.positive for rule in rules),
        reference_years=max(rule.reference_years for rule in rules),
    )


_BY_NAME: Final = {rule.name: rule for rule in _SINGLE}
RULES: Final[Mapping[str, Rule]] = {**_BY_NAME, "mean": mean_of([_BY_NAME[name] for name in MEAN_OF])}
"""Every rule by name, simplest first, of those that know of no season."""

SEASONAL: Final[Mapping[str, Rule]] = {
    "seasonal_naive": Rule("seasonal_naive", "same season", f"{_FPP}, sec. 5.2", 2, seasonal_naive, seasons=1),
    "seasonal_ets": Rule(
        "seasonal_ets", "seasonal smoothing", f"{_FPP}, sec. 8.3", _LEAST_AUTO, seasonal_ets, seasons=2
    ),
}
"""Rules for series that have a season."""


def chosen(names: Iterable[str] | None = None) -> list[Rule]:
    """Return rules by name, all without names.

    Raises
    ------
    ParameterError
        When a name is none of `RULES`.
    """
    if names is None:
        return list(RULES.values())
    wanted = list(names)
    known = {**RULES, **SEASONAL}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise ParameterError(
            f"no benchmark rule is called {', '.join(map(repr, unknown))}; choose from {', '.join(known)}"
        )
    return [known[name] for name in wanted]


def forecast_rules(
    histories: Mapping[str, History],
    origin: int,
    years: Vector,
    *,
    rules: Iterable[str] | None = None,
) -> dict[str, dict[str, Vector]]:
    """Forecast every series from one origin by every rule.

    Parameters
    ----------
    histories
        By series, each with its reference growth. They may reach beyond the origin: nothing after it is looked at,
        neither of a series nor of its reference. A series without a cell up to the origin has no forecast.
    origin
        Last known year.
    years
        To forecast, whole and increasing, after the origin, shape (n_years,).
    rules
        Names, in the order wanted; all of `RULES` without.

    Returns
    -------
    dict
        Medians by rule and series, shape (n_years,); NaN where a rule is not defined for a series.

    Raises
    ------
    SeriesError
        When a year to forecast is not after the origin.
    ParameterError
        When a rule is unknown.
    """
    wanted = chosen(rules)
    ahead = np.asarray(years, dtype=np.float64)
    if ahead.size == 0 or ahead[0] <= origin or np.any(np.diff(ahead) <= 0):
        raise SeriesError(f"years to forecast must increase and come after the origin, {origin}; they are {years}")
    past = {name: history.cut(origin) for name, history in histories.items() if history.years[0] <= origin}
    return {rule.name: rule.forecast(past, ahead) for rule in wanted}


def roll_rules(
    histories: Mapping[str, History],
    origins: Iterable[int],
    n_years: int,
    *,
    rules: Iterable[str] | None = None,
) -> dict[str, dict[int, dict[str, Vector]]]:
    """Forecast from many origins, each as if nothing after it had happened.

    Parameters
    ----------
    histories, rules
        As for `forecast_rules`.
    origins
        Last known years.
    n_years
        Years forecast after each.

    Returns
    -------
    dict
        By rule, origin and series: medians of the 1st, 2nd, ... year after the origin, shape (n_years,).
    """
    names = [rule.name for rule in chosen(rules)]
    found: dict[str, dict[int, dict[str, Vector]]] = {name: {} for name in names}
    for origin in origins:
        years = origin + np.arange(1.0, n_years + 1)
        for name, medians in forecast_rules(histories, origin, years, rules=names).items():
            found[name][origin] = medians
    return found
