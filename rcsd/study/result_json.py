"""`result.json`: what a study found, for machines. Two runs of one study give the same bytes, the speed apart."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rcsd.backtest import HoldoutScore
from rcsd.study.codec import encode
from rcsd.study.result import StudyResult, TargetResult


def result_document(result: StudyResult) -> dict[str, Any]:
    """Arrange a result as `result.json`, in plain JSON values; an analysis not made is null or empty, never absent."""
    document = {
        "study": result.info.name,
        "model": result.model.name,
        "series": {target.name: _series(target) for target in result.targets},
        "parameters": {
            parameter.name: {
                "estimate": parameter.estimate,
                "lower": parameter.lower,
                "upper": parameter.upper,
                "at_bound": parameter.on_bound,
                "standard_error": parameter.standard_error,
                "profile": None,
                "identified": None,
                "unit": parameter.unit,
                "source": parameter.source,
            }
            for parameter in result.parameters
        },
        "backtest": _backtests(result),
        "sobol": {},
        "forecast": {},
        "scenarios": {},
        "checks": [],
        "runs": result.runs,
    }
    plain: dict[str, Any] = encode(document, lossless=False)
    return plain


def _series(target: TargetResult) -> dict[str, Any]:
    """Errors of one series in both windows."""
    return {
        "unit": target.unit,
        "variable": target.variable,
        "fit": target.fit_all,
        "fit_unflagged": target.fit_unflagged,
        "holdout": None if target.holdout is None else _holdout(target.holdout),
        "coverage": None,
    }


def _holdout(score: HoldoutScore) -> dict[str, Any]:
    """Errors in the hold-out window beside those of the trivial forecasts."""
    return {
        **asdict(score.statistics),
        "baselines": {name: baseline.statistics for name, baseline in score.baselines.items()},
        "mase": score.mase,
        "skill": score.skill,
        "best_baseline": score.best_baseline,
        "beats_last": score.beats_last,
        "beats_best": score.beats_best,
    }


def _backtests(result: StudyResult) -> list[dict[str, Any]]:
    """One entry per forecast of the hold-out: drivers as they were, and those in `held` frozen at the origin."""
    origin = result.info.fit_window[1]
    scored = {
        "known": {target.name: target.holdout for target in result.targets if target.holdout is not None},
        "frozen": {
            target.name: target.holdout_frozen for target in result.targets if target.holdout_frozen is not None
        },
    }
    held = {"known": (), "frozen": result.frozen_drivers}
    return [
        {
            "origin": origin,
            "drivers": drivers,
            "held": held[drivers],
            "series": {name: _forecast(score) for name, score in scores.items()},
        }
        for drivers, scores in scored.items()
        if scores
    ]


def _forecast(score: HoldoutScore) -> dict[str, Any]:
    """List the forecast years of one series and their errors."""
    cells = {"years": score.years, "observed": score.observed, "simulated": score.simulated}
    return {**cells, **_holdout(score)}
