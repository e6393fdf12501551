"""Findings in words: the equation, the two units, the likely cause."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.names import canonical
from rcsd.simulation.dimensions.conflict import Conflict, Kind
from rcsd.simulation.dimensions.doubts import Doubt
from rcsd.simulation.dimensions.finding import Grade, UnitFinding
from rcsd.simulation.dimensions.naming.alike import variants
from rcsd.simulation.dimensions.run import TIME, Placed, Run
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.dimensions.words.causes import Case, likely_cause
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Expression, names_in
from rcsd.simulation.writer.formula import formula
from rcsd.units import Unit

_MOST = 3
"""Equations that are named."""
_LONGEST = 70
_CUT = "#"
"""In the names of what the reader makes of a macro's call."""
_ALONE: dict[Kind, str] = {
    "equation": "its unit is {expected}, but its equation gives {found}",
    "term": "the term {part} is in {found}, where {expected} is needed",
    "branch": "the value {part} of a choice is in {found}, where {expected} is needed",
    "argument": "the {role} is {part} in {found}, where {expected} is needed",
    "exponent": "the exponent {part} is in {found}; an exponent has no unit",
    "flow": "the flow {part} is in {found}, where the stock needs {expected}",
    "initial": "its initial value {part} is in {found}, the stock in {expected}",
}
_BETWEEN: dict[Kind, str] = {
    "term": "{part} in {found} stands in a sum with {other} in {expected}",
    "comparison": "{part} in {found} is compared with {other} in {expected}",
    "branch": "{part} in {found} and {other} in {expected} are two values of one choice",
    "flow": "the flows {part} in {found} and {other} in {expected} meet in one stock",
    "power": "{part} in {found} is raised to the power {other}, which is no number in the equation",
}


class Words:
    """Writes the findings of one model.

    Parameters
    ----------
    stated : Stated
        The units of the model.
    run : Run
        What became of them.
    """

    def __init__(self, stated: Stated, run: Run) -> None:
        self._model, self._book, self._run, self._stated = stated.model, stated.book, run, stated

    def finding(self, placed: Placed, suspected: Sequence[Doubt] = ()) -> UnitFinding:
        """Write what does not fit in an equation; another unit of a variable that is suspected would do as well."""
        owner, part, conflict = placed.owner, placed.part, placed.conflict
        found, expected = self._book.spelt(conflict.found), self._book.spelt(conflict.expected)
        sentence = f"{self._sentence(conflict, found, expected)}{self._inferred(conflict)}"
        time = self._run.unit_of(TIME) or Unit()
        cause = likely_cause(
            Case(
                conflict,
                part.content,
                self._run.unit_of,
                time,
                self._book,
                self._model.format,
                tuple(self._model.constants),
                _unused(self._model),
            )
        )
        if suspected and not conflict.rests_on:
            units = ((self._model[each.name].name, self._book.spelt(each.needed)) for each in suspected[:_MOST])
            cause += f"; or a unit is wrong: {', or '.join(f'{name!r} in {unit}' for name, unit in units)} would fit"
        message = f"{_of_macro(part)}{sentence}"
        return UnitFinding(self._grade(conflict), owner.name, self._line(owner), message, cause, found, expected)

    def doubted(self, doubt: Doubt) -> UnitFinding:
        """Write which unit is at odds with several equations."""
        named = ", ".join(repr(name) for name in doubt.equations[:_MOST])
        more = f" and {len(doubt.equations) - _MOST} more" if len(doubt.equations) > _MOST else ""
        needed = self._book.spelt(doubt.needed)
        variable = None if doubt.name == TIME else self._model[doubt.name]
        unit = self._stated.time if variable is None else self._stated.units[doubt.name]
        found = "" if unit is None else self._book.spelt(unit)
        what = "the time, by TIME STEP, has" if variable is None else "has"
        message = f"{what} the unit {found}, but the equations of {named}{more} need {needed}"
        cause = f"the unit is wrong: with {needed} these equations fit"
        name, line = (None, None) if variable is None else (variable.name, variable.line)
        return UnitFinding("error", name, line, message, cause, found, needed)

    def _line(self, owner: Definition) -> int | None:
        return owner.line if owner.line is not None else self._model[owner.name].line

    @staticmethod
    def _grade(conflict: Conflict) -> Grade:
        is_spelling = any(variants(conflict.found / conflict.expected))
        return "warning" if conflict.rests_on or conflict.kind == "power" or is_spelling else "error"

    def _sentence(self, conflict: Conflict, found: str, expected: str) -> str:
        other = "" if conflict.other is None else self._text(conflict.other)
        pattern = (_BETWEEN if other else _ALONE)[conflict.kind]
        part = self._text(conflict.part)
        return pattern.format(part=part, found=found, expected=expected, other=other, role=conflict.role)

    def _inferred(self, conflict: Conflict) -> str:
        if not conflict.rests_on:
            return ""
        told = [
            f"{name!r} has no unit" + (f" and gets one from the equation of {where!r}" if where else "")
            for name, where in conflict.rests_on[:2]
        ]
        return f" ({'; '.join(told)})"

    def _text(self, expression: Expression) -> str:
        text = formula(expression, self._model.format)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _unused(model: Model) -> tuple[str, ...]:
    """Return the constants that stand in no equation."""
    contents = [each.content for each in model.definitions if isinstance(each.content, Expression)]
    used = {canonical(name.name) for content in contents for name in names_in(content)}
    return tuple(name for name in model.constants if canonical(name) not in used)


def _of_macro(part: Definition) -> str:
    """Say in which variable of which macro something is wrong; nothing elsewhere."""
    macro, sign, inner = part.name.partition(_CUT)
    _, dot, name = inner.partition(".")
    return f"in its call of the macro {macro.upper()}, of {name!r} there: " if sign and dot else ""
