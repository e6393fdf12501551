"""What the forecasts of several studies were worth, in two lines."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.spoken import periods, spoken
from rcsd.report.wording import count, percent
from rcsd.study.findings.rolling_scores import total_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.cities_scores import CitiesScore, cities_scores
from rcsd.study.written.standing import standings


def answer(results: Sequence[StudyResult]) -> str:
    """Say in how many cases the model beats the best simple method, at the hold-out and from many origins."""
    return " ".join(filter(None, (_held_out(results), _rolled(results))))


def _held_out(results: Sequence[StudyResult]) -> str:
    won = [next(iter(each.wins.values())) for each in standings(results) if each.wins]
    if not won:
        return ""
    n, best = sum(wins.n for wins in won), sum(wins.over_best for wins in won)
    return (
        f"In {best} of {count(n, 'case')} of series and {spoken().words.unit} the forecast of the held-out {periods()} "
        f"errs less than the best simple method, in {sum(wins.over_last for wins in won)} less than the last value."
    )


def _rolled(results: Sequence[StudyResult]) -> str:
    """Say the same of forecasts from many origins, and how many values their bands held."""
    scores: Sequence[CitiesScore] = cities_scores(results)
    totals = total_scores([result.get(ROLLING) for result in results])
    if not scores or not totals:
        return ""
    drivers, total = next(iter(totals.items()))
    group = [each for each in scores if each.drivers == drivers]
    n, best = sum(len(each.each) for each in group), sum(each.n_best for each in group)
    return (
        f"Begun anew from many starting {periods()} it errs less than every simple method in {best} of {n} cases of "
        f"series, {spoken().words.unit} and {periods()} ahead; {percent(100 * total.coverage, 0)} of {total.n} values "
        "lay inside the 90 % bands."
    )
