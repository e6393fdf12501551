"""Writes arithmetic of one lane as Python, and gives the variables in it names that Python takes."""

from __future__ import annotations

import keyword
import math
import re

from rcsd.simulation.engine.scalars import instruction_of, operators
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Name,
    Negative,
    Not,
    Number,
    Time,
)
from rcsd.simulation.ir.model import TimeAxis

_COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_SUM, _PRODUCT, _SIGN, _ATOM = 1, 2, 3, 4  # how tightly an operator binds
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
# what the module imports, and what a segment calls its own, must not be hidden by a variable of the same name
_TAKEN = {
    *keyword.kwlist,
    *("w", "j", "time", "step", "seed", "run", "tables", "places", "carray", "draw_key", "inf", "nan", "np", "range"),
    *("scratch", "member", "term", "row", "store", "new_block", "at", "level"),
}


class Arithmetics:
    """Writes expressions of one kernel.

    Parameters
    ----------
    axis : TimeAxis
        Of the system.
    """

    def __init__(self, axis: TimeAxis) -> None:
        # within a step of Euler's method the time does not move
        moves = axis.method != "euler"
        self._begun = f"({float(axis.start)!r} + step * {float(axis.step)!r})" if moves else "time"
        self._identifiers: dict[str, str] = {}
        self._taken = _TAKEN | set(operators())

    def identifier(self, name: str) -> str:
        """Return what a variable is called in the kernel."""
        if name not in self._identifiers:
            base = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:60] or "x"
            base = f"x_{base}" if base[0].isdigit() else base
            identifier, i = base, 1
            while identifier in self._taken:
                i += 1
                identifier = f"{base}_{i}"
            self._taken.add(identifier)
            self._identifiers[name] = identifier
        return self._identifiers[name]

    def text(self, expression: Expression) -> str:
        """Write a number."""
        return self._text(expression)[0]

    def _text(self, expression: Expression) -> tuple[str, int]:  # noqa: PLR0911 - one line per node
        """Write a number, and say how tightly it binds; operands are evaluated in the order of the tree."""
        match expression:
            case Number(value):
                return _literal(value)
            case Name(name):
                return self.identifier(name), _ATOM
            case Time(of_step):
                return self._begun if of_step else "time", _ATOM
            case Negative(operand):
                return f"-{self._within(operand, _SIGN)}", _SIGN
            case Arithmetic(operator, left, right):
                strength = _STRENGTH[operator]
                return f"{self._within(left, strength)} {operator} {self._within(right, strength + 1)}", strength
            case Conditional(condition, then, otherwise):
                parts = (self._truth(condition), self._text(then)[0], self._text(otherwise)[0])
                return f"choice({', '.join(parts)})", _ATOM
            case Call(function, arguments):
                return f"{instruction_of(function)}({', '.join(self._text(part)[0] for part in arguments)})", _ATOM
        raise NotImplementedError(f"{type(expression).__name__} is not arithmetic")

    def _within(self, expression: Expression, strength: int) -> str:
        text, own = self._text(expression)
        return text if own >= strength else f"({text})"

    def _truth(self, expression: Expression) -> str:
        match expression:
            case Comparison(operator, left, right):
                return f"({self._within(left, _SUM)} {_COMPARISONS[operator]} {self._within(right, _SUM)})"
            case Logical(operator, left, right):
                return f"({self._truth(left)} {'&' if operator == 'and' else '|'} {self._truth(right)})"
            case Not(operand):
                return f"(not {self._truth(operand)})"
        raise NotImplementedError(f"{type(expression).__name__} is not a truth value")


def _literal(value: float) -> tuple[str, int]:
    text = repr(float(value))
    if math.isnan(value):
        return "nan", _ATOM
    return text, _SIGN if text.startswith("-") else _ATOM
