"""Writes composed functions in terms of the primitives, and makes truth values and numbers distinct."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.ir.expression import (
    Arithmetic,
    ArithmeticOperator,
    Call,
    Comparison,
    ComparisonOperator,
    Conditional,
    Expression,
    Logical,
    Not,
    Number,
    Time,
    is_truth,
    with_children,
)

SMALL = 1e-6  # what Vensim takes for zero in XIDZ, ZIDZ and QUANTUM, and the slack of its clock
ZERO, ONE = Number(0.0), Number(1.0)


def lower(expression: Expression, step: float) -> Expression:
    """Lower a number.

    Parameters
    ----------
    expression : Expression
        Without `Reduction` and `Stateful`.
    step : float
        TIME STEP, which the test inputs hang on.

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
    if isinstance(lowered, Call) and lowered.function in _COMPOSED:
        return _COMPOSED[lowered.function](step, *lowered.arguments)
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


def _a(left: Expression, operator: ArithmeticOperator, right: Expression) -> Expression:
    return Arithmetic(operator, left, right)


def _c(left: Expression, operator: ComparisonOperator, right: Expression) -> Expression:
    return Comparison(operator, left, right)


def _log(step: float, x: Expression, base: Expression) -> Expression:
    return _a(Call("ln", (x,)), "/", Call("ln", (base,)))


def _xidz(step: float, numerator: Expression, denominator: Expression, instead: Expression) -> Expression:
    is_zero = _c(Call("abs", (denominator,)), "<", Number(SMALL))
    return Conditional(is_zero, instead, _a(numerator, "/", denominator))


def _zidz(step: float, numerator: Expression, denominator: Expression) -> Expression:
    return _xidz(step, numerator, denominator, ZERO)


def _quantum(step: float, x: Expression, quantum: Expression) -> Expression:
    whole = _a(quantum, "*", Call("trunc", (_a(x, "/", quantum),)))
    return Conditional(_c(quantum, "<", Number(SMALL)), x, whole)


def _modulo(step: float, x: Expression, divisor: Expression) -> Expression:
    return _a(x, "-", _quantum(step, x, divisor))


def _step(step: float, height: Expression, begin: Expression) -> Expression:
    return Conditional(_c(_a(Time(), "+", Number(step / 2)), ">", begin), height, ZERO)


def _ramp(step: float, slope: Expression, begin: Expression, end: Expression | None = None) -> Expression:
    until = Time() if end is None else Call("min", (end, Time()))
    rise = _a(slope, "*", _a(until, "-", begin))
    return Conditional(_c(_a(Time(), "+", Number(SMALL)), ">", begin), rise, ZERO)


def _pulse(step: float, begin: Expression, width: Expression) -> Expression:
    return Conditional(_during(begin, _lasting(step, width)), ONE, ZERO)


def _pulse_height(step: float, begin: Expression, height: Expression) -> Expression:
    return Conditional(_during(begin, Number(step / 2)), _a(height, "/", Number(step)), ZERO)


def _pulse_train(step: float, begin: Expression, every: Expression, width: Expression, end: Expression) -> Expression:
    inside = Logical("and", _repeatedly(begin, every, _lasting(step, width)), _c(Time(), "<", end))
    return Conditional(inside, ONE, ZERO)


def _pulse_height_train(step: float, begin: Expression, every: Expression, height: Expression) -> Expression:
    return Conditional(_repeatedly(begin, every, Number(step / 2)), _a(height, "/", Number(step)), ZERO)


def _lasting(step: float, width: Expression) -> Expression:
    # without a width it lasts one time step (Vensim's manual); half of one catches one point of the clock
    return Conditional(_c(width, "<=", ZERO), Number(step / 2), width)


def _during(begin: Expression, width: Expression) -> Expression:
    begun = _c(_a(begin, "-", Number(SMALL)), "<=", Time())
    return Logical("and", begun, _c(Time(), "<", _a(begin, "+", width)))


def _repeatedly(begin: Expression, every: Expression, width: Expression) -> Expression:
    since = _a(_a(Time(), "-", begin), "+", Number(SMALL))
    phase = _a(since, "-", _a(Call("floor", (_a(since, "/", every),)), "*", every))
    train = Logical("and", _c(begin, "<=", Time()), _c(phase, "<", width))
    once = Logical("and", _c(every, "=", ZERO), _during(begin, width))
    return Logical("or", once, Logical("and", _c(every, "<>", ZERO), train))


_COMPOSED: dict[str, Callable[..., Expression]] = {
    "log": _log,
    "modulo": _modulo,
    "pulse": _pulse,
    "pulse height": _pulse_height,
    "pulse height train": _pulse_height_train,
    "pulse train": _pulse_train,
    "quantum": _quantum,
    "ramp": _ramp,
    "step": _step,
    "xidz": _xidz,
    "zidz": _zidz,
}
