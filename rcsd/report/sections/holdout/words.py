"""What the forecasts of the hold-out stand on, and what they were worth, in sentences."""

from __future__ import annotations

from rcsd.report.sections.holdout.tables import knowledge_of
from rcsd.report.spoken import a_period, period, periods, spoken, when
from rcsd.report.wording import NO_BREAK, capital, count, listing, percent, plain
from rcsd.study.findings.rolling_scores import forecasts_of, group_scores, total_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.rolling import ROLLING

_NAMED = 4
"""Series up to which a sentence names them."""


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


def forecast_answer(result: StudyResult) -> str:
    """Answer whether it forecasts: the rolling backtest where there is one, else the hold-out."""
    groups = group_scores(result.get(ROLLING), [target.name for target in result[BACKTEST].targets])
    if not groups:
        return _tested_once(result)
    drivers = groups[0].drivers
    own = [group for group in groups if group.drivers == drivers]
    total = total_scores([result.get(ROLLING)])[drivers]
    origins = sorted({each.origin for each in forecasts_of([result.get(ROLLING)])})
    won, small = sum(group.beats_all for group in own), sum(group.score.mase < 1 for group in own)
    named = [(target.variable, [g for g in own if g.series == target.name]) for target in result[BACKTEST].targets]
    each = [f"{name} {sum(g.beats_all for g in found)} of {len(found)}" for name, found in named if found]
    how = f": {', '.join(each)}" if 1 < len(each) <= _NAMED else ""
    return (
        f"Fitted anew at the end of each of {count(len(origins), period(), periods())} and forecast up to "
        f"{count(max(group.horizon for group in own), period(), periods())} ahead, it is better than every simple "
        f"method in {won} of {count(len(own), 'case')} (a series at a distance){how}. Its error is less than "
        f"{a_period()}’s mean change in {small} of the {len(own)}. {percent(100 * total.coverage, 0)} of {total.n} "
        f"values lay inside the 90{NO_BREAK}% bands."
    )


def _tested_once(result: StudyResult) -> str:
    """Say how often the forecast of the one hold-out was better than the last value and the best benchmark."""
    scored = [target.holdout for target in result[BACKTEST].targets if target.holdout is not None]
    if not scored:
        return "Nothing was held out, so nothing tells."
    best, last = sum(score.beats_best for score in scored), sum(score.beats_last for score in scored)
    return (
        f"Tested once, from {spoken().moment(when(result.info.fit_window[1]))}: better than the last value for {last} "
        f"of {count(len(scored), 'series', 'series')}, and than the best of all simple methods for {best}."
    )
