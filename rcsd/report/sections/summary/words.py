"""The result in sentences: what was fitted, what was held out, what it beats, and what failed."""

import math
from collections.abc import Sequence
from typing import Literal

from rcsd.analysis.backtest.baselines import TWO_LINE
from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.analysis.sensitivity import ranking
from rcsd.report.sections.holdout.tables import baseline_error, best_error, knowledge_of
from rcsd.report.sections.uncertainty.words import determined, search_verdict
from rcsd.report.spoken import a_period, period, periods, span, spoken, when
from rcsd.report.wording import (
    BASELINE_LABELS,
    KNOWLEDGE,
    NO_BREAK,
    capital,
    count,
    listing,
    number,
    of_mean_size,
    percent,
    plain,
    scored_cells,
)
from rcsd.study.findings.rolling_scores import group_scores, total_scores
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.steps.sobol import SOBOL


def summary(result: StudyResult) -> tuple[str, ...]:
    """Return the sentences that stand at the top of a report, each for one point."""
    return tuple(
        sentence
        for sentence in (
            fitted(result),
            assumed(result),
            known_from_outside(result),
            fit_errors(result[BACKTEST].targets),
            *(holdout_errors(target) for target in result[BACKTEST].targets),
            verdict(result),
            rolled(result),
            search_verdict(result),
            *learnt(result),
            *(moved(analysis) for analysis in result[SOBOL].analyses),
            *shortcomings(result),
        )
        if sentence
    )


def fitted(result: StudyResult) -> str:
    """Say what was fitted to what, and what was held out."""
    names = listing([target.variable for target in result[BACKTEST].targets])
    text = (
        f"{count(len(result[PARAMETERS].parameters), 'parameter')} of the model “{result.model.name}” "
        f"{'was' if len(result[PARAMETERS].parameters) == 1 else 'were'} fitted to "
        f"{count(result[CALIBRATE].fit.n_residuals, 'cell')} of {names} in "
        f"{spoken().window(span(*result.info.fit_window))}."
    )
    if result.info.holdout_window is None:
        return f"{text} Nothing was held out, so nothing here says how well the model forecasts."
    held = span(*result.info.holdout_window)
    return f"{text} The {periods()} {held} were held out: they touched neither the fit nor its weights."


def assumed(result: StudyResult) -> str:
    """Name the constants that the study sets by a number of its own, with the reason it gives."""
    own = [constant for constant in result.constants if constant.origin == "study"]
    if not own:
        return ""
    parts = [
        f"{constant.name} {number(constant.value)}{NO_BREAK}{constant.unit} ({constant.source or 'no source given'})"
        for constant in own
    ]
    return f"Set by the study, neither fitted nor taken from its series: {'; '.join(parts)}."


def known_from_outside(result: StudyResult) -> str:
    """Say what the forecasts of the hold-out know of the drivers, and what else they rest on."""
    if result.info.holdout_window is None:
        return ""
    found, origin = result[BACKTEST], result.info.fit_window[1]
    names = listing([plain(driver.name) for driver in result.drivers]) if result.drivers else ""
    if found.without_forecast:
        known = f" {capital(names)} {_was(result)} as known today." if names else ""
        return (
            "The hold-out is scored by the fitted run, without the course of the gap between model and data, since "
            f"{found.without_forecast}.{known}"
        )
    made = (
        "The hold-out is scored by the forecast that would have been made at the end of "
        f"{spoken().moment(when(origin))}: from draws of the parameters and with the gap between model and data "
        "carried on."
    )
    shown = knowledge_of(found.targets)
    if not names or not shown:
        return made
    first = (
        f"{capital(names)} {_was(result)} forecast from what was known then, with their own errors"
        if shown[0] == "forecast"
        else f"{capital(names)} {_was(result)} given as they were, which nobody knew then"
    )
    beside = [_beside(drivers) for drivers in shown[1:]]
    return f"{made} {first}{f'; beside it stand forecasts {listing(beside)}' if beside else ''}."


def _beside(drivers: str) -> str:
    """Say what else a forecast of the hold-out was given."""
    return {
        "known": "with the drivers as they were",
        "frozen": f"with every driver at its value of the last fitted {period()}",
    }[drivers]


def _was(result: StudyResult) -> str:
    return "is" if len(result.drivers) == 1 else "are"


def fit_errors(targets: Sequence[TargetResult]) -> str:
    """Give the mean absolute error of every series in the fit window."""
    parts = []
    for target in targets:
        text = f"{target.variable} {percent(target.error_of(target.fit_all), 1)}"
        if target.fit_unflagged is not None and any(target.flags):
            text += f" ({percent(target.error_of(target.fit_unflagged), 1)} without the flagged cells)"
        parts.append(text)
    return f"Mean absolute error in the fit window: {'; '.join(parts)}.{of_mean_size(targets)}"


def holdout_errors(target: TargetResult) -> str:
    """Set the hold-out error of one series beside that of the two-line rule and of the best benchmark forecast."""
    score = target.holdout
    if score is None:
        return ""
    some = f" ({scored_cells(target, score)} cells scored)" if score.statistics.n < target.n_holdout else ""
    if not math.isfinite(score.error):
        least = score.statistics.mae
        return (
            f"{target.variable} in the hold-out {periods()}{some}: no error in percent, for all that was observed is "
            f"zero; the mean absolute error is {least:.3g}."
        )
    rivals = list(dict.fromkeys(rule for rule in (TWO_LINE, "last") if math.isfinite(baseline_error(score, rule))))
    parts = [f"the {BASELINE_LABELS[rule]} {percent(baseline_error(score, rule), 1)}" for rule in rivals]
    best = score.best_baseline
    if best not in rivals:
        parts.append(f"the best benchmark forecast ({BASELINE_LABELS[best]}) {percent(baseline_error(score, best), 1)}")
    text = f"{target.variable} in the hold-out {periods()}{some}: {percent(score.error, 1)} off; {', '.join(parts)}"
    others = [
        f"with {KNOWLEDGE[drivers]} {percent(other.error, 1)}" for drivers, other in list(target.holdouts.items())[1:]
    ]
    return f"{text}{f'; {listing(others)}' if others else ''}."


def verdict(result: StudyResult) -> str:
    """Say for which series the model beats the two-line rule and the best benchmark forecast, by drivers."""
    sentences, targets = [], result[BACKTEST].targets
    for k, drivers in enumerate(knowledge_of(targets)):
        scored = [(target, target.holdouts[drivers]) for target in targets if drivers in target.holdouts]
        rivals: tuple[Rival, ...] = ("two_line", "last", "best") if k == 0 else ("two_line", "best")
        said = "; it ".join(words for rival in rivals if (words := _beats(scored, rival)))
        if not said:
            continue
        sentences.append(f"{'The model' if k == 0 else f'With {KNOWLEDGE[drivers]} it'} {said}.")
        if k == 0 and any(score.error <= best_error(score) and not score.beats_best for _, score in scored):
            sentences.append(f"A lead of less than {LEVEL:g} points counts as none.")
    return " ".join(sentences)


Rival = Literal["two_line", "last", "best"]
_RIVALS: dict[Rival, str] = {
    "two_line": "the two-line rule",
    "last": "the last value",
    "best": "the best of all benchmark forecasts",
}


def _beats(scored: Sequence[tuple[TargetResult, HoldoutScore]], rival: Rival) -> str:
    """Name the series for which it does; empty where the rival is not defined for any."""
    n_series = len(scored)
    # without errors in percent nobody wins
    scored = [(target, score) for target, score in scored if math.isfinite(score.error)]
    verdicts = {target.variable: getattr(score, f"beats_{rival}") for target, score in scored}
    won = [variable for variable, beaten in verdicts.items() if beaten]
    lost = [variable for variable, beaten in verdicts.items() if beaten is False]
    text = f"beats {_RIVALS[rival]}"
    if not won and not lost:
        return ""
    if not lost:
        return f"{text} for every series" if len(won) == n_series else f"{text} for {listing(won)}"
    if not won:
        return f"{text} for no series"
    return f"{text} for {listing(won)}, not for {listing(lost)}"


def rolled(result: StudyResult) -> str:
    """Sum the rolling backtest up."""
    groups = group_scores(result.get(ROLLING), [target.name for target in result[BACKTEST].targets])
    parts = []
    for drivers, total in total_scores([result.get(ROLLING)]).items():
        group = [each for each in groups if each.drivers == drivers]
        below, best = sum(each.score.mase < 1 for each in group), sum(each.beats_all for each in group)
        duels = [each.beats_two_line for each in group if each.beats_two_line is not None]
        two_line = f"below that of the two-line rule in {sum(duels)} of {len(duels)}, " if duels else ""
        parts.append(
            f"{_with(drivers)}the error is below {a_period()}'s change in {below} of {len(group)} cases, "
            f"{two_line}below that of every benchmark forecast in {best}; {percent(100 * total.coverage, 0)} of "
            f"{total.n} cells lay inside the 90 % intervals"
        )
    return f"Fitted anew to each of many origins, by series and {periods()} ahead: {'; '.join(parts)}." if parts else ""


def _with(drivers: str) -> str:
    known = spoken().knowing(drivers)
    return f"with {known} " if known else ""


def learnt(result: StudyResult) -> tuple[str, ...]:
    """Say which parameters the data determine, and whether the posterior could be sampled well."""
    known, sampled = result.get(PROFILES), result.get(POSTERIOR)
    found = () if known is None else determined(result, known)
    if sampled is not None and sampled.posterior is None:
        found = (*found, f"There is no posterior: {'; '.join(sampled.faults)}.")
    elif sampled is not None and sampled.faults:
        found = (*found, f"The draws of the posterior have not converged: {'; '.join(sampled.faults)}.")
    return found


def moved(analysis: SobolStudy) -> str:
    """Say which of a group of parameters leads for which output at the horizon, where one leads alone."""
    leaders: dict[str, list[str]] = {}
    for output in analysis.result.outputs:
        names = ranking(analysis.result, output, analysis.horizon).leaders
        if len(names) == 1:
            leaders.setdefault(names[0], []).append(output)
    if not leaders:
        return ""
    led = "; ".join(
        f"{listing(outputs)} {'depends' if len(outputs) == 1 else 'depend'} most on {name}"
        for name, outputs in leaders.items()
    )
    return (
        f"In {spoken().moment(when(analysis.horizon))}, over the ranges of the group “{analysis.group_title}”, {led}."
    )


def shortcomings(result: StudyResult) -> tuple[str, ...]:
    """List what a reader should hold against the result."""
    fit, parameters, found = result[CALIBRATE].fit, result[PARAMETERS].parameters, []
    on_bound = [parameter.name for parameter in parameters if parameter.on_bound]
    if on_bound:
        found.append(f"{count(len(on_bound), 'estimate')} of {len(parameters)} on a bound: {listing(on_bound)}.")
    if fit.standard_error is None:
        found.append("The data do not determine all free parameters (singular information matrix): no standard errors.")
    unconverged = sum(not start.converged for start in fit.starts)
    if unconverged:
        found.append(f"{count(unconverged, 'start')} of {len(fit.starts)} stopped before a tolerance was met.")
    if result.runs.failed:
        found.append(f"{result.runs.failed:,} of {count(result.runs.total, 'model run')} diverged or failed.")
    if result.info.quick:
        found.append("This is a quick run: its search is smaller than the study asks for.")
    return tuple(found)
