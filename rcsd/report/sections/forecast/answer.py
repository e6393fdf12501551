"""What if, in two lines: how far the scenarios take the first outcome, and on what that rests."""

from rcsd.report.sections.forecast.facts import marked_band, marked_difference
from rcsd.report.spoken import at_times, spoken, when
from rcsd.report.wording import NO_BREAK, count, listing
from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.scenarios import Compared
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.live import LIVE
from rcsd.study.steps.live_fit import LIVE_FIT
from rcsd.study.written.ahead import ahead_of

_SERIES = 3
"""So many series are named; the table has the rest."""


def what_if(result: StudyResult) -> str:
    """Say what the scenarios do by assumption; without any, what is forecast; else why there is no forecast."""
    ahead = ahead_of(result)
    if ahead.scenarios is not None and ahead.scenarios.outcomes:
        return _scenarios(ahead.scenarios)
    if ahead.forecast is not None and ahead.forecast.bands:
        return f"{_forecast(ahead.forecast)} No scenarios are defined."
    reason = ahead.left_out or result.left_out.get(FORECAST.name, "") or "; ".join(ahead.faults)
    forecast = f"Nothing is forecast: {reason}." if reason else "Nothing is forecast."
    live = result.get(LIVE) or result.get(LIVE_FIT)
    return forecast if live is None or live.fault else f"{forecast} The model runs below: move its parameters and see."


def _scenarios(compared: Compared) -> str:
    definition, year = compared.definition, compared.definition.years[-1]
    outcome, at = definition.outcomes[0], compared.at(compared.definition.years[-1])
    others = [each for each in definition.scenarios if each.name != definition.reference]
    if not others:
        return f"Only “{definition.scenario(definition.reference).title}” is run; there is nothing to compare it with."
    found = {
        each.name: float(compared.of(each.name, outcome.variable, compared.beyonds[0]).median[at]) for each in others
    }
    ends = [min(found, key=found.__getitem__), max(found, key=found.__getitem__)]
    told = [
        f"{median} ({band}) under {definition.scenario(name).title}"
        for name in dict.fromkeys(ends)
        for median, band in [marked_difference(compared, outcome, name, year)]
    ]
    reference = definition.scenario(definition.reference).title
    return (
        "By assumption, for no data measure what a lever does: with the strengths that "
        f"{count(len(others), 'scenario')} assume, {outcome.variable} {at_times(year)} differs from "
        f"“{reference}” by {' to '.join(told)}, in brackets 90{NO_BREAK}% "
        "of the draws."
    )


def _forecast(forecasted: Forecasted) -> str:
    year = int(forecasted.bands[0].years[-1])
    bands = forecasted.of(forecasted.bands[0].beyond)[:_SERIES]
    told = [
        f"{band.variable} {median} ({ends} {band.unit})"
        for band in bands
        for median, ends in [marked_band(forecasted, band, year)]
    ]
    return f"Forecast for {spoken().moment(when(year))}, with 90{NO_BREAK}% bands: {listing(told)}."
