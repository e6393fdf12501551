"""Scores simulated hold-out years beside the benchmark forecasts of the same years."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.baselines import BASELINES, note
from rcsd.analysis.backtest.result import BaselineScore, HoldoutScore
from rcsd.analysis.metrics import fit_statistics, mase, skill
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import SeriesError

LEVEL = 0.1
"""Percentage points of MAPE that tell nothing apart: a smaller lead is no win."""


def score(inside: ObservedSeries, outside: ObservedSeries, simulated: NDArray[np.float64]) -> HoldoutScore | None:
    """Score one series in the hold-out window.

    Parameters
    ----------
    inside
        Cells of the fit window that can be trusted, all that the benchmark forecasts may see: those that count (weight
        above 0), and those dropped only because they set a constant of the study. They also scale MASE.
    outside
        Cells of the hold-out window that count.
    simulated
        The model at the years of `outside`, shape (n_out,).

    Returns
    -------
    HoldoutScore or None
        None when either window has no cell.

    Raises
    ------
    SeriesError
        When the two windows overlap: the hold-out would no longer be held out.
    """
    if len(inside) == 0 or len(outside) == 0:
        return None
    if inside.years[-1] >= outside.years[0]:
        raise SeriesError(
            f"series {inside.name!r}: the hold-out begins in {outside.years[0]:g}, before the fit window has ended "
            f"({inside.years[-1]:g}): the hold-out years must follow the fit window"
        )
    statistics = fit_statistics(outside.values, simulated)
    baselines = {name: _baseline(name, inside, outside) for name in BASELINES}
    errors = {name: _mape(baseline) for name, baseline in baselines.items()}
    best = min(errors, key=errors.__getitem__)
    return HoldoutScore(
        years=outside.years,
        observed=outside.values,
        simulated=simulated,
        statistics=statistics,
        baselines=baselines,
        mase=mase(outside.values, simulated, inside.values),
        skill=skill(outside.values, simulated, baselines["last"].forecast),
        best_baseline=best,
        beats_last=bool(statistics.mape < errors["last"] - LEVEL),
        beats_best=bool(statistics.mape < errors[best] - LEVEL),
    )


def _baseline(name: str, inside: ObservedSeries, outside: ObservedSeries) -> BaselineScore:
    """Forecast the hold-out years from the fit window alone, and score it."""
    forecast = BASELINES[name](inside.years, inside.values, outside.years)
    defined = bool(np.all(np.isfinite(forecast)))
    return BaselineScore(
        name=name,
        forecast=forecast,
        statistics=fit_statistics(outside.values, forecast) if defined else None,
        note=note(name, inside.years, inside.values),
    )


def _mape(baseline: BaselineScore) -> float:
    """MAPE for ranking: an undefined one is never the best."""
    if baseline.statistics is None or np.isnan(baseline.statistics.mape):
        return float("inf")
    return baseline.statistics.mape
