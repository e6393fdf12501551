"""The parameters of several studies side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.fact import below, fact
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, measured, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.differing import Differing, Known


def differing_table(results: Sequence[StudyResult], found: Sequence[Differing]) -> Table:
    """One row per parameter: median and 90 % interval of each study, and whether two of them share no value."""
    names = short_names([result.info.title for result in results])
    return Table(
        caption="Parameters side by side: median and 90 % interval",
        columns=(*words("Parameter", "Unit", "Differs"), *numbers(*names)),
        rows=tuple(
            (
                *cells(each.name, each.unit, "yes" if each.apart else "not known"),
                *(_cell(each, result) for result in results),
            )
            for each in found
        ),
        note="Differs: the 90 % intervals of two of them share no value. Not known is not the same as equal: a wide "
        "interval, or a prior that all share, hides a difference.",
    )


def _cell(each: Differing, result: StudyResult) -> Cell:
    known = next((one for one in each.each if one.study is result), None)
    return Cell(MISSING if known is None else interval_words(each.name, known))


def interval_words(name: str, known: Known) -> str:
    """Write a median and its interval."""
    low, median, high = (
        fact(measured(value, 3), "parameters", name, "posterior", i)
        for i, value in enumerate((known.low, known.median, known.high))
    )
    return below(f"{median} ({low} to {high})".replace(" ", NO_BREAK), known.study.info.name)
