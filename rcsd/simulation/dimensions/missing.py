"""Variables without a unit, with the unit that the equations give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.ir import Model, Variable

_MOST = 8
"""Variables that are named."""
_FEW = 0.5
"""Share of variables with a unit below which a model is not one whose units can be checked."""
_WORDS = {"constant": "constant", "stock": "stock", "flow": "flow", "lookup": "table", "data": "data variable"}
_REMEDY = "state a unit for each, Dmnl where it has none"


def missing_units(
    model: Model, missing: Sequence[Variable], inferred: Mapping[str, str | None]
) -> Iterator[UnitFinding]:
    """Say which variables have no unit, in one finding.

    Parameters
    ----------
    model : Model
        Whose.
    missing : sequence of Variable
        Those without. Further outputs of a macro, whose units stand there, are not told of.
    inferred : mapping of str to str or None
        The unit that each must have, by name.
    """
    lines = [variable.line for variable in model]
    missing = [each for each in missing if model.format == "xmile" or lines.count(each.line) == 1]
    if not missing:
        return
    first, n, total = missing[0], len(missing), len(model.variables)
    if n == total:
        yield UnitFinding("note", None, first.line, "no variable has a unit: nothing can be checked", _REMEDY)
    elif n > total * (1 - _FEW):
        message = f"{n} of {total} variables have no unit: only equations of the others are checked"
        yield UnitFinding("note", None, first.line, message, _REMEDY)
    elif n == 1:
        message = f"the {_WORDS.get(first.kind, 'variable')} {first.name!r} has no unit"
        yield UnitFinding("warning", first.name, first.line, message, _remedy(missing, inferred))
    else:
        named = ", ".join(f"{each.name!r} (line {each.line})" for each in missing[:_MOST])
        message = f"{n} of {total} variables have no unit: {named}{', ...' if n > _MOST else ''}"
        yield UnitFinding("warning", None, first.line, message, _remedy(missing, inferred))


def _remedy(missing: Sequence[Variable], inferred: Mapping[str, str | None]) -> str:
    known = [(each.name, unit) for each in missing if (unit := inferred.get(each.name)) is not None]
    if not known:
        return "state it, Dmnl where there is none" if len(missing) == 1 else _REMEDY
    if len(missing) == 1:
        return f"the equations make it {known[0][1]}: state it"
    listed = ", ".join(f"{name!r} {unit}" for name, unit in known[:_MOST])
    return f"{_REMEDY}; the equations make {listed}{', ...' if len(known) > _MOST else ''}"
