"""What differs between several studies: which parameters, and in which of them."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.page import Section
from rcsd.report.question import DIFFERS
from rcsd.report.section import ReportSection
from rcsd.report.sections.differing.table import differing_table, interval_words
from rcsd.report.spoken import spoken
from rcsd.report.wording import count, listing, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.differing import Differing, differing

_NAMED = 4
"""Parameters up to which a sentence names them; more are counted."""


def _studies(results: Sequence[StudyResult]) -> list[Section]:
    found = differing(results)
    if not found:
        return []
    return [
        Section(
            "differing",
            "Estimated parameters",
            points=tuple(_point(results, each) for each in found if each.apart),
            tables=(differing_table(results, found),),
        )
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
    found = differing(results)
    apart = [each.name for each in found if each.apart]
    units = spoken().words.units
    if not found:
        return ""
    of = f"{count(len(found), 'parameter')} that {'was' if len(found) == 1 else 'were'} estimated for several {units}"
    if not apart:
        return (
            f"Of {of}, none differs by more than the data leave open: the {units} may differ, but these data do not "
            "say so."
        )
    named = listing(apart) if len(apart) <= _NAMED else f"{', '.join(apart[:_NAMED])} and {len(apart) - _NAMED} more"
    verb = "differs" if len(apart) == 1 else "differ"
    rest = "" if len(apart) == len(found) else f"; of the other {len(found) - len(apart)} the data do not say"
    return f"Of {of}, {len(apart)} {verb} by more than the data leave open: {named}{rest}."


SECTION = ReportSection("differing", 0, DIFFERS, studies=_studies, answers=_answer)
