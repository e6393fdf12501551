"""Works out what holds literals alone, and writes small powers as products and roots."""

from __future__ import annotations

import operator
from collections.abc import Callable

from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Negative, Number, with_children

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_POWERS: dict[float, Callable[[Expression], Expression]] = {
    0.5: lambda base: Call("sqrt", (base,)),
    1.0: lambda base: base,
    2.0: lambda base: Arithmetic("*", base, base),
}


def fold(expression: Expression) -> Expression:
    """Simplify a lowered expression, in the arithmetic of the run: no reordering, no lost rounding."""
    expression = with_children(expression, fold)
    match expression:
        case Negative(Number(value)):
            return Number(-value)
        case Arithmetic("^", base, Number(exponent)) if exponent in _POWERS:
            return _POWERS[exponent](base)
        case Arithmetic("/", _, Number(0.0)) | Arithmetic("^", _, _):
            return expression
        case Arithmetic(name, Number(left), Number(right)):
            return Number(_OPERATORS[name](left, right))
        case _:
            return expression
