"""Scores the held-out years beside the benchmark forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rcsd.analysis.backtest import HoldoutScore
from rcsd.study.findings.backtest import Backtest, backtest
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.calibrate import CALIBRATE


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
        "backtest": _forecasts(targets, result.info.fit_window[1], result.frozen_drivers),
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
    }


def _forecasts(targets: Sequence[TargetResult], origin: int, held: Sequence[str]) -> list[dict[str, Any]]:
    """One entry per forecast of the hold-out: drivers as they were, and those in `held` frozen at the origin."""
    scored = {
        "known": [(target, target.holdout) for target in targets if target.holdout is not None],
        "frozen": [(target, target.holdout_frozen) for target in targets if target.holdout_frozen is not None],
    }
    return [
        {
            "origin": origin,
            "drivers": drivers,
            "refitted": False,
            "held": held if drivers == "frozen" else (),
            "series": {target.name: _forecast(target, score) for target, score in scores},
        }
        for drivers, scores in scored.items()
        if scores
    ]


def _forecast(target: TargetResult, score: HoldoutScore) -> dict[str, Any]:
    """List the forecast years of one series and their errors."""
    cells = {"years": score.years, "observed": score.observed, "simulated": score.simulated}
    return {**cells, **_holdout(target, score)}


STEP = BACKTEST = Step(
    "backtest", Backtest, _compute, needs=(CALIBRATE,), packages=("statsmodels",), document=_document
)
