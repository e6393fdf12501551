"""The part of a study's report on feedback loops and when each of them rules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.loops import Dominance, Ruling
from rcsd.report.loops.figures import ruling_figure
from rcsd.report.loops.words import kind_of, most_often, ruling_sentences
from rcsd.report.page import Section
from rcsd.report.question import SOUND
from rcsd.report.section import ReportSection
from rcsd.report.sections.loops.fitted import fitted_section
from rcsd.report.spoken import periods
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import listing, percent
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.fitted_loops import FITTED_LOOPS
from rcsd.study.steps.loops import LOOPS
from rcsd.tables import shortened

_HEADING = "Which feedback loops rule"
_ROWS = 8
_LONGEST = 150
"""Letters of a chain of variables in a table."""


def _study(result: StudyResult) -> list[Section]:
    found = result.get(LOOPS)
    if found is None:
        fitted = result.get(FITTED_LOOPS)
        return [] if fitted is None else [fitted_section(fitted, "loops", _HEADING)]
    if found.dominance is None:
        return [Section("loops", _HEADING, points=(f"Loop dominance was not worked out: {found.fault}.",))]
    ruling = found.dominance
    drawing = ruling_figure(ruling)
    return [
        Section(
            "loops",
            _HEADING,
            paragraphs=(_what(ruling),),
            points=ruling_sentences(ruling),
            drawings=() if drawing is None else (drawing,),
            tables=tuple(_tables(ruling)),
        )
    ]


def _what(found: Dominance) -> str:
    about = f" Loops through the stocks behind {found.of} count: {listing(found.of_states)}." if found.of else ""
    return (
        "Loops That Matter (Schoenberg, Davidsen and Eberlein 2020) scores each loop by what its links contribute to "
        "the changes of its variables; a loop rules while it has the greatest share of all scores. This is asked in "
        f"{found.n_runs - found.n_failed:,} draws of the posterior of all compared {periods()}.{about} A loop with a "
        "name stands for all loops that run along its marked links, such as wages into unit cost."
    )


def _tables(found: Dominance) -> list[Table]:
    tables = []
    named = [each for each in found.families if np.nansum(each.high) > 0]
    if named:
        tables.append(_table("Loops with a name", found, named, "of the loops with a name"))
    singles = [each for each in found.loops if np.nanmax(each.rules) > 0][:_ROWS]
    if singles:
        tables.append(_table("Single loops that rule most often", found, singles, "of all single loops"))
    return tables


def _table(caption: str, found: Dominance, rulings: Sequence[Ruling], among: str) -> Table:
    rows = []
    for each in rulings:
        year, share = most_often(each, found.starts)
        rows.append(
            (
                Cell(shortened(each.name, _LONGEST)),
                *cells(kind_of(each), percent(100 * float(np.nanmean(each.median)), 1)),
                *cells(percent(100 * float(np.nanmean(each.rules)), 0), f"{year:g}", percent(100 * share, 0)),
            )
        )
    return Table(
        caption=caption,
        columns=(*words("Loop", "Kind"), *numbers("Share", "Rules", "Most often in", "Rules then")),
        rows=tuple(rows),
        note=(
            f"Share: of all scores, median over draws, mean over {periods()}. Rules: share of draws and {periods()} "
            f"in which this one has the most {among}."
        ),
    )


SECTION = ReportSection("loops", 115, SOUND, study=_study)
