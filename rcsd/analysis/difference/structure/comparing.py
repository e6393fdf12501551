"""Two models -> what their files say differently."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange
from rcsd.analysis.difference.structure.equations import Compared, equation_change
from rcsd.analysis.difference.structure.form import Forms
from rcsd.analysis.difference.structure.renaming import renamed
from rcsd.analysis.difference.structure.subscripts import other_names, range_changes
from rcsd.analysis.difference.structure.variables import Variables
from rcsd.analysis.difference.structure.views import view_changes, views_of
from rcsd.errors import UnitError
from rcsd.names import canonical
from rcsd.simulation.ir import Model, TimeAxis, Variable
from rcsd.simulation.ir.file.limits import limits_of
from rcsd.units import same_unit

_TIMES = {
    "start": "initial time",
    "stop": "final time",
    "step": "time step",
    "save_step": "save step",
    "method": "integration method",
    "unit": "unit of time",
}


def compare_structure(old: Model | None, new: Model | None) -> StructureDifference:
    """Compare what two models say; they may be files of different formats.

    Parameters
    ----------
    old, new : Model or None
        As read; None for a model that is not there, as before a file was added.

    Returns
    -------
    StructureDifference

    Examples
    --------
    >>> import rcsd
    >>> vensim = rcsd.load("digital_cluster").ir
    >>> compare_structure(vensim, vensim).same
    True
    """
    if old is None or new is None:
        return StructureDifference(
            old, new, () if new is None else new.variables, () if old is None else old.variables, (), (), {}
        )
    forms, one_format = Forms(), old.format == new.format
    before, after = Variables(old, forms), Variables(new, forms)
    subscripts = other_names(old.ranges, new.ranges)
    known = {name: name for name in before.named if name in after.named}
    known |= renamed(before, after, known, subscripts)
    compared = Compared(before, after, forms, known, subscripts)
    counterpart = {b: a for a, b in known.items()}
    changed = [
        change
        for name in after.named
        if name in counterpart and (change := _variable_change(compared, counterpart[name], name)) is not None
    ]
    return StructureDifference(
        old,
        new,
        added=tuple(after.named[name] for name in after.named if name not in counterpart),
        removed=tuple(before.named[name] for name in before.named if name not in known),
        changed=tuple(changed),
        settings=(
            *_time_changes(old.time, new.time),
            *range_changes(old.ranges, new.ranges, subscripts, one_format=one_format),
            *view_changes(views_of(old), views_of(new), known, one_format=one_format),
        ),
        counterparts={before.named[a].name: after.named[b].name for a, b in known.items()},
        uncompared=tuple(after.named[b].name for a, b in known.items() if not _is_compared(compared, a, b)),
    )


def _variable_change(compared: Compared, old: str, new: str) -> VariableChange | None:
    before, after = compared.old.named[old], compared.new.named[new]
    found = [*_aspects(before, after, one_format=compared.old.model.format == compared.new.model.format)]
    if compared.old.is_defined(old) and compared.new.is_defined(new):
        equation = equation_change(compared, old, new)
        if equation is not None:
            found.insert(0, equation)
    change = VariableChange(before, after, tuple(found))
    return change if found or change.is_renamed else None


def _is_compared(compared: Compared, old: str, new: str) -> bool:
    """Whether the equations of a variable were compared: as trees, or as texts of one format that are the same."""
    before, after = compared.old, compared.new
    if before.is_defined(old) and after.is_defined(new):
        return True
    texts = ["".join(side.split()) for side in (before.named[old].equation, after.named[new].equation)]
    return before.model.format == after.model.format and texts[0] == texts[1]


def _aspects(old: Variable, new: Variable, *, one_format: bool) -> Iterator[Change]:
    """Yield what differs of a variable beside its equation."""
    if old.kind != new.kind and {old.kind, new.kind} != {"auxiliary", "flow"}:  # the stock tells of a flow
        # formats tell kinds apart in ways of their own; where more than the word differs, the equation does
        yield Change("kind", old.kind, new.kind, matters=one_format)
    if old.unit.strip() != new.unit.strip() and canonical(old.unit) != canonical(new.unit):
        yield Change("unit", old.unit, new.unit, matters=not _is_same_unit(old.unit, new.unit))
    if limits_of(old) != limits_of(new):
        yield Change("range", _range_text(old), _range_text(new))
    if old.documentation.split() != new.documentation.split():
        yield Change("documentation", old.documentation.strip(), new.documentation.strip())


def _is_same_unit(old: str, new: str) -> bool:
    """Whether two spellings are of one unit; none at all is not the same as a dimensionless one."""
    if bool(old.strip()) != bool(new.strip()):
        return False
    try:
        return same_unit(old, new)
    except UnitError:
        return False


def _range_text(variable: Variable) -> str:
    limits = limits_of(variable)
    return "" if limits is None else f"{limits[0]:g} to {limits[1]:g}"


def _time_changes(old: TimeAxis, new: TimeAxis) -> Iterator[Change]:
    for field, words in _TIMES.items():
        a, b = getattr(old, field), getattr(new, field)
        if isinstance(a, str):
            if canonical(a) != canonical(b):
                yield Change("time axis", a, b, name=words)
        elif a != b:
            yield Change("time axis", f"{a:.12g}", f"{b:.12g}", name=words)
