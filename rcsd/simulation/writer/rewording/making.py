"""Short ways to make expressions, and to recognise them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir.expression import (
    Arithmetic,
    ArithmeticOperator,
    Call,
    Comparison,
    ComparisonOperator,
    Conditional,
    Expression,
    Logical,
    Name,
    Number,
    Time,
    walk,
    with_children,
)
from rcsd.simulation.writer import names
from rcsd.simulation.writer.formula import Unsayable

ZERO, ONE = Number(0.0), Number(1.0)
STEP = Name("time step")
SELF = Name(names.SELF)
SMALL = Number(1e-6)
"""Below this Vensim takes a divisor for zero."""


def number(value: float) -> Number:
    """Make a literal."""
    return Number(float(value))


def op(left: Expression, operator: ArithmeticOperator, right: Expression) -> Expression:
    """Make arithmetic."""
    return Arithmetic(operator, left, right)


def holds(left: Expression, operator: ComparisonOperator, right: Expression) -> Expression:
    """Make a comparison."""
    return Comparison(operator, left, right)


def both(one: Expression, other: Expression) -> Expression:
    """Make a condition of two."""
    return Logical("and", one, other)


def choice(condition: Expression, then: Expression, otherwise: Expression) -> Expression:
    """Make a choice."""
    return Conditional(condition, then, otherwise)


def call(function: str, *arguments: Expression) -> Expression:
    """Make a call."""
    return Call(function, arguments)


LATER = op(Time(), "+", op(STEP, "/", number(2)))
"""The time half a step later, at which test inputs are read."""


def replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    """Put one expression in the place of another, wherever that stands."""
    return new if expression == old else with_children(expression, lambda child: replaced(child, old, new))


def once(expression: Expression, function: str) -> Expression:
    """Return what will stand several times in an equation: no draw, which would be another each time.

    Raises
    ------
    Unsayable
        When it draws.
    """
    for node in walk(expression):
        known = FUNCTIONS.get(node.function) if isinstance(node, Call) else None
        if known is not None and known.random:
            raise Unsayable(f"calls {function} of a random number; give that a variable of its own")
    return expression


def is_positive(expression: Expression) -> bool:
    """Whether an expression is known to be above zero."""
    return expression == STEP or (isinstance(expression, Number) and expression.value > 0)


def matched(pattern: Any, tree: Any, found: dict[str, Expression] | None = None) -> Mapping[str, Expression] | None:
    """Compare an expression with a pattern, in which a name that begins with ``?`` is anything, but always the same.

    Returns
    -------
    mapping of str to Expression, or None
        What these names stand for; None where the expression is another.
    """
    known: dict[str, Expression] = {} if found is None else found
    if isinstance(pattern, Name) and pattern.name.startswith("?"):
        if known.setdefault(pattern.name, tree) != tree:
            return None
        return known
    if type(pattern) is not type(tree):
        return None
    if isinstance(pattern, tuple):
        alike = len(pattern) == len(tree) and all(
            matched(one, other, known) is not None for one, other in zip(pattern, tree, strict=False)
        )
        return known if alike else None
    if is_dataclass(pattern):
        parts = (field.name for field in fields(pattern))
        alike = all(matched(getattr(pattern, part), getattr(tree, part), known) is not None for part in parts)
        return known if alike else None
    return known if pattern == tree else None
