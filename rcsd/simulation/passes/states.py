"""Takes what remembers (integrals, delays, smooths, trends...) out of the equations: see `Expansion`."""

from __future__ import annotations

from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.functions.states import INTEG
from rcsd.simulation.functions.ways import Stateful
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import Call, Expression, Number, with_children
from rcsd.simulation.ir.system import Equation


def without_memory(name: str, expression: Expression, into: Expansion) -> Equation | None:
    """Take the stateful parts out of an equation.

    Parameters
    ----------
    name : str
        The variable.
    expression : Expression
        Its equation.
    into : Expansion
        Gets them.

    Returns
    -------
    Equation or None
        What is left; None when the variable is a stock itself.
    """
    into.begin(name)
    into.alone = isinstance(expression, Call) and isinstance(FUNCTIONS.named(expression.function).how, Stateful)

    def without(part: Expression) -> Expression:
        rest = with_children(part, without)
        if isinstance(rest, Call) and isinstance(how := FUNCTIONS.named(rest.function).how, Stateful):
            return how.expand(into, *rest.arguments)
        return rest

    if isinstance(expression, Call) and expression.function == INTEG.key:
        rate, initial, non_negative = (without(part) for part in expression.arguments)
        into.stock(name, rate, initial, non_negative=non_negative == Number(1.0))
        return None
    return Equation(name, without(expression))
