"""The result in sentences: what was fitted, what was held out, what it beats, and what failed."""

from collections.abc import Sequence
from typing import Literal

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.analysis.sensitivity import ranking
from rcsd.report.sections.holdout.tables import baseline_error, best_error
from rcsd.report.sections.uncertainty.words import determined, search_verdict
from rcsd.report.wording import (
    BASELINE_LABELS,
    NO_BREAK,
    count,
    frozen_label,
    listing,
    number,
    percent,
    plain,
    scored_cells,
    span,
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
            *(holdout_errors(target, result.frozen_drivers) for target in result[BACKTEST].targets),
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
        f"{count(result[CALIBRATE].fit.n_residuals, 'cell')} of {names} in {span(*result.info.fit_window)}."
    )
    if result.info.holdout_window is None:
        return f"{text} Nothing was held out, so nothing here says how well the model forecasts."
    years = span(*result.info.holdout_window)
    return f"{text} The years {years} were held out: they touched neither the fit nor its weights."


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
    """Say which drivers the backtest takes as known, which is an advantage over the benchmark forecasts."""
    if not result.drivers or result.info.holdout_window is None:
        return ""
    names = listing([plain(driver.name) for driver in result.drivers])
    text = f"In the backtest these drivers are known from outside, also in the hold-out years: {names}."
    frozen = result.frozen_drivers
    if frozen:
        held = listing([plain(name) for name in frozen])
        text += f" The frozen runs hold {held} at the value of {result.info.fit_window[1]} instead."
    return text


def fit_errors(targets: Sequence[TargetResult]) -> str:
    """Give the mean absolute error of every series in the fit window."""
    parts = []
    for target in targets:
        text = f"{target.variable} {percent(target.fit_all.mape, 1)}"
        if target.fit_unflagged is not None and any(target.flags):
            text += f" ({percent(target.fit_unflagged.mape, 1)} without the flagged cells)"
        parts.append(text)
    return f"Mean absolute error in the fit window: {'; '.join(parts)}."


def holdout_errors(target: TargetResult, frozen: Sequence[str]) -> str:
    """Set the hold-out error of one series beside that of the benchmark forecasts; `frozen` names the held drivers."""
    score = target.holdout
    if score is None:
        return ""
    best = score.best_baseline
    some = f" ({scored_cells(target, score)} cells scored)" if score.statistics.n < target.n_holdout else ""
    text = (
        f"{target.variable} in the hold-out years{some}: {percent(score.statistics.mape, 1)} off; the last value "
        f"{percent(baseline_error(score, 'last'), 1)}"
    )
    if best != "last" and best in BASELINE_LABELS:
        text += f", the best benchmark forecast ({BASELINE_LABELS[best]}) {percent(baseline_error(score, best), 1)}"
    if target.holdout_frozen is not None:
        text += f"; with {frozen_label(frozen)} {percent(target.holdout_frozen.statistics.mape, 1)}"
    return f"{text}."


def verdict(result: StudyResult) -> str:
    """Say for which series the model beats the benchmark forecasts, and whether it still does in the frozen run."""
    scored = [(target, target.holdout) for target in result[BACKTEST].targets if target.holdout is not None]
    if not scored:
        return ""
    text = f"The model {_beats(scored, 'last')}; it {_beats(scored, 'best')}."
    if any(score.statistics.mape <= best_error(score) and not score.beats_best for _, score in scored):
        text += f" A lead of less than {LEVEL:g} points counts as none."
    frozen = [
        (target, target.holdout_frozen) for target in result[BACKTEST].targets if target.holdout_frozen is not None
    ]
    if frozen:
        text += f" With {frozen_label(result.frozen_drivers)} it {_beats(frozen, 'last')}; it {_beats(frozen, 'best')}."
    return text


def _beats(scored: Sequence[tuple[TargetResult, HoldoutScore]], rival: Literal["last", "best"]) -> str:
    won = [t.variable for t, score in scored if (score.beats_last if rival == "last" else score.beats_best)]
    lost = [target.variable for target, _ in scored if target.variable not in won]
    text = "beats the last-value forecast" if rival == "last" else "beats the best of the four benchmark forecasts"
    if not lost:
        return f"{text} for every series"
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
        held = "drivers known" if drivers == "known" else frozen_label(result.frozen_drivers)
        parts.append(
            f"with {held} the error is below a year's change in {below} of {len(group)} cases and below that of every "
            f"benchmark forecast in {best}; {percent(100 * total.coverage, 0)} of {total.n} cells lay inside the 90 % "
            "intervals"
        )
    return f"Fitted anew to each of many origins, by series and years ahead: {'; '.join(parts)}." if parts else ""


def learnt(result: StudyResult) -> tuple[str, ...]:
    """Say which parameters the data determine, and whether a posterior could be sampled."""
    known, sampled = result.get(PROFILES), result.get(POSTERIOR)
    found = () if known is None else determined(result, known)
    if sampled is not None and sampled.posterior is None:
        found = (*found, f"There is no posterior: {'; '.join(sampled.faults)}.")
    elif sampled is not None and sampled.faults:
        found = (*found, "The posterior could not be sampled well enough to be summarised.")
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
    return f"In {analysis.horizon:g}, over the ranges of the group “{analysis.group_title}”, {led}."


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
