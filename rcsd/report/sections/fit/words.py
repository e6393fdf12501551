"""How well a model follows the data it was fitted to, in two lines."""

from __future__ import annotations

from rcsd.report.fact import bare, fact
from rcsd.report.series_facts import fit_error, unflagged_error
from rcsd.report.spoken import span, spoken
from rcsd.report.wording import percent
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.coverage import COVERAGE


def fit_answer(result: StudyResult) -> str:
    """Answer how well it fits: the range of the errors, the cells inside the bands, and where the error is bias."""
    window = spoken().window(span(*result.info.fit_window))
    return " ".join(filter(None, (_errors(result, window), _inside(result), _bias(result))))


def _errors(result: StudyResult, window: str) -> str:
    ranked = sorted(result[BACKTEST].targets, key=lambda target: target.error_of(target.fit_all))
    best, worst = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"Over {window} the fitted run is off by {fit_error(best, 1)} on average{_trusted(best)}."
    if bare(fit_error(best, 1)) == bare(fit_error(worst, 1)):
        return f"Over {window} the fitted run is off by {fit_error(best, 1)} on average in every series."
    return (
        f"Over {window} the fitted run is off by {fit_error(best, 1)} ({best.variable}) to {fit_error(worst, 1)} "
        f"({worst.variable}{_trusted(worst)}) on average."
    )


def _trusted(target: TargetResult) -> str:
    trusted = unflagged_error(target, 1)
    return f", {trusted} without flagged values" if trusted else ""


def _inside(result: StudyResult) -> str:
    """Count the fitted values inside the bands of the posterior."""
    found = result.get(COVERAGE)
    inside = [] if found is None else [each.fit for each in found.series if each.fit.n]
    if not inside:
        return ""
    n, held = sum(each.n for each in inside), sum(each.n_inside for each in inside)
    values = "values" if n == result[CALIBRATE].fit.n_residuals else "values of at least half weight"
    return f"{held} of the {n} {values} lie inside the 90 % bands of the fit, where nine in ten should."


def _bias(result: StudyResult) -> str:
    """Name the series that are missed in one direction more than in any other way."""
    biased = [target for target in result[BACKTEST].targets if target.fit_all.theil_um > 0.5]  # noqa: PLR2004 - most
    if not biased:
        return "No error is mostly bias."
    named = ", ".join(
        f"{target.variable} "
        f"({fact(percent(100 * target.fit_all.theil_um, 0), 'series', target.name, 'fit', 'theil_um', times=100)})"
        for target in biased
    )
    return f"Most of the squared error is bias for {named}."
