"""Functions of XMILE in the words of Vensim."""

from __future__ import annotations

import math
from collections.abc import Callable

from rcsd.simulation.ir.expression import Expression, Name, Time
from rcsd.simulation.writer.rewording import patterns
from rcsd.simulation.writer.rewording.making import ONE, STEP, ZERO, call, choice, holds, number, once, op

Way = Callable[..., Expression]
_START, _STOP = Name("initial time"), Name("final time")
_UNLIMITED = number(1e38)
_TURN = number(2 * math.pi)


def _remainder(x: Expression, divisor: Expression) -> Expression:
    whole = patterns.floored(op(once(x, "MOD"), "/", once(divisor, "MOD")))
    return op(x, "-", op(divisor, "*", whole))


def _sign(x: Expression) -> Expression:
    once(x, "SIGN")
    return choice(holds(x, ">", ZERO), ONE, choice(holds(x, "<", ZERO), number(-1), ZERO))


def _ratio(numerator: Expression, denominator: Expression, instead: Expression = ZERO) -> Expression:
    return choice(holds(once(denominator, "SAFEDIV"), "=", ZERO), instead, op(numerator, "/", denominator))


def _factorial(n: Expression) -> Expression:
    return call("exp", call("gamma ln", op(n, "+", ONE)))


def _orders(n: Expression, r: Expression, *, ordered: bool) -> Expression:
    """Return how many sets of r there are among n, by logarithms of factorials."""
    for each in (n, r):
        once(each, "COMBINATIONS")
    every, rest = (call("gamma ln", op(each, "+", ONE)) for each in (n, op(n, "-", r)))
    if not ordered:
        every = op(every, "-", call("gamma ln", op(r, "+", ONE)))
    return call("exp", op(every, "-", rest))


def _wave(function: str) -> Way:
    def way(amplitude: Expression, period: Expression) -> Expression:
        return op(amplitude, "*", call(function, op(op(_TURN, "*", Time()), "/", period)))

    return way


def _pulse(start: Expression, amount: Expression) -> Expression:
    return op(op(amount, "/", STEP), "*", call("pulse", start, STEP))


def _pulses(start: Expression, interval: Expression, amount: Expression) -> Expression:
    if interval == ZERO:
        return _pulse(start, amount)
    return op(op(amount, "/", STEP), "*", call("pulse train", start, interval, STEP, op(_STOP, "+", STEP)))


def _growth(percent: Expression) -> Expression:
    factor = op(ONE, "+", op(percent, "/", number(100)))
    return op(op(op(factor, "^", STEP), "-", ONE), "/", STEP)


def _counter(start: Expression, end: Expression) -> Expression:
    return op(start, "+", call("modulo", op(Time(), "-", _START), op(end, "-", once(start, "COUNTER"))))


def _normal(mean: Expression, deviation: Expression, *more: Expression) -> Expression:
    seed, limits = more[:1] or (ZERO,), more[1:3]
    low, high = limits if len(limits) == 2 else (number(-_UNLIMITED.value), _UNLIMITED)  # noqa: PLR2004
    return call("random normal", low, high, mean, deviation, *seed)


def _exponential(mean: Expression, *seed: Expression) -> Expression:
    return call("random exponential", ZERO, _UNLIMITED, ZERO, mean, *(seed or (ZERO,)))


def _uniform(low: Expression, high: Expression, *seed: Expression) -> Expression:
    return call("random uniform", low, high, *(seed or (ZERO,)))


def _triangular(low: Expression, peak: Expression, high: Expression, *seed: Expression) -> Expression:
    for each in (low, high):
        once(each, "TRIANGULAR")
    return call("random triangular", low, high, low, peak, high, *(seed or (ZERO,)))


TO_VENSIM: dict[str, Way] = {
    "floor": lambda x: patterns.floored(once(x, "INT")),
    "sign": _sign,
    "safe ratio": _ratio,
    "safe ratio or another": _ratio,
    "mod": _remainder,
    "rootn": lambda x, n: op(x, "^", op(ONE, "/", n)),
    "pct": lambda x: op(number(100), "*", x),
    "pi": lambda: number(math.pi),
    "log10": lambda x: call("log", x, number(10)),
    "factorial": _factorial,
    "combinations": lambda n, r: _orders(n, r, ordered=False),
    "permutations": lambda n, r: _orders(n, r, ordered=True),
    "sinwave": _wave("sin"),
    "coswave": _wave("cos"),
    "endless ramp": lambda slope, start: call("ramp", slope, start, _STOP),
    "pulse of an amount": _pulse,
    "pulse in every step": lambda amount: op(amount, "/", STEP),
    "pulse train of an amount": _pulses,
    "cgrowth": _growth,
    "switch": lambda first, second: choice(holds(first, ">", second), ONE, ZERO),
    "counter": _counter,
    "previous": lambda x, initial: call("delay fixed", x, STEP, initial),
    "value of a stream": lambda stream, rate, initial=ZERO: call("npv", stream, rate, initial, ONE),
    "random uniform": _uniform,
    "normal": _normal,
    "exprnd": _exponential,
    "lognormal": lambda mean, deviation, *seed: call("exp", _normal(mean, deviation, *seed)),
    "triangular": _triangular,
}
"""By key: the arguments, in the order of the tree and in Vensim's words already, to what Vensim says."""
ALONE = {
    "integ": "level",
    "delay fixed": "delayed",
    "sample if true": "sampled",
    "initial": "at the start",
    "active initial": "active",
}
"""Calls that Vensim takes as the whole of an equation only, and what a variable for one is named after its owner."""
