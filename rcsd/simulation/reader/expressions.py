"""Questions that can be asked of PySD's abstract expressions: what they name, what they equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from pysd.translators.structures.abstract_expressions import (
    ArithmeticStructure,
    CallStructure,
    ReferenceStructure,
    SubscriptsReferenceStructure,
)

_COUNTS = {"order", "size"}  # of a delay, a smooth, an allocation: how many, never a quantity
Expression = Any
"""An abstract expression, a number, or an array of numbers; PySD publishes no types."""


def names_in(expression: Expression) -> Iterator[tuple[str, bool]]:
    """Yield every variable or function that an expression names, and whether it is called.

    Parameters
    ----------
    expression : abstract expression
        Of one component.

    Yields
    ------
    (str, bool)
        The name in lower case with underscores; True for the callee of a call.
    """
    if isinstance(expression, SubscriptsReferenceStructure):
        return
    if isinstance(expression, ReferenceStructure):
        yield expression.reference, False
    elif isinstance(expression, CallStructure):
        yield expression.function.reference, True
        yield from names_in(expression.arguments)
    elif isinstance(expression, (tuple, list)):
        for part in expression:
            yield from names_in(part)
    elif is_dataclass(expression):
        for field in fields(expression):
            yield from names_in(getattr(expression, field.name))


def files_in(expression: Expression) -> Iterator[str]:
    """Yield the data files that an expression reads, as written: the first argument of GET XLS DATA and its like."""
    if isinstance(expression, (tuple, list)):
        for part in expression:
            yield from files_in(part)
    elif is_dataclass(expression):
        file = getattr(expression, "file", None)
        if isinstance(file, str):
            yield file
        for field in fields(expression):
            yield from files_in(getattr(expression, field.name))


def terms_of(expression: Expression) -> Iterator[str]:
    """Yield the variables that are terms of a sum on their own, as in ``births - deaths``."""
    if isinstance(expression, ReferenceStructure):
        yield expression.reference
    elif isinstance(expression, ArithmeticStructure) and {*expression.operators} <= {
        "+",
        "-",
        "negative",
    }:
        for part in expression.arguments:
            yield from terms_of(part)


def value_of(expression: Expression, lookup: Callable[[str], float | None] = lambda _: None) -> float | None:
    """Work out an expression of numbers and known names.

    Parameters
    ----------
    expression : abstract expression
        For example ``1/8`` or ``time_step``.
    lookup : callable
        Gives the value of a name, or None.

    Returns
    -------
    float or None
        None when it holds anything but numbers, arithmetic and names that `lookup` knows, and for a chain of
        powers, which engines do not agree on: ``2^3^2`` is 512 in PySD and 64 read from the left.
    """
    if isinstance(expression, (int, float)):
        return float(expression)
    if isinstance(expression, ReferenceStructure):
        return lookup(expression.reference)
    if not isinstance(expression, ArithmeticStructure):
        return None
    values = [value_of(part, lookup) for part in expression.arguments]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    try:
        return _arithmetic(expression.operators, known)
    except OverflowError:
        return None


def _arithmetic(operators: list[str], values: list[float]) -> float | None:
    if operators == ["negative"]:
        return -values[0]
    if "^" in operators and len(operators) > 1:
        return None
    result = values[0]
    for operator, value in zip(operators, values[1:], strict=True):
        if operator == "+":
            result += value
        elif operator == "-":
            result -= value
        elif operator == "*":
            result *= value
        elif operator == "/" and value != 0:
            result /= value
        elif operator == "^" and result > 0:
            result = float(result**value)
        else:
            return None
    return result


def with_float_literals(expression: Expression) -> Expression:
    """Return an expression in which every integer literal is a float.

    PySD keeps literals as written: a smooth with an integer initial value then has an integer
    state, and ``POWER(2, -1)`` fails, neither of which Vensim does.

    Parameters
    ----------
    expression : abstract expression
        Left as it is.

    Returns
    -------
    abstract expression
        A copy wherever something changed.
    """
    if isinstance(expression, (bool, str)):
        return expression
    if isinstance(expression, int):
        return float(expression)
    if isinstance(expression, tuple):
        return tuple(with_float_literals(part) for part in expression)
    if isinstance(expression, list):
        return [with_float_literals(part) for part in expression]
    if is_dataclass(expression) and not isinstance(expression, type):
        changed = {
            f.name: getattr(expression, f.name)
            if f.name in _COUNTS
            else with_float_literals(getattr(expression, f.name))
            for f in fields(expression)
        }
        return type(expression)(**changed)
    return expression
