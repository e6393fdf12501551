"""Check `twin`: the same model in another format says the same and runs the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from rcsd.analysis.checks.meaning import mean_the_same
from rcsd.analysis.checks.subject import Subject, quiet
from rcsd.analysis.difference.behaviour.comparing import output_pairs
from rcsd.analysis.difference.structure.comparing import compare_structure
from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange
from rcsd.analysis.difference.structure.subscripts import other_names
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError
from rcsd.simulation.checks.finding import Finder, Finding, Grade
from rcsd.simulation.checks.reading import reading_findings
from rcsd.simulation.loading import LoadedModel, load

_TOLERANCE = 1e-9
_GRADES: dict[str, Grade] = {"documentation": "note", "view": "note", "range": "warning"}
"""Aspects in which a difference is less than an error."""
_MOST_LETTERS = 120
_CONTROL = {"start": "initial time", "stop": "final time", "save_step": "saveper"}


def twin_findings(subject: Subject) -> Iterator[Finding]:
    """Compare a model with its twin: what both files say, then their base runs."""
    if subject.twin is None:
        return
    try:
        with quiet():
            twin = load(subject.twin)
            difference = compare_structure(subject.model.ir, twin.ir)
    except ModelError as error:
        yield from (replace(each, check="twin") for each in reading_findings(error, subject.twin))
        return
    yield from _structure(subject, twin, difference)
    yield from _behaviour(subject, twin, difference)


def _structure(subject: Subject, twin: LoadedModel, difference: StructureDifference) -> Iterator[Finding]:
    finder, name = Finder("twin", subject.model.ir), twin.path.name
    for each in difference.removed:
        yield finder.at(each.name, "error", f"{name} has no such variable", "add it there, or take it out here")
    for each in difference.added:
        message = f"stands in {name} and not in {subject.model.path.name}"
        yield Finding("twin", "error", each.name, twin.path, each.line, message, "add it here, or take it out there")
    for change in difference.changed:
        yield from _of_variable(finder, twin, change)
    for setting in difference.settings:
        if setting.matters:
            yield _of_setting(finder, name, setting)


def _of_variable(finder: Finder, twin: LoadedModel, change: VariableChange) -> Iterator[Finding]:
    place = f"{twin.path.name}:{change.new.line}"
    if change.is_renamed:
        yield finder.at(
            change.old.name,
            "error",
            f"is called {change.new.name!r} in {place}",
            "give it one name in both",
        )
    for each in change.changes:
        same = each.aspect == "equation" and mean_the_same(finder.model, twin.ir, change.old.name, change.new.name)
        if each.matters and not same:  # what a format cannot say is written out in it, and means the same
            yield finder.at(
                change.old.name,
                _GRADES.get(each.aspect, "error"),
                f"its {each.aspect} differs: {_said(each.old)}, and in {place} {_said(each.new)}",
                f"make the {each.aspect} the same in both",
            )


def _of_setting(finder: Finder, twin: str, setting: Change) -> Finding:
    control = _CONTROL.get(setting.name, setting.name)
    known = control if control in finder.model.control_lines else "time step"
    return finder.at_control(
        known,
        _GRADES.get(setting.aspect, "error"),
        f"the {setting.aspect} ({setting.name}) differs: {_said(setting.old)}, and in {twin} {_said(setting.new)}",
        "make it the same in both",
    )


def _said(text: str) -> str:
    """Quote one side of a difference, cut to a line."""
    line = " ".join(text.split())
    return f"`{line[:_MOST_LETTERS]}{'...' if len(line) > _MOST_LETTERS else ''}`" if line else "nothing"


def _behaviour(subject: Subject, twin: LoadedModel, difference: StructureDifference) -> Iterator[Finding]:
    """Report the variable whose base runs part first."""
    if subject.model.ir.random or any(each.matters for each in difference.settings if each.aspect == "time axis"):
        return
    base, finder = subject.base, Finder("twin", subject.model.ir)
    with quiet():
        try:
            other = twin.run(times=base.times, backend="interpreted")
        except ModelError as error:
            line = f"{twin.path.name} cannot be run: {error}"
            yield finder.at_control("time step", "error", line, "correct it there")
            return
    subscripts = other_names(subject.model.ir.ranges, twin.ir.ranges)
    pairs = output_pairs(difference.counterparts, base.variables, other.variables, lambda e: subscripts.get(e, e))
    gaps = _gaps(base, other, pairs)
    if gaps:
        name, size, time = gaps[0]
        more = f" ({len(gaps)} variables differ)" if len(gaps) > 1 else ""
        yield finder.at(
            name,
            "error",
            f"its base run differs from that in {twin.path.name} by {size:.1e} of its size at time {time:g}{more}",
            "make the equations, values and tables that differ the same in both",
        )


def _gaps(one: Ensemble, other: Ensemble, pairs: Mapping[str, str]) -> list[tuple[str, float, float]]:
    """Return the variables of which two runs differ, with size and time: the first to differ first."""
    found = []
    for name, there in pairs.items():
        a, b = one.of(name)[0], other.of(there)[0]
        known = np.isfinite(a)
        with np.errstate(invalid="ignore"):
            gap = np.where(known & np.isfinite(b), np.abs(a - b), np.where(known == np.isfinite(b), 0.0, np.inf))
        share = gap / max(float(np.max(np.abs(a[known]), initial=0.0)), 1e-12)
        if share.max(initial=0.0) > _TOLERANCE:
            at = int(np.argmax(share))
            found.append((int(np.argmax(share > _TOLERANCE)), -float(share[at]), name, float(one.times[at])))
    return [(name, -size, time) for _, size, name, time in sorted(found)]
