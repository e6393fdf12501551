"""Which loops lead the fitted run, and when: in words, as a table and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from rcsd.analysis.loops.polarity import WORDS
from rcsd.report.chart import Chart, Line, Panel, linear, time
from rcsd.report.chart.layers import Dash
from rcsd.report.drawing.style import CITY_COLOURS
from rcsd.report.fact import bare, fact
from rcsd.report.page import Section
from rcsd.report.spoken import periods, span, spoken
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import capital, count, listing, percent
from rcsd.study.findings.checked.loops import FittedLoops, Lead, LoopCourse, LoopPartition
from rcsd.study.steps.fitted_loops import NAME
from rcsd.tables import shortened

_TOLD, _LISTED = 5, 4
"""Stretches that a sentence tells one after the other, and that a row of the table lists."""
_LONGEST, _LABEL = 150, 44
_NAMED = 3
_LONG = 20.0
"""Periods of a run from which on a tenth of one says nothing more."""
_DASHES: Final[dict[str, Dash]] = {"R": "solid", "Ru": "solid", "U": "dotted"}
"""A reinforcing loop is drawn solid, a balancing one dashed."""


def fitted_section(found: FittedLoops, anchor: str, heading: str) -> Section:
    """Arrange the loops of the fitted run."""
    if found.fault:
        return Section(anchor, heading, points=(f"Loops were not scored: {found.fault}.",))
    if not found.partitions:
        return Section(anchor, heading, points=("The model has no feedback loop.",))
    shown = [i for i, each in enumerate(found.partitions) if each.n_loops > 1 and each.loops]
    return Section(
        anchor,
        heading,
        paragraphs=(_what(found),),
        points=tuple(_story(found, i) for i in shown) or (_single(found),),
        drawings=(_chart(found, shown),) if shown else (),
        tables=(_table(found),),
    )


def leading(found: FittedLoops) -> str:
    """Say in a sentence which loop leads longest; empty where none competes with another."""
    competing = [each for each in found.partitions if each.n_loops > 1 and each.loops]
    if not competing:
        return ""
    longest = max(competing[0].loops, key=lambda loop: _length(loop.leads))
    return f"In the fitted run, {_name(longest)} leads longest of {count(competing[0].n_loops, 'feedback loop')}."


def _what(found: FittedLoops) -> str:
    notes = "".join(f" {capital(note)}." for note in found.notes)
    return (
        "Loops That Matter (Schoenberg, Davidsen and Eberlein 2020) scores each loop by what its links contribute to "
        "the changes of its variables; a loop leads while no other loop of the same stocks has a greater score. This "
        f"is the fitted run, one of many that the data allow.{notes}"
    )


def _single(found: FittedLoops) -> str:
    """Say that nothing competes where each group of stocks has one loop."""
    names = listing([_name(each.loops[0]) for each in found.partitions if each.loops] or ["none"])
    return f"No stocks share two loops, so that none leads another: {names}."


def _story(found: FittedLoops, i: int) -> str:
    """Tell which loops of a partition lead one after the other; of many turns, those that lead longest."""
    partition = found.partitions[i]
    among = f"Of the {partition.n_loops:,} loops through {_stocks(partition)}"
    turns = sorted(((lead, loop) for loop in partition.loops for lead in loop.leads), key=lambda each: each[0].start)
    if not turns:
        return f"{among}, none of the strongest leads for long."
    if len(turns) <= _TOLD:
        told = [f"{_name(loop)} ({WORDS[loop.polarity]}) leads {_within(found, lead)}" for lead, loop in turns]
        return f"{among}, {listing(told)}."
    longest = sorted(partition.loops, key=lambda loop: -_length(loop.leads))[:_NAMED]
    whole = float(found.times[-1] - found.times[0])
    told = [
        f"{_name(loop)} ({WORDS[loop.polarity]}) in {percent(100 * _length(loop.leads) / whole, 0)}"
        for loop in longest
        if loop.leads
    ]
    return f"{among}, the lead changes often: {listing(told)} of all {periods()}."


def _length(leads: Sequence[Lead]) -> float:
    return sum(lead.stop - lead.start for lead in leads)


def _stocks(partition: LoopPartition) -> str:
    stocks = partition.stocks
    if len(stocks) <= _NAMED:
        return listing(stocks)
    return f"{', '.join(stocks[:_NAMED])} and {len(stocks) - _NAMED} more stocks"


def _name(loop: LoopCourse) -> str:
    return f"“{loop.name}”" if loop.name else f"{loop.id} through {shortened(' → '.join(loop.variables), _LABEL)}"


def _stretch(found: FittedLoops, lead: Lead) -> str:
    """Date a stretch, no finer than its run is long."""
    digits = 0 if found.times[-1] - found.times[0] > _LONG else 1
    first, last = round(lead.start, digits), round(lead.stop, digits)
    return spoken().window(span(first, last))


def _within(found: FittedLoops, lead: Lead) -> str:
    """Say when, in a sentence: in 1905–1909, from one date to another."""
    stretch = _stretch(found, lead)
    return f"{'from' if ' to ' in stretch else 'in'} {stretch}"


def _table(found: FittedLoops) -> Table:
    rows = [
        (
            Cell(loop.name or loop.id),
            *cells(WORDS[loop.polarity], shortened(" → ".join((*loop.variables, loop.variables[0])), _LONGEST)),
            Cell(fact(percent(100 * loop.mean_share, 0), *_place(i, k), "mean_share", times=100)),
            Cell(_leads(found, loop)),
        )
        for i, partition in enumerate(found.partitions)
        for k, loop in enumerate(partition.loops)
    ]
    return Table(
        "The strongest loops of the fitted run",
        (*words("Loop", "Kind", "Variables"), *numbers("Mean share"), *words("Leads in")),
        tuple(rows),
        note="Mean share: of all scores of loops through the same stocks, whatever their sign.",
    )


def _place(i: int, k: int) -> tuple[str | int, ...]:
    return NAME, "partitions", i, "loops", k


def _leads(found: FittedLoops, loop: LoopCourse) -> str:
    longest = sorted(loop.leads, key=lambda lead: lead.start - lead.stop)[:_LISTED]
    told = [_stretch(found, lead) for lead in sorted(longest, key=lambda lead: lead.start)]
    more = len(loop.leads) - len(longest)
    return ", ".join(dict.fromkeys(told)) + (
        f", and {count(more, 'shorter stretch', 'shorter stretches')}" if more else ""
    )


def _chart(found: FittedLoops, shown: Sequence[int]) -> Chart:
    panels = tuple(_panel(found, found.partitions[i]) for i in shown)
    return Chart(
        "fitted-loops",
        panels,
        " ".join(bare(_story(found, i)) for i in shown),
        "Share of each loop in the scores of all loops through the same stocks, in the fitted run: reinforcing loops "
        "solid, balancing ones dashed. The highest leads.",
        wide=True,
    )


def _panel(found: FittedLoops, partition: LoopPartition) -> Panel:
    lines = tuple(
        Line(
            found.times,
            np.abs(100 * loop.relative),
            shortened(f"{loop.id} {loop.name}" if loop.name else f"{loop.id} {' → '.join(loop.variables)}", _LABEL),
            colour,
            _DASHES.get(loop.polarity, "dashed"),
        )
        for loop, colour in zip(partition.loops, CITY_COLOURS, strict=False)
    )
    return Panel(lines, time(), linear("share of all scores (%)", low=0.0), title=f"Loops through {_stocks(partition)}")
