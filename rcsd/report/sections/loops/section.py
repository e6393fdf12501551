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
from rcsd.report.sections.loops.fitted import fitted_section, leading
from rcsd.report.spoken import periods
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import count, listing, percent
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


def leading_loop(result: StudyResult) -> str:
    """Say in a sentence which loop has the most to say; empty where none does."""
    found, fitted = result.get(LOOPS), result.get(FITTED_LOOPS)
    if found is None or found.dominance is None:
        return "" if fitted is None else leading(fitted)
    named = [each for each in found.dominance.families if np.nansum(each.rules) > 0]
    if not named:
        return ""
    most = max(named, key=lambda each: float(np.nanmean(each.rules)))
    return f"Of the feedback loops with a name, “{most.name}” rules most often."


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
        tables.append(_named_table(named))
    singles = [each for each in found.loops if np.nanmax(each.rules) > 0][:_ROWS]
    if singles:
        tables.append(_singles_table(found, singles))
    return tables


def _named_table(named: Sequence[Ruling]) -> Table:
    """One row for each loop with a name; the figure has its years."""
    rows = ((Cell(each.name), *cells(kind_of(each), *_shares(each))) for each in named)
    columns = (*words("Loop", "Kind"), *numbers("Share", "Rules"))
    return Table("Loops with a name", columns, tuple(rows), _note("of the loops with a name"))


def _singles_table(found: Dominance, singles: Sequence[Ruling]) -> Table:
    rows = []
    for each in singles:
        year, share = most_often(each, found.starts)
        when = (f"{year:g}", percent(100 * share, 0))
        chain = shortened(each.name, _LONGEST)
        rows.append((Cell(_ends(each.name)), *cells(kind_of(each), *_shares(each), *when, chain)))
    columns = (*words("Loop", "Kind"), *numbers("Share", "Rules", "Most often in", "Rules then"), *words("Variables"))
    return Table("Single loops that rule most often", columns, tuple(rows), _note("of all single loops"))


def _ends(chain: str) -> str:
    """Name a loop by its first variable and how many follow it."""
    first, *others = [each.strip() for each in chain.split("→")]
    return f"{first} and {count(len(others) - 1, 'more', 'more')}" if len(others) > 1 else first


def _shares(each: Ruling) -> tuple[str, str]:
    return percent(100 * float(np.nanmean(each.median)), 1), percent(100 * float(np.nanmean(each.rules)), 0)


def _note(among: str) -> str:
    return (
        f"Share: of all scores, median over draws, mean over {periods()}. Rules: share of draws and {periods()} "
        f"in which this one has the most {among}."
    )


SECTION = ReportSection("loops", 115, SOUND, study=_study)
