"""The verdict on each series in a sentence, and on all of them in one."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.bands import between
from rcsd.report.fact import bare, fact
from rcsd.report.front import Mark, Verdict
from rcsd.report.sections.holdout.tables import baseline_error
from rcsd.report.series_facts import (
    fit_error,
    held_out_at,
    holdout_error,
    inside_of,
    inside_told,
    rule_error,
    said_at,
    unflagged_error,
)
from rcsd.report.spoken import spoken, when
from rcsd.report.wording import BASELINE_LABELS, NO_BREAK, count, listing, measured
from rcsd.study.findings.target import HoldoutForecast, TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_NAMED = 4
"""Series up to which a sentence names them; more are counted."""


def verdicts(result: StudyResult) -> tuple[Verdict, ...]:
    """Return one verdict a series, in the order of the study."""
    return tuple(
        Verdict(target.variable, _sentence(result, target), mark_of(target.holdout))
        for target in result[BACKTEST].targets
    )


def mark_of(score: HoldoutScore | None) -> Mark:
    """Hold a forecast against the best benchmark forecast; leads of less than `LEVEL` points count as none."""
    if score is None or not math.isfinite(score.error):
        return "unknown"
    best = baseline_error(score, score.best_baseline)
    if math.isnan(best):
        return "unknown"
    if score.beats_best:
        return "better"
    return "equal" if score.error <= best + LEVEL else "worse"


def headline(result: StudyResult) -> str:
    """Sum the verdicts up, or say that nothing was tested."""
    targets = result[BACKTEST].targets
    by_mark: dict[Mark, list[str]] = {}
    for target in targets:
        by_mark.setdefault(mark_of(target.holdout), []).append(target.variable)
    parts = [
        f"{words} for {_series(by_mark[mark], len(targets))}"
        for mark, words in (("better", "better"), ("equal", "no better"), ("worse", "worse"))
        if mark in by_mark
    ]
    if not parts:
        return "No forecast was tested; what stands here is how well the model follows the data it was fitted to."
    untested = f" Not tested: {_series(by_mark['unknown'], len(targets))}." if "unknown" in by_mark else ""
    seen = " The test was not blind: see the first reservation." if result.info.hindsight else ""
    return f"Against the best simple method the model’s forecast is {listing(parts)}.{untested}{seen}"


def _series(names: Sequence[str], n: int) -> str:
    if len(names) == n > 1:
        return "every series"
    return listing(names) if len(names) <= _NAMED else f"{len(names)} of {count(n, 'series', 'series')}"


def _sentence(result: StudyResult, target: TargetResult) -> str:
    parts = [_held_out(target), _band(result, target), _fitted(result, target)]
    return " ".join(f"{part}." for part in parts if part)


def _held_out(target: TargetResult) -> str:
    """Set the error of the forecast beside that of the best benchmark forecast."""
    score = target.holdout
    if score is None:
        return ""
    some = (
        f" ({score.statistics.n} of {target.n_holdout} values count)" if score.statistics.n < target.n_holdout else ""
    )
    if not math.isfinite(score.error):
        mae = fact(measured(score.statistics.mae, 3), "series", target.name, "holdout", "mae")
        return f"Forecast off by {mae} {target.unit} on average{some}, all that came being zero"
    best = score.best_baseline
    rival = f", the best simple method ({BASELINE_LABELS[best]}) by {rule_error(target, score, best, 1)}"
    return f"Forecast off by {holdout_error(target, score, 1)} on average{some}" + (
        rival if math.isfinite(baseline_error(score, best)) else ""
    )


def _band(result: StudyResult, target: TargetResult) -> str:
    """Say how wide the 90 % band is at the end of the hold-out, and how many of the values it held."""
    forecast, score = target.forecast, target.holdout
    if forecast is None or score is None:
        return ""
    year = float(score.years[-1])
    at, place = forecast.years.tolist().index(year), held_out_at(result[BACKTEST].targets, target, year)
    low, high = (
        said_at(measured(float(values[at]), 3), place, what)
        for values, what in ((forecast.lower, "lower"), (forecast.upper, "upper"))
    )
    came = said_at(measured(float(score.observed[-1]), 3), place, "observed")
    return (
        f"90 % band of {spoken().moment(when(year))}: {low} to {high} {target.unit}{_width(forecast, at)}, and {came} "
        f"came{_doubt(target, year)}; {_held(result, target, score)} inside"
    )


def _width(forecast: HoldoutForecast, at: int) -> str:
    """Say how far a band goes to either side of its median, where that is positive."""
    middle = float(forecast.median[at])
    ends = [100 * (float(end[at]) / middle - 1) for end in (forecast.lower, forecast.upper)] if middle > 0 else []
    if not ends or not np.isfinite(ends).all():
        return ""
    down, up = (f"{end:+.0f}".replace("-", "−") for end in ends)
    return f" ({down} to {up}{NO_BREAK}%)"


def _doubt(target: TargetResult, year: float) -> str:
    """Say that the value of a year is doubtful."""
    return " (a doubtful value)" if target.flags[target.years.tolist().index(year)] else ""


def _held(result: StudyResult, target: TargetResult, score: HoldoutScore) -> str:
    """Count the held-out values inside their bands."""
    inside = inside_of(result, target.name, "holdout")
    if inside.n:
        return f"{inside_told(inside, target.name, 'holdout')} values"
    forecast = target.forecast
    assert forecast is not None  # asked of those with a band alone
    at = np.searchsorted(forecast.years, score.years)
    n_inside = int(between(score.observed, forecast.lower[at], forecast.upper[at]).sum())
    return f"{n_inside} of {score.years.size} values"


def _fitted(result: StudyResult, target: TargetResult) -> str:
    """Give the error of the fit, without doubtful cells too where there are any, and the coverage where it is all."""
    trusted = unflagged_error(target, 1)
    beside = f" ({trusted} without doubtful values)" if bare(trusted) not in ("", bare(fit_error(target, 1))) else ""
    text = f"Fit off by {fit_error(target, 1)}{beside}"
    inside = inside_of(result, target.name, "fit")
    if target.holdout is not None or not inside.n:
        return text
    return f"{text} on average; {inside_told(inside, target.name, 'fit')} values inside the 90 % band of the fit"
