"""The parameters of several studies side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.fact import below, fact
from rcsd.report.spoken import period
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, measured, percent, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.differing import Differing, Known, Pace, paces
from rcsd.study.written.standing import Standing


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


def paces_table(results: Sequence[StudyResult], series: Sequence[Standing]) -> Table:
    """One row per series: how fast it changed in each study, in the fit window and in the hold-out."""
    names = short_names([result.info.title for result in results])
    rows = []
    for standing in series:
        found = {pace.study.info.name: pace for pace in paces(standing.targets)}
        if found:
            rows.append((Cell(standing.variable), *(_pace(found.get(result.info.name)) for result in results)))
    return Table(
        caption=f"How fast the observed series changed: per {period()}, in the fit window → in the hold-out",
        columns=(*words("Series"), *numbers(*names)),
        rows=tuple(rows),
        note="Compounded from the first to the last value that counts. Red: the sign turns, which nothing in the fit "
        "window foretold.",
    )


def _pace(pace: Pace | None) -> Cell:
    if pace is None:
        return Cell(MISSING)
    turns = pace.fitted * pace.held_out < 0
    text = f"{_change(pace.fitted)} → {_change(pace.held_out)}".replace(" ", NO_BREAK)
    return Cell(text, "alert" if turns else "")


def _change(value: float) -> str:
    return (
        percent(value, 1).replace("-", "−")
        if value < 0
        else f"+{percent(value, 1)}"
        if value > 0
        else percent(value, 1)
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
    # only between the numbers: a mark holds the parameter's name as it is
    return below(f"{median}{NO_BREAK}({low}{NO_BREAK}to{NO_BREAK}{high})", known.study.info.name)
