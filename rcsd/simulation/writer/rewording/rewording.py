"""Puts an expression of one language into the words of another."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Name, Number, Time, with_children
from rcsd.simulation.ir.model import TimeAxis
from rcsd.simulation.writer.formula import Unsayable
from rcsd.simulation.writer.names import Language
from rcsd.simulation.writer.rewording.making import SELF, replaced
from rcsd.simulation.writer.rewording.patterns import recognised_in_vensim, recognised_in_xmile
from rcsd.simulation.writer.rewording.to_vensim import TO_VENSIM
from rcsd.simulation.writer.rewording.to_xmile import AT_STEPS, TO_XMILE

_Way = Callable[..., Expression]


class Rewording:
    """Puts expressions into the words of a language.

    Parameters
    ----------
    language : {"vensim", "xmile"}
        The one to write; the expressions are of the other one.
    axis : TimeAxis
        When the model runs.

    Attributes
    ----------
    dropped : set of str
        What has no counterpart and changes no number: Vensim's GAME.
    """

    def __init__(self, language: Language, axis: TimeAxis) -> None:
        self._to_xmile = language == "xmile"
        self._ways: dict[str, _Way] = TO_XMILE if self._to_xmile else TO_VENSIM
        self._recognised = recognised_in_vensim if self._to_xmile else recognised_in_xmile
        self._axis = axis
        self.dropped: set[str] = set()

    def __call__(self, expression: Expression, owner: Definition) -> Expression:
        """Return the equation of a variable in the other words.

        Raises
        ------
        Unsayable
            Where there are none.
        """
        own = Name(owner.name, owner.subscripts)
        if self._to_xmile:
            return self._said(expression)
        return replaced(self._said(replaced(expression, own, SELF)), SELF, own)

    def _said(self, expression: Expression) -> Expression:
        inside = with_children(self._recognised(expression), self._said)
        return self._call(inside) if isinstance(inside, Call) else inside

    def _call(self, call: Call) -> Expression:
        if call.function == "game" and self._to_xmile:
            self.dropped.add("GAME")
            return call.arguments[0]
        if call.function in ("mod", "modulo") and self._agree(*call.arguments):
            return Call("mod" if self._to_xmile else "modulo", call.arguments)
        if self._to_xmile and call.function in AT_STEPS:
            if self._axis.method != "euler":
                name = call.function.upper()
                raise Unsayable(
                    f"calls {name}, which XMILE can say for Euler's method only; the model asks for another"
                )
            return AT_STEPS[call.function](*call.arguments)
        way = self._ways.get(call.function)
        return call if way is None else way(*call.arguments)

    def _agree(self, x: Expression, divisor: Expression) -> bool:
        """Whether both languages' remainders are the same: of what is never negative, by what is no zero."""
        return self._is_counted(x) and isinstance(divisor, Number) and divisor.value >= 1e-6  # noqa: PLR2004 - Vensim's

    def _is_counted(self, x: Expression) -> bool:
        """Whether an expression is never below zero, as far as its form tells."""
        match x:
            case Time():
                return self._axis.start >= 0
            case Number(value):
                return value >= 0
            case Call("abs", _):
                return True
            case Arithmetic(operator, left, right) if operator in ("+", "*", "/"):
                return self._is_counted(left) and self._is_counted(right)
        return False
