"""What drives it, in two lines: what the data leave uncertain of each series, and whose doing that is."""

from rcsd.analysis.sensitivity import ranking
from rcsd.report.sections.shapley.tables import leading, share_words, spread_words
from rcsd.report.spoken import spoken, when
from rcsd.report.wording import listing
from rcsd.study.file.groups import CALIBRATED
from rcsd.study.findings.shapley import PosteriorShares
from rcsd.study.graph.result import StudyResult
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.shapley import SHAPLEY
from rcsd.study.steps.sobol import SOBOL

_SERIES = 3
"""So many series are named; the table has the rest."""


def drives(result: StudyResult) -> str:
    """Say whose doing the remaining uncertainty is; without a posterior, who leads over the ranges; else why not."""
    found, sobol = result.get(SHAPLEY), result.get(SOBOL)
    if found is not None and found.shares is not None:
        return _by_shares(result, found.shares)
    analysis = None if sobol is None else next((each for each in sobol.analyses if each.group == CALIBRATED), None)
    if analysis is not None:
        return _by_ranges(result, analysis)
    reason = "" if sobol is None else sobol.left_out.get(CALIBRATED, "")
    return f"That was not asked: {reason}" if reason else "That was not asked."


def _by_shares(result: StudyResult, shares: PosteriorShares) -> str:
    series = [shares.outputs.index(output) for output in _series(result, shares.outputs)]
    if not series:
        return "None of the series was asked for."
    time = _latest(shares, series)
    moment = spoken().moment(when(shares.times[time]))
    parts, shared = [], False
    for i in series:
        named = [share_words(shares, i, time, j) for j in leading(shares, i, time)[:2]]
        told = f" ({', '.join(named)})" if named else ""
        shared = shared or bool(named)
        parts.append(f"{shares.outputs[i]} by {spread_words(shares, i, time)}{told}")
    brackets = ", and in brackets whose share of the variance is how large" if shared else ""
    return (
        f"For {moment}, what the data leave uncertain of the parameters moves {listing(parts)}: one standard "
        f"deviation{brackets}."
    )


def _latest(shares: PosteriorShares, series: list[int]) -> int:
    """Return the last time at which some of the series have shares to name."""
    last = len(shares.times) - 1
    return next((time for time in range(last, -1, -1) if any(leading(shares, i, time) for i in series)), last)


def _by_ranges(result: StudyResult, analysis: SobolStudy) -> str:
    """Say who leads, at the last time of which the sample tells that."""
    series = _series(result, analysis.result.outputs)
    open_left = False
    for time in reversed(analysis.chosen_times):
        found = {output: ranking(analysis.result, output, time) for output in series}
        led = [f"{output} by {listing(each.leaders[:2])}" for output, each in found.items() if each.leaders]
        if led:
            moment = spoken().moment(when(time))
            return f"Over the ranges of the estimated parameters, most is moved for {moment}: {'; '.join(led)}."
        open_left = open_left or any(each.undetermined for each in found.values())
    if open_left:
        return f"The sample (N = {analysis.result.n_base}) is too small to tell what moves the series most."
    return "Nothing that was varied moves the series."


def _series(result: StudyResult, outputs: tuple[str, ...]) -> list[str]:
    """Return the first of the compared series that were asked for."""
    compared = dict.fromkeys(target.variable for target in result[BACKTEST].targets)
    return [name for name in compared if name in outputs][:_SERIES]
