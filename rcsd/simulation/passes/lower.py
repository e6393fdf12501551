"""Writes functions that have a formula in terms of the primitives, and makes truth values and numbers distinct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS, Formula, Function, Primitive
from rcsd.simulation.ir.expression import (
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Name,
    Not,
    Number,
    Random,
    Reduction,
    Time,
    is_truth,
    walk,
    with_children,
)
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.reader.process.formulas import known_formulas

ZERO, ONE = Number(0.0), Number(1.0)
_TIME_STEP = Name("time step")
_CONTROLS: Mapping[str, Expression] = {
    "time": Time(),
    "time of step": Time(of_step=True),
    _TIME_STEP.name: _TIME_STEP,
}


def lower(expression: Expression, step: float) -> Expression:
    """Lower a number.

    Parameters
    ----------
    expression : Expression
        Without `Reduction` and without functions that remember.
    step : float
        TIME STEP, which the test inputs depend on.

    Returns
    -------
    Expression
        A number made of primitives.
    """
    return _number(expression, step)


def _number(expression: Expression, step: float) -> Expression:
    if is_truth(expression):
        return Conditional(_truth(expression, step), ONE, ZERO)
    if isinstance(expression, Conditional):
        return Conditional(
            _truth(expression.condition, step),
            _number(expression.then, step),
            _number(expression.otherwise, step),
        )
    lowered = with_children(expression, lambda child: _number(child, step))
    if isinstance(lowered, Call):
        formula = _formula(FUNCTIONS.named(lowered.function))
        if formula is not None:
            return _number(formula.of((*lowered.arguments, Number(step))), step)
    return lowered


def _truth(expression: Expression, step: float) -> Expression:
    match expression:
        case Comparison(operator, left, right):
            return Comparison(operator, _number(left, step), _number(right, step))
        case Logical(operator, left, right):
            return Logical(operator, _truth(left, step), _truth(right, step))
        case Not(operand):
            return Not(_truth(operand, step))
        case _:
            return Comparison("<>", _number(expression, step), ZERO)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A formula that has been read, and the names that a call gives a meaning."""

    names: tuple[str, ...]
    expression: Expression

    def of(self, parts: Sequence[Expression]) -> Expression:
        """Put the parts of a call in the place of the names."""
        given = dict(zip(self.names, parts, strict=True))

        def put(expression: Expression) -> Expression:
            if isinstance(expression, Name):
                return given[canonical(expression.name)]
            return with_children(expression, put)

        return put(self.expression)


@lru_cache(maxsize=1024)
def _formula(function: Function) -> _Meaning | None:
    """Read the formula of a function; None when it has none."""
    if not isinstance(function.how, Formula):
        return None
    names = (*map(canonical, function.arguments), _TIME_STEP.name)
    expression = known_formulas(_CONTROLS).get(function.how.text)
    if expression is None:
        expression = _read_here(function, function.how.text)
    for node in walk(expression):
        if fault := _fault(node, function, names):
            raise Unsound(f"the formula of the function {function.key!r} {fault}")
    return _Meaning(names, expression)


def _read_here(function: Function, text: str) -> Expression:
    """Read a formula in this process, which says what is wrong with it."""
    from rcsd.simulation.reader.formula import expression_of  # noqa: PLC0415 - PySD takes a second to import
    from rcsd.simulation.reader.translation import Untaken  # noqa: PLC0415

    try:
        return expression_of(text, controls=_CONTROLS)
    except Untaken as error:
        raise Unsound(f"the formula of the function {function.key!r} {error}") from error


def _fault(node: Expression, function: Function, names: tuple[str, ...]) -> str | None:
    """Say what is wrong with a node of a formula."""
    match node:
        case Name(name) if canonical(name) not in names:
            return f"uses {name!r}, which is none of its arguments: {', '.join(function.arguments)}"
        case Call(name) if name == function.key:
            return "calls the function itself"
        case Call(name) if not isinstance(FUNCTIONS.named(name).how, Primitive | Formula):
            return f"calls {name!r}, which remembers: write the function with Stateful"
        case Random() | Reduction():
            return "draws a random number or works over an array, which a formula cannot"
    return None
