"""Fits and forecasts from many origins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rcsd.analysis.backtest.rolling import Forecast
from rcsd.analysis.clock import Clock
from rcsd.study.findings.rolling import Rolling, roll
from rcsd.study.findings.rolling_scores import group_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.posterior import without_chains
from rcsd.tables import csv_text

_CELL = ("observed", "simulated", "median", "lower", "upper", "crps")
_COLUMNS = ("series", "origin", "horizon", "drivers", *_CELL)


def _compute(run: Run) -> Rolling:
    return roll(run.study, run.driven, progress=run.progress)


def _document(result: StudyResult) -> dict[str, object]:
    rolling, targets = result.get(ROLLING), result[BACKTEST].targets
    return {
        "backtest": _forecasts(() if rolling is None else rolling.forecasts, result.info.clock),
        "rolling": [
            {"series": each.series, "horizon": each.horizon, "drivers": each.drivers, **asdict(each.score)}
            for each in group_scores(rolling, [target.name for target in targets])
        ],
    }


def _forecasts(forecasts: Sequence[Forecast], clock: Clock) -> list[dict[str, Any]]:
    """One entry per origin and knowledge of the drivers: forecasts by series, each refitted to that origin."""
    found: dict[tuple[int, str], dict[str, list[Forecast]]] = {}
    for each in forecasts:
        found.setdefault((each.origin, each.drivers), {}).setdefault(each.series, []).append(each)
    return [
        {
            "origin": clock.shown(origin),
            "drivers": drivers,
            "refitted": True,
            "series": {name: _series(of_series, clock) for name, of_series in series.items()},
        }
        for (origin, drivers), series in found.items()
    ]


def _series(forecasts: Sequence[Forecast], clock: Clock) -> dict[str, Any]:
    rules = forecasts[0].baselines
    return {
        "years": [clock.shown(each.origin + each.horizon) for each in forecasts],
        **{key: [getattr(each, key) for each in forecasts] for key in _CELL},
        "baselines": {rule: [each.baselines[rule] for each in forecasts] for rule in rules},
    }


def _table(result: StudyResult) -> str | None:
    """One row per forecast."""
    rolling = result.get(ROLLING)
    if rolling is None or not rolling.forecasts:
        return None
    rules = list(dict.fromkeys(rule for each in rolling.forecasts for rule in each.baselines))
    clock = result.info.clock
    rows = (
        [
            each.series,
            clock.shown(each.origin),
            *(getattr(each, name) for name in _COLUMNS[2:]),
            *(each.baselines.get(rule, math.nan) for rule in rules),
        ]
        for each in rolling.forecasts
    )
    return csv_text([*_COLUMNS, *rules], rows)


STEP = ROLLING = Step(
    "rolling",
    Rolling,
    _compute,
    when=without_chains,
    reads=("rolling", "forecast"),
    packages=("statsmodels",),
    document=_document,
    files={"rolling.csv": _table},
)
