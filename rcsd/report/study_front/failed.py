"""What did not work in a study."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.report.fact import fact
from rcsd.report.sections.uncertainty.words import search_verdict
from rcsd.report.spoken import period, periods
from rcsd.report.wording import capital, count, listing, percent
from rcsd.study.findings.rolling_scores import group_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.model_checks import MODEL_CHECKS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.result_json import checks_of
from rcsd.tables import shortened

_LONGEST = 150
"""Letters of what a check says; the rest stands where the check does."""
_RERUNS = {
    "model: half step": "half the time step changes next to nothing",
    "model: engines": "another engine gives the same numbers",
}
"""What holds where these checks pass."""
_EXPECTED = {POSTERIOR.name: "posterior", PROFILES.name: "profiles of the likelihood", ROLLING.name: "rolling backtest"}
"""Steps that every study makes unless something is in their way, in words."""


def failed(result: StudyResult) -> tuple[str, ...]:
    """List what did not work; that nothing did not is said too."""
    found = tuple(capital(sentence) for sentence in _failures(result))
    return found or (_nothing(result),)


def _failures(result: StudyResult) -> Iterator[str]:
    fit = result[CALIBRATE].fit
    checks = tuple(_checks(result))
    yield from checks
    if checks and not result.runs.failed:
        yield f"None of the {fact(f'{result.runs.total:,}', 'runs', 'total')} runs that the results stand on failed."
    if result[CALIBRATE].agreement.found != "repeatedly":
        yield search_verdict(result)
    unconverged = sum(not start.converged for start in fit.starts)
    if unconverged:
        yield f"{count(unconverged, 'start')} of the search of {len(fit.starts)} stopped before a tolerance was met."
    if fit.standard_error is None:
        yield "The data do not determine all parameters (singular information matrix): there are no standard errors."
    if result.runs.failed:
        runs = fact(f"{result.runs.failed:,}", "runs", "failed")
        yield f"{runs} of {fact(f'{result.runs.total:,}', 'runs', 'total')} model runs diverged or failed."
    yield from _too_narrow(result)
    yield from _not_done(result)


def _checks(result: StudyResult) -> Iterator[str]:
    """Name the checks that failed, with the first of what each found."""
    model = result.get(MODEL_CHECKS)
    about = {**_RERUNS, **({} if model is None else {f"model: {each.name}": each.about for each in model.checks})}
    for check in checks_of(result):
        if not check.passed:
            first, _, more = check.detail.partition("; ")
            # findings name a variable first: "Stock: is not a number"
            found = (
                f"{shortened(first, _LONGEST).rstrip('.').replace(': is ', ' is ', 1)}{', and more' if more else ''}"
            )
            held = about.get(check.name)
            yield f"{check.name}: {found}." if held is None else f"Does not hold: “{held}”. {capital(found)}."


def _too_narrow(result: StudyResult) -> Iterator[str]:
    """Name the forecasts from many origins whose bands held fewer values than chance explains."""
    names = {target.name: target.variable for target in result[BACKTEST].targets}
    scores = group_scores(result.get(ROLLING), list(names))
    first = scores[0].drivers if scores else ""
    for name, variable in names.items():
        short = [
            each
            for each in scores
            if each.series == name and each.drivers == first and each.score.coverage < each.score.band[0]
        ]
        if short:
            ahead = listing([str(each.horizon) for each in short])
            shares = listing([percent(100 * each.score.coverage, 0) for each in short])
            yield (
                f"Bands too narrow in the rolling backtest: {variable}, {ahead} "
                f"{period() if ahead == '1' else periods()} ahead, {shares} of the values inside 90 % bands."
            )


def _not_done(result: StudyResult) -> Iterator[str]:
    """Name the usual steps that were left out, with the reason."""
    reasons: dict[str, list[str]] = {}
    for name, words in _EXPECTED.items():
        if name in result.left_out:
            reasons.setdefault(result.left_out[name], []).append(words)
    yield from (f"Not done: {listing(names)}, since {reason}." for reason, names in reasons.items())
    if result[BACKTEST].without_forecast:
        yield (
            f"The held-out {periods()} are scored by the fitted run, without a band, since "
            f"{result[BACKTEST].without_forecast}."
        )


def _nothing(result: StudyResult) -> str:
    checks = count(len(checks_of(result)), "check")
    total = fact(f"{result.runs.total:,}", "runs", "total")
    return f"Nothing that was checked: none of {total} model runs failed, and {checks} of the computation passed."
