"""Scores forecasts of hold-out years beside the benchmark forecasts of the same years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.baselines import TWO_LINE, note
from rcsd.analysis.backtest.result import BaselineScore, HoldoutScore, headline
from rcsd.analysis.backtest.rolling import mean_change
from rcsd.analysis.forecasting import History
from rcsd.analysis.metrics import fit_statistics, skill
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import SeriesError

LEVEL = 0.1
"""Percentage points of the error that tell nothing apart: a smaller lead is no win."""


def benchmark_scores(
    outside: ObservedSeries, history: History, forecasts: Mapping[str, NDArray[np.float64]]
) -> dict[str, BaselineScore]:
    """Score the benchmark forecasts of the hold-out years of one series.

    Parameters
    ----------
    outside
        Cells of the hold-out window that count.
    history
        What the rules saw: cells of the fit window that can be trusted, those that count (weight above 0) and those
        dropped only because they set a constant of the study.
    forecasts
        By rule, at the years of `outside`.

    Raises
    ------
    SeriesError
        When the two windows overlap: the hold-out would no longer be held out.
    """
    if history.years[-1] >= outside.own(outside.years)[0]:
        raise SeriesError(
            f"series {outside.name!r}: the hold-out begins in {outside.label(outside.years[0])}, before the fit window "
            f"has ended ({history.years[-1]:g}): the hold-out years must follow the fit window"
        )
    found = {}
    for name, forecast in forecasts.items():
        defined = bool(np.all(np.isfinite(forecast)))
        statistics = fit_statistics(outside.values, forecast) if defined else None
        found[name] = BaselineScore(name, forecast, statistics, note(name, history))
    return found


def score(
    outside: ObservedSeries,
    history: History,
    forecast: NDArray[np.float64],
    baselines: Mapping[str, BaselineScore],
    *,
    in_percent: bool = True,
) -> HoldoutScore:
    """Score a forecast of one series in the hold-out window.

    Parameters
    ----------
    outside, history
        As in `benchmark_scores`; yearly changes of the history scale MASE.
    forecast
        At the years of `outside`, shape (n_out,).
    baselines
        The benchmark forecasts of the same cells.
    in_percent
        Whether errors in per cent of single observed values say anything.
    """
    statistics = fit_statistics(outside.values, forecast)
    errors = {name: baseline.error(in_percent=in_percent) for name, baseline in baselines.items()}
    best = min(errors, key=errors.__getitem__)

    def beats(name: str) -> bool:
        return bool(headline(statistics, in_percent=in_percent) < errors[name] - LEVEL)

    return HoldoutScore(
        years=outside.years,
        observed=outside.values,
        simulated=forecast,
        statistics=statistics,
        baselines=baselines,
        mase=statistics.mae / mean_change(history.years, history.values),
        skill=skill(outside.values, forecast, baselines["last"].forecast),
        best_baseline=best,
        beats_last=beats("last"),
        beats_best=beats(best),
        beats_two_line=None if baselines[TWO_LINE].statistics is None else beats(TWO_LINE),
        in_percent=in_percent,
    )
