"""Findings in words: the equation, the two units, the likely cause."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.dimensions.book import UnitBook
from rcsd.simulation.dimensions.causes import Case, likely_cause
from rcsd.simulation.dimensions.conflict import Conflict, Kind
from rcsd.simulation.dimensions.finding import Grade, UnitFinding
from rcsd.simulation.dimensions.names import variants
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.writer.formula import formula
from rcsd.units import Unit

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
    model : Model
        Whose.
    book : UnitBook
        Writes units.
    unit_of : callable
        Name of a variable to its unit, None if it is not known.
    time : Unit
        Of time.
    """

    def __init__(self, model: Model, book: UnitBook, unit_of: Callable[[str], Unit | None], time: Unit) -> None:
        self._model, self._book, self._unit_of, self._time = model, book, unit_of, time

    def finding(self, owner: Definition, part: Definition, conflict: Conflict) -> UnitFinding:
        """Write one; `part` is what the reader has cut off from the owner, or the owner itself."""
        found, expected = self._book.spelt(conflict.found), self._book.spelt(conflict.expected)
        sentence = f"{self._sentence(conflict, found, expected)}{self._inferred(conflict)}"
        message = f"{owner.name!r}: {_of_macro(part)}{sentence}"
        cause = likely_cause(Case(conflict, part.content, self._unit_of, self._time, self._book, self._model.format))
        return UnitFinding(self._grade(conflict), owner.name, self._line(owner), message, cause, found, expected)

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


def _of_macro(part: Definition) -> str:
    """Say in which variable of which macro something is wrong; nothing elsewhere."""
    macro, sign, inner = part.name.partition(_CUT)
    _, dot, name = inner.partition(".")
    return f"in its call of the macro {macro.upper()}, of {name!r} there: " if sign and dot else ""
