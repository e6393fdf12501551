"""The value of an expression of numbers and constants, where the structure of a model depends on it."""

from __future__ import annotations

from collections.abc import Mapping

from rcsd.simulation.ir.expression import Arithmetic, Expression, Name, Negative, Number


def literal(expression: Expression, constants: Mapping[str, float], used: set[str]) -> float | None:
    """Work an expression out.

    Parameters
    ----------
    expression : Expression
        For example the order of a delay.
    constants : mapping of str to float
        Known names.
    used : set of str
        Gets the names that were needed.

    Returns
    -------
    float or None
        None when it holds anything but numbers, constants and arithmetic.
    """
    match expression:
        case Number(value):
            return value
        case Name(name) if name in constants:
            used.add(name)
            return constants[name]
        case Negative(operand):
            value_of = literal(operand, constants, used)
            return None if value_of is None else -value_of
        case Arithmetic(operator, left, right) if operator != "^":
            a, b = literal(left, constants, used), literal(right, constants, used)
            if a is None or b is None or (operator == "/" and b == 0):
                return None
            return {"+": a + b, "-": a - b, "*": a * b}.get(operator, a / b if b else None)
        case _:
            return None
