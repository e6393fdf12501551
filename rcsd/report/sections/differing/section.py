"""What differs between several studies: which parameters, and in which of them."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.fact import below
from rcsd.report.page import Section
from rcsd.report.question import DIFFERS
from rcsd.report.section import ReportSection
from rcsd.report.sections.cities.figures import shown_first
from rcsd.report.sections.differing.table import differing_table, interval_words, paces_table
from rcsd.report.series_facts import holdout_error
from rcsd.report.wording import count, listing, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.differing import Differing, differing
from rcsd.study.written.standing import standings

_NAMED = 4
"""Parameters up to which a sentence names them; more are counted."""


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    if len(results) == 1:
        return []
    found = differing(results)
    shared = [each for each in standings(results) if len(each.targets) > 1]
    return [
        Section("paces", "The data", tables=(paces_table(results, shared),)),
        Section(
            "differing",
            "Estimated parameters",
            points=tuple(_point(results, each) for each in found if each.apart),
            tables=(differing_table(results, found),),
        ),
    ]


def _point(results: Sequence[StudyResult], each: Differing) -> str:
    """Give the lowest and the highest of a parameter that differs."""
    names = dict(zip((r.info.name for r in results), short_names([r.info.title for r in results]), strict=True))
    ordered = sorted(each.each, key=lambda known: known.median)
    low, high = (f"{interval_words(each.name, known)} in {names[known.study.info.name]}"
                 for known in (ordered[0], ordered[-1]))  # fmt: skip
    unit = "" if each.unit == "Dmnl" else f" {each.unit}"
    return f"{each.name}: from {low} to {high}{unit}."


def _answer(results: Sequence[StudyResult]) -> str:
    return " ".join(filter(None, (_worth(results), _parameters(results)))) if len(results) > 1 else ""


def _worth(results: Sequence[StudyResult]) -> str:
    """Say of which series the forecasts differ most in what they are worth."""
    first = shown_first(standings(results))
    if first is None:
        return ""
    names = dict(zip((r.info.name for r in results), short_names([r.info.title for r in results]), strict=True))
    scored = [(result, target, target.holdout) for result, target in first.targets if target.holdout is not None]
    scored.sort(key=lambda each: each[2].error)
    if len(scored) == 1 or not scored or scored[0][2].error == scored[-1][2].error:
        return ""
    low, high = (
        f"{below(holdout_error(target, score, 1), result.info.name)} in {names[result.info.name]}"
        for result, target, score in (scored[0], scored[-1])
    )
    return f"What the forecasts are worth, and most for {first.variable}: off by {low}, by {high}."


def _parameters(results: Sequence[StudyResult]) -> str:
    """Say how many parameters differ."""
    found = differing(results)
    apart = [each.name for each in found if each.apart]
    if not found:
        return ""
    of = f"{count(len(found), 'parameter')} that {'was' if len(found) == 1 else 'were'} estimated in each"
    if not apart:
        return f"Of {of}, none differs by more than the data leave open, which does not say that they are equal."
    named = listing(apart) if len(apart) <= _NAMED else f"{', '.join(apart[:_NAMED])} and {len(apart) - _NAMED} more"
    verb = "differs" if len(apart) == 1 else "differ"
    rest = "" if len(apart) == len(found) else f"; of the other {len(found) - len(apart)} the data do not say"
    return f"Of {of}, {len(apart)} {verb} by more than the data leave open: {named}{rest}."


SECTION = ReportSection("differing", 0, DIFFERS, studies=_studies, answers=_answer)
