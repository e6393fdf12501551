"""Scores the held-out years beside the benchmark forecasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from rcsd.analysis.backtest import BASELINES, HoldoutScore
from rcsd.analysis.clock import Clock
from rcsd.study.findings.backtest import Backtest, backtest
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.info import StudyInfo
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.tables import csv_text

_COLUMNS = ("series", "year", "drivers", "observed", "median", "lower", "upper")
_NAN = float("nan")


def _compute(run: Run) -> Backtest:
    run.progress("backtest", 0, 1)
    found = backtest(run.study, run[CALIBRATE].fit, run.simulator)
    run.progress("backtest", 1, 1)
    return found


def _document(result: StudyResult) -> dict[str, object]:
    """Errors of every series in both windows, and one entry per forecast of the hold-out."""
    targets = result[BACKTEST].targets
    return {
        "series": {target.name: _series(target) for target in targets},
        "backtest": _forecasts(targets, result.info),
    }


def _series(target: TargetResult) -> dict[str, Any]:
    return {
        "unit": target.unit,
        "variable": target.variable,
        "fit": target.fit_all,
        "fit_unflagged": target.fit_unflagged,
        "holdout": None if target.holdout is None else _holdout(target, target.holdout),
    }


def _holdout(target: TargetResult, score: HoldoutScore) -> dict[str, Any]:
    """Errors over the `n` scored cells of the hold-out window, and the benchmark forecasts' errors over the same."""
    return {
        **asdict(score.statistics),
        "n_dropped": target.n_holdout - score.statistics.n,
        "baselines": {name: baseline.statistics for name, baseline in score.baselines.items()},
        "mase": score.mase,
        "skill": score.skill,
        "best_baseline": score.best_baseline,
        "beats_last": score.beats_last,
        "beats_best": score.beats_best,
        "beats_two_line": score.beats_two_line,
    }


def _forecasts(targets: Sequence[TargetResult], info: StudyInfo) -> list[dict[str, Any]]:
    """One entry per forecast of the hold-out, by what was known of the drivers."""
    return [
        {
            "origin": info.clock.shown(info.fit_window[1]),
            "drivers": drivers,
            "refitted": False,
            "series": {
                target.name: _forecast(info, target, drivers) for target in targets if drivers in target.holdouts
            },
        }
        for drivers in dict.fromkeys(drivers for target in targets for drivers in target.holdouts)
    ]


def _forecast(info: StudyInfo, target: TargetResult, drivers: str) -> dict[str, Any]:
    """List the scored years of one series with the forecast and its 90 % interval, and the errors."""
    score, forecast = target.holdouts[drivers], target.forecasts.get(drivers)
    cells: dict[str, Any] = {
        "years": info.clock.shown(score.years),
        "observed": score.observed,
        "simulated": score.simulated,
    }
    if forecast is not None:
        at = np.searchsorted(forecast.years, score.years)
        cells |= {"lower": forecast.lower[at], "upper": forecast.upper[at]}
    return {**cells, **_holdout(target, score)}


def _table(result: StudyResult) -> str | None:
    """One row per year and forecast of the hold-out, and a column per benchmark forecast where the year is scored."""
    rows = [row for target in result[BACKTEST].targets for row in _rows(target, _names(result), result.info.clock)]
    return csv_text([*_COLUMNS, *_names(result)], rows) if rows else None


def _names(result: StudyResult) -> list[str]:
    """Name the benchmark forecasts of any series: a season is of some only."""
    found = [*BASELINES]
    for target in result[BACKTEST].targets:
        found += [name for name in ({} if target.holdout is None else target.holdout.baselines) if name not in found]
    return found


def _rows(target: TargetResult, names: Sequence[str], clock: Clock) -> Iterator[list[object]]:
    observed = dict(zip(target.years, target.observed, strict=True))
    rules = {} if target.holdout is None else target.holdout.baselines
    scored = () if target.holdout is None else target.holdout.years.tolist()
    for drivers, forecast in target.forecasts.items():
        for k, year in enumerate(forecast.years.tolist()):
            numbers = (observed.get(year, _NAN), forecast.median[k], forecast.lower[k], forecast.upper[k])
            at = scored.index(year) if year in scored else None
            others = [_NAN if at is None or rule not in rules else float(rules[rule].forecast[at]) for rule in names]
            yield [target.name, clock.shown(round(year)), drivers, *map(float, numbers), *others]


STEP = BACKTEST = Step(
    "backtest",
    Backtest,
    _compute,
    needs=(CALIBRATE,),
    reads=("forecast",),
    packages=("statsmodels",),
    document=_document,
    files={"holdout.csv": _table},
)
