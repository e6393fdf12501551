"""Functions of Vensim in the words of XMILE 1.0 and of the tools that read it."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.ir.expression import Expression, Negative, Number
from rcsd.simulation.writer.formula import Unsayable
from rcsd.simulation.writer.rewording import patterns
from rcsd.simulation.writer.rewording.making import ONE, ZERO, call, choice, holds, number, once, op

Way = Callable[..., Expression]
_NO_LIMIT = 1e30


def _log(x: Expression, base: Expression) -> Expression:
    return call("log10", x) if base == number(10) else op(call("ln", x), "/", call("ln", base))


def _half(sign: str) -> Way:
    """Return a hyperbolic sine or cosine as exponentials."""

    def way(x: Expression) -> Expression:
        up, down = call("exp", once(x, "SINH or COSH")), call("exp", Negative(x))
        return op(op(up, "+" if sign == "+" else "-", down), "/", number(2))

    return way


def _tanh(x: Expression) -> Expression:
    square = call("exp", op(number(2), "*", once(x, "TANH")))
    return op(op(square, "-", ONE), "/", op(square, "+", ONE))


def _sshape(x: Expression, profile: Expression) -> Expression:
    once(x, "SSHAPE")
    above = op(op(number(2), "*", op(ONE, "-", call("min", ONE, x))), "^", profile)
    below = op(op(number(2), "*", call("max", ZERO, x)), "^", profile)
    upper, lower = op(ONE, "-", op(above, "/", number(2))), op(below, "/", number(2))
    return choice(holds(x, ">", number(0.5)), upper, lower)


def _normal(
    low: Expression, high: Expression, mean: Expression, deviation: Expression, *seed: Expression
) -> Expression:
    given = seed or (number(0),)
    return call("normal", mean, deviation, *given, low, high)


def _exponential(
    low: Expression, high: Expression, shift: Expression, stretch: Expression, *seed: Expression
) -> Expression:
    uncut = isinstance(high, Number) and high.value >= _NO_LIMIT
    if low != ZERO or not uncut or shift != ZERO:
        raise Unsayable("calls RANDOM EXPONENTIAL with limits or a shift, which XMILE's EXPRND does not have")
    return call("exprnd", stretch, *seed)


def _npv(stream: Expression, rate: Expression, initial: Expression, factor: Expression) -> Expression:
    worth = call("value of a stream", stream, rate, *(() if initial == ZERO else (initial,)))
    return worth if factor == ONE else op(worth, "*", factor)


TO_XMILE: dict[str, Way] = {
    "trunc": lambda x: patterns.truncated(once(x, "INTEGER")),
    "xidz": lambda a, b, instead: patterns.ratio(a, once(b, "XIDZ"), instead),
    "zidz": lambda a, b: patterns.ratio(a, once(b, "ZIDZ"), ZERO),
    "quantum": lambda x, size: patterns.quantum(once(x, "QUANTUM"), once(size, "QUANTUM")),
    "modulo": lambda x, divisor: patterns.remainder(once(x, "MODULO"), once(divisor, "MODULO")),
    "power": lambda base, exponent: op(base, "^", exponent),
    "log": _log,
    "sinh": _half("-"),
    "cosh": _half("+"),
    "tanh": _tanh,
    "sshape": _sshape,
    "random 0 1": lambda: call("random uniform", ZERO, ONE),
    "random normal": _normal,
    "random exponential": _exponential,
    "npv": _npv,
    "delay information": lambda x, time, initial: call("delay fixed", x, time, initial),
}
"""By key: the arguments, which are XMILE already, to what XMILE says."""
AT_STEPS: dict[str, Way] = {
    "pulse": lambda start, width: patterns.pulse(once(start, "PULSE"), once(width, "PULSE")),
    "pulse train": lambda *arguments: patterns.pulse_train(*(once(each, "PULSE TRAIN") for each in arguments)),
}
"""The same, of what holds for whole steps: within a step of Runge and Kutta's it would change."""
