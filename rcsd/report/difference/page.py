"""The difference of two models as a page of its own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rcsd.analysis.difference.behaviour.difference import BehaviourDifference, Moved
from rcsd.analysis.difference.comparing import ModelDifference
from rcsd.analysis.difference.structure.difference import StructureDifference, VariableChange
from rcsd.report.difference.drawing import draw_moved
from rcsd.report.difference.words import HEADINGS, behaviour_lines, moved_rows, place, shown, summary, verdict
from rcsd.report.page import Section, render_page
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.simulation.ir import Variable

_MOST_DRAWN = 12
_MOST_ROWS = 60


def difference_page(difference: ModelDifference, old: str, new: str) -> str:
    """Write a page that needs no other file.

    Parameters
    ----------
    difference : ModelDifference
        Of two models.
    old, new : str
        What the reader knows them by.
    """
    structure, behaviour = difference.structure, difference.behaviour
    sections = [*_structure(structure)]
    if behaviour is not None:
        sections.append(_behaviour(behaviour))
    return render_page("What changed", f"{old} → {new}. {summary(structure)}", sections, notice=_notice(difference))


def _notice(difference: ModelDifference) -> str:
    return verdict(difference) if difference.not_run else ""


def _structure(structure: StructureDifference) -> Iterator[Section]:
    tables = [
        Table("Added variables", words("Variable", "Kind", "Unit", "Equation"), tuple(map(_row, structure.added))),
        Table("Removed variables", words("Variable", "Kind", "Unit", "Equation"), tuple(map(_row, structure.removed))),
        Table(
            "Renamed variables",
            words("Old name", "New name"),
            tuple(cells(each.old.name, each.new.name) for each in structure.renamed),
        ),
        Table(
            "Changed variables",
            words("Variable", "What", "Old", "New", "Where they differ"),
            tuple(row for each in structure.changed for row in _changes(each, matters=True)),
        ),
        Table(
            "Settings of the model",
            words("Setting", "What", "Old", "New", "Where they differ"),
            tuple(
                (
                    *cells(each.name or each.aspect, each.aspect, shown(each.old), shown(each.new)),
                    Cell("; ".join(each.details)),
                )
                for each in structure.settings
            ),
        ),
        Table(
            "Written otherwise, with the same meaning",
            words("Variable", "What", "Old", "New", "Where they differ"),
            tuple(row for each in structure.changed for row in _changes(each, matters=False)),
        ),
    ]
    uncompared = ", ".join(structure.uncompared)
    notes = (f"Equations that could not be compared: {uncompared}.",) if uncompared else ()
    yield Section("structure", "Equations, units and words", (summary(structure), *notes), tables=tuple(tables))


def _row(variable: Variable) -> tuple[Cell, ...]:
    return (*cells(variable.name, variable.kind, variable.unit), Cell(shown(variable.equation), "code"))


def _changes(change: VariableChange, *, matters: bool) -> Iterator[tuple[Cell, ...]]:
    for each in change.changes:
        if each.matters == matters:
            mark = "code" if each.aspect in ("equation", "value") else ""
            yield (
                Cell(f"{change.new.name}{place(change)}"),
                Cell(each.aspect),
                Cell(shown(each.old), mark),
                Cell(shown(each.new), mark),
                Cell("; ".join(each.details)),
            )


def _behaviour(behaviour: BehaviourDifference) -> Section:
    rows = tuple(cells(*row) for row in moved_rows(behaviour.moved[:_MOST_ROWS]))
    columns: tuple[Column, ...] = (*words(*HEADINGS[:2]), *numbers(*HEADINGS[2:]))
    note = (
        "Base run and draws: the largest difference at one time as a share of the range that the variable covers in "
        "both models together. In sd: the largest mean difference at one time, in standard deviations of the old "
        "model's draws."
    )
    if len(behaviour.moved) > _MOST_ROWS:
        note += f" The {_MOST_ROWS} that moved most are shown."
    return Section(
        "behaviour",
        "Runs",
        tuple(behaviour_lines(behaviour)),
        drawings=tuple(draw_moved(behaviour, each) for each in _drawn(behaviour)),
        tables=(Table("Variables that moved most", columns, rows, note),),
    )


def _drawn(behaviour: BehaviourDifference) -> list[Moved]:
    """Choose what is drawn: what moved most of what moves in time."""
    moving = [each for each in behaviour.moved if np.ptp(each.old) > 0 or np.ptp(each.new) > 0]
    return moving[:_MOST_DRAWN]
