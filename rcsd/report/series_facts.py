"""Errors and coverage of a series as they are printed, each with its place in result.json."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.report.fact import fact
from rcsd.report.wording import MISSING, percent
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.coverage import COVERAGE, Inside


def forecast_at(targets: Sequence[TargetResult], drivers: str) -> tuple[str | int, ...]:
    """Return where the forecasts of the hold-out with such drivers stand, up to the name of a series."""
    listed = list(dict.fromkeys(name for target in targets for name in target.holdouts))
    return ("backtest", listed.index(drivers), "series")


def told(text: str, *at: str | int, times: float = 1) -> str:
    """Mark a number unless it is a dash, which stands for none.

    Examples
    --------
    >>> told("–", "series", "gdp", "fit", "mape")
    '–'
    """
    return text if text == MISSING else fact(text, *at, times=times)


def error_key(*, in_percent: bool) -> str:
    """Name the error that is shown first, as result.json does."""
    return "mape" if in_percent else "wape"


def fit_error(target: TargetResult, digits: int = 2) -> str:
    """Write the error of a series in the fit window."""
    key = error_key(in_percent=target.in_percent)
    return fact(percent(target.error_of(target.fit_all), digits), "series", target.name, "fit", key)


def unflagged_error(target: TargetResult, digits: int = 2) -> str:
    """Write the same without the flagged cells; empty where no cell is flagged, or every one."""
    if target.fit_unflagged is None or not any(target.flags):
        return ""
    key = error_key(in_percent=target.in_percent)
    return fact(percent(target.error_of(target.fit_unflagged), digits), "series", target.name, "fit_unflagged", key)


def holdout_error(target: TargetResult, score: HoldoutScore, digits: int = 2) -> str:
    """Write the error of the first forecast of a series in the hold-out window."""
    key = error_key(in_percent=score.in_percent)
    return fact(percent(score.error, digits), "series", target.name, "holdout", key)


def other_error(targets: Sequence[TargetResult], target: TargetResult, drivers: str, digits: int = 2) -> str:
    """Write the error of a forecast of the hold-out by what it knows of the drivers."""
    score = target.holdouts[drivers]
    key = error_key(in_percent=score.in_percent)
    return fact(percent(score.error, digits), *forecast_at(targets, drivers), target.name, key)


def rule_error(target: TargetResult, score: HoldoutScore, rule: str, digits: int = 2) -> str:
    """Write the error of a benchmark forecast in the hold-out window; a dash where it is not defined."""
    baseline = score.baselines.get(rule)
    error = np.inf if baseline is None else baseline.error(in_percent=score.in_percent)
    if not np.isfinite(error):
        return percent(None)
    key = error_key(in_percent=score.in_percent)
    return fact(percent(error, digits), "series", target.name, "holdout", "baselines", rule, key)


def held_out_at(targets: Sequence[TargetResult], target: TargetResult, year: float) -> tuple[str | int, ...] | None:
    """Return where the first forecast of a scored period stands: what is asked for, then the place of the period.

    The name of what is asked for ("simulated", "lower", "upper", "observed") goes before the last of them. None for a
    period that is not scored, which result.json leaves out.
    """
    score = target.holdout
    if score is None or year not in score.years:
        return None
    drivers = next(iter(target.holdouts))
    return (*forecast_at(targets, drivers), target.name, score.years.tolist().index(year))


def said_at(text: str, place: tuple[str | int, ...] | None, what: str) -> str:
    """Mark a value of a scored period; one that result.json leaves out stays as it is."""
    return text if place is None else fact(text, *place[:-1], what, place[-1])


def inside_of(result: StudyResult, series: str, window: Literal["fit", "holdout"]) -> Inside:
    """Count the values of a series inside its 90 % band in a window; none of none where there is no band."""
    found = result.get(COVERAGE)
    own = None if found is None else next((each for each in found.series if each.series == series), None)
    if own is None:
        return Inside(0, 0)
    return own.fit if window == "fit" else own.holdout


def inside_told(inside: Inside, series: str, window: Literal["fit", "holdout"]) -> str:
    """Write how many values of a series its band holds."""
    at = ("series", series, "coverage", window)
    return f"{fact(str(inside.n_inside), *at, 'inside')} of {fact(str(inside.n), *at, 'n')}"
