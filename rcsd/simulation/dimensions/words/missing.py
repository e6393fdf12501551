"""Variables without a unit, with the unit that the equations give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rcsd.names import canonical
from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.dimensions.run import TIME
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.ir import Model, Variable

_MOST = 8
"""Variables that are named."""
_FEW = 0.5
"""Share of variables with a unit below which a model is not one whose units can be checked."""
_REMEDY = "state a unit for each, Dmnl where it has none"


def missing_units(stated: Stated, inferred: Mapping[str, str | None]) -> Iterator[UnitFinding]:
    """Say which variables have no unit, in one finding, and whether the time has none.

    Parameters
    ----------
    stated : Stated
        The units of the model. Further outputs of a macro, whose units stand there, are not told of.
    inferred : mapping of str to str or None
        The unit that each variable must have, by name, and that of `TIME`.
    """
    model = stated.model
    lines = [variable.line for variable in model]
    missing = [each for each in stated.missing if model.format == "xmile" or lines.count(each.line) == 1]
    n, total = len(missing), len(model.variables)
    if n > total * (1 - _FEW):
        what = f"{n} of {total} variables have no unit: only equations of the others are checked"
        message = "no variable has a unit: nothing can be checked" if n == total else what
        yield UnitFinding("note", None, missing[0].line, message, _REMEDY)
        return
    if missing:
        yield _listed(missing, total, inferred)
    if stated.time is None and not any(each.variable is None for each in stated.unread):
        known = inferred.get(TIME)
        where = "TIME STEP" if model.format == "vensim" else "time_units of <sim_specs>"
        remedy = f"state it beside {where}" + ("" if known is None else f"; the equations make it {known}")
        yield UnitFinding("warning", None, None, "the time has no unit", remedy)


def _listed(missing: Sequence[Variable], total: int, inferred: Mapping[str, str | None]) -> UnitFinding:
    first, n = missing[0], len(missing)
    if n == 1:
        return UnitFinding("warning", first.name, first.line, "has no unit", _remedy(missing, inferred))
    named = ", ".join(f"{each.name!r} (line {each.line})" for each in missing[:_MOST])
    message = f"{n} of {total} variables have no unit: {named}{', ...' if n > _MOST else ''}"
    return UnitFinding("warning", None, first.line, message, _remedy(missing, inferred))


def _remedy(missing: Sequence[Variable], inferred: Mapping[str, str | None]) -> str:
    known = [(each.name, unit) for each in missing if (unit := inferred.get(each.name)) is not None]
    if not known:
        return "state it, Dmnl where there is none" if len(missing) == 1 else _REMEDY
    if len(missing) == 1:
        return f"the equations make it {known[0][1]}: state it"
    listed = ", ".join(f"{name!r} {unit}" for name, unit in known[:_MOST])
    return f"{_REMEDY}; the equations make {listed}{', ...' if len(known) > _MOST else ''}"


def unseen_equations(model: Model) -> Iterator[UnitFinding]:
    """Say which equations have a form that is not looked at."""
    seen = {canonical(definition.name) for definition in model.definitions}
    unseen = [each for each in model if canonical(each.name) not in seen]
    if unseen:
        named = ", ".join(repr(each.name) for each in unseen[:_MOST])
        message = f"{len(unseen)} equations are not looked at: {named}{', ...' if len(unseen) > _MOST else ''}"
        yield UnitFinding("note", None, unseen[0].line, message, "their functions run through PySD only")
