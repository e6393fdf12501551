"""The checks of the model as a table: one row each, what it has come to, and what holds where it passes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rcsd.report.sections.checks.words import moved, outcome
from rcsd.report.spoken import at_times
from rcsd.report.table import Cell, Table, cells, words
from rcsd.report.wording import percent
from rcsd.study.findings.checked.result import CheckedModel, MadeCheck, Rerun

_FIRST = ("units", "step", "extremes", "trials", "material", "conserved", "stocks", "drained")
"""What a reviewer asks for first; the others follow in the order in which they are made."""
_READING = ("loads", "defined", "arguments", "circular")


def checks_table(found: CheckedModel) -> Table:
    """One row for each check of the file that was made, and for each rerun of the fitted model."""
    made = sorted(_joined(found.made), key=lambda each: _FIRST.index(each.name) if each.name in _FIRST else len(_FIRST))
    rows = [_row(each) for each in made]
    allowed = percent(100 * found.half_step.largest, 0)
    half = f"half the step ({found.step:g}) moves no compared series by more than {allowed} of its size"
    other = f"the interpreter gives the same fitted run, within {found.engines.largest:g} in every variable"
    rows[2:2] = [
        *_of_rerun("half a step", half, found.half_step, "half_step"),
        *_of_rerun("engines", other, found.engines, "engines"),
    ]
    return Table(
        "Checks of the model",
        words("Check", "Outcome", "What holds where it passes"),
        tuple(rows),
        note=_note(found),
    )


def _joined(made: tuple[MadeCheck, ...]) -> list[MadeCheck]:
    """Put the checks of reading into one where all of them pass: a model that runs has passed them."""
    reading = [each for each in made if each.name in _READING]
    if not reading or any(not each.passed or each.n_notes or each.n_accepted for each in reading):
        return list(made)
    about = "; ".join(each.about for each in reading)
    return [replace(reading[0], name="reading", about=about), *(each for each in made if each not in reading)]


def _row(check: MadeCheck) -> tuple[Cell, ...]:
    grave = bool(check.n_errors or check.n_warnings)
    result = outcome(check.n_errors, check.n_warnings, check.n_notes, check.n_accepted)
    return (Cell(check.name), Cell(result, "alert" if grave else ""), *cells(check.about))


def _of_rerun(name: str, about: str, rerun: Rerun, key: str) -> Iterable[tuple[Cell, ...]]:
    worst = rerun.worst
    if worst is None:
        return
    moves = f"{worst.variable} moves most, by {moved(worst, key)} {at_times(worst.period)}"
    passed = Cell("passed") if rerun.passed else Cell("not met", "alert")
    yield (Cell(name), passed, *cells(f"{about}; {moves if worst.share else 'nothing moves'}"))


def _note(found: CheckedModel) -> str:
    """Say where the declarations are from, and what was not checked."""
    declared = (
        f"{found.file} beside the model declares extremes, loops and tolerances."
        if found.file
        else "No file beside the model declares runs of extremes or loops, so that none were checked."
    )
    # what a command could be asked for instead, behind a semicolon, is nothing that a reader of a page can do
    unmade = [f"{each.name} ({each.unmade.partition(';')[0]})" for each in found.checks if each.unmade]
    unmade += [f"{name} ({each.unmade})" for name, each in _reruns(found) if each.unmade]
    left = f" Not made: {'; '.join(unmade)}." if unmade else ""
    return f"{declared}{left} PySD, the second reader of the file, is compared by rcsd check --deep only."


def _reruns(found: CheckedModel) -> tuple[tuple[str, Rerun], ...]:
    return ("half a step", found.half_step), ("engines", found.engines)
