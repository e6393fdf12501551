"""Check `twin`: the same model in another format says the same and runs the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from rcsd.analysis.checks.meaning import inlined, mean_the_same
from rcsd.analysis.checks.subject import Subject, quiet
from rcsd.analysis.difference.behaviour.comparing import output_pairs
from rcsd.analysis.difference.structure.comparing import compare_structure
from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange
from rcsd.analysis.difference.structure.subscripts import other_names
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.checks.finding import Finder, Finding, Grade
from rcsd.simulation.checks.reading import reading_findings
from rcsd.simulation.ir import Model
from rcsd.simulation.loading import LoadedModel, load
from rcsd.simulation.passes.uses import uses_of

_TOLERANCE = 1e-9
_GRADES: dict[str, Grade] = {"documentation": "note", "view": "note", "range": "warning"}
"""Aspects in which a difference is less than an error."""
_ABSENT: tuple[Grade, str] = "error", "add it here, or take it out there"
_WRITTEN_OUT: tuple[Grade, str] = "note", "name it here too"
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
    sides = _Sides(subject.model.ir, twin.ir, difference)
    for each in difference.removed:
        if sides.is_written_out(each.name, there=False):
            yield finder.at(each.name, "note", f"{name} writes its equation where it is used", "name it there too")
        else:
            yield finder.at(each.name, "error", f"{name} has no such variable", "add it there, or take it out here")
    for each in difference.added:
        grade, remedy = _ABSENT
        message = f"stands in {name} and not in {subject.model.path.name}"
        if sides.is_written_out(each.name, there=True):
            grade, remedy = _WRITTEN_OUT
            message += ", which writes its equation where it is used"
        yield Finding("twin", grade, each.name, twin.path, each.line, message, remedy)
    for change in difference.changed:
        yield from _of_variable(finder, twin, change, sides)
    for setting in difference.settings:
        if setting.matters:
            yield _of_setting(finder, name, setting)


class _Sides:
    """What two models mean, where one names a part of an equation that the other writes out, as formats ask for.

    Parameters
    ----------
    one, other : Model
        As read.
    difference : StructureDifference
        Of the two.
    """

    def __init__(self, one: Model, other: Model, difference: StructureDifference) -> None:
        self._models = one, other
        self._inlined = (
            inlined(one, [each.name for each in difference.removed]),
            inlined(other, [each.name for each in difference.added]),
        )
        self._uses = uses_of(one).uses, uses_of(other).uses
        self._counterparts = dict(difference.counterparts), {b: a for a, b in difference.counterparts.items()}

    def same(self, name: str, there: str) -> bool:
        """Whether the equations of a variable give the same values, whatever else they call by a name."""
        return mean_the_same(*self._models, name, there, self._inlined)

    def is_written_out(self, name: str, *, there: bool) -> bool:
        """Whether a variable of one model stands in the other as its equation, wherever it is used."""
        users = self._uses[there].get(name, ())
        is_known = canonical(name) in self._inlined[there]
        return is_known and bool(users) and all(self._has_it(each, there) for each in users)

    def _has_it(self, user: str, there: bool) -> bool:
        """Whether the other model has the equation of a user, or writes that out as well."""
        other = self._counterparts[there].get(user)
        if other is None:
            return self.is_written_out(user, there=there)
        return self.same(*((other, user) if there else (user, other)))


def _of_variable(finder: Finder, twin: LoadedModel, change: VariableChange, sides: _Sides) -> Iterator[Finding]:
    place = f"{twin.path.name}:{change.new.line}"
    if change.is_renamed:
        yield finder.at(
            change.old.name,
            "error",
            f"is called {change.new.name!r} in {place}",
            "give it one name in both",
        )
    for each in change.changes:
        same = each.aspect == "equation" and sides.same(change.old.name, change.new.name)
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
