"""Vensim's functions that XMILE lacks, as XMILE says them: written so, and recognised on the way back."""

from __future__ import annotations

from rcsd.simulation.ir.expression import Call, Expression, Name, Negative, Number
from rcsd.simulation.writer.rewording.making import (
    LATER,
    ONE,
    SELF,
    SMALL,
    STEP,
    ZERO,
    both,
    call,
    choice,
    holds,
    is_positive,
    matched,
    op,
    replaced,
)


def truncated(x: Expression) -> Expression:
    """Round towards zero, with XMILE's INT, which rounds down."""
    return choice(holds(x, "<", ZERO), Negative(call("floor", Negative(x))), call("floor", x))


def floored(x: Expression) -> Expression:
    """Round down, with Vensim's INTEGER, which rounds towards zero."""
    whole = call("trunc", x)
    return op(whole, "-", choice(holds(x, "<", whole), ONE, ZERO))


def ratio(numerator: Expression, denominator: Expression, instead: Expression) -> Expression:
    """Divide, unless the denominator is zero to Vensim."""
    return choice(holds(call("abs", denominator), "<", SMALL), instead, op(numerator, "/", denominator))


def quantum(x: Expression, size: Expression) -> Expression:
    """Round towards zero to a multiple."""
    whole = op(size, "*", truncated(op(x, "/", size)))
    return whole if _is_large(size) else choice(holds(size, "<", SMALL), x, whole)


def remainder(x: Expression, divisor: Expression) -> Expression:
    """Return the remainder with the sign of x."""
    signed = _signed(x, divisor)
    return signed if _is_large(divisor) else choice(holds(divisor, "<", SMALL), ZERO, signed)


def _signed(x: Expression, divisor: Expression) -> Expression:
    return choice(holds(x, "<", ZERO), Negative(call("mod", Negative(x), divisor)), call("mod", x, divisor))


def pulse(start: Expression, width: Expression) -> Expression:
    """Return one for a width from the start on."""
    if isinstance(width, Number) and width.value <= 0:
        return _pulse(start, STEP)
    return _pulse(start, width if is_positive(width) else choice(holds(width, "<=", ZERO), STEP, width))


def pulse_train(start: Expression, interval: Expression, width: Expression, end: Expression) -> Expression:
    """Return one for a width from the start on and after each interval, up to the end."""
    since = op(LATER, "-", start)
    phase = call("mod", since, interval)
    if not is_positive(interval):
        phase = choice(holds(interval, "<=", ZERO), since, phase)
    return _train(start, phase, width, end)


def sampled(condition: Expression, x: Expression, initial: Expression, owner: Expression = SELF) -> Expression:
    """Return the value while a condition holds, else that of the step before; the owner's own value is that too."""
    before = call("previous", SELF, initial)
    return choice(replaced(condition, owner, before), replaced(x, owner, before), before)


def _resampled(condition: Expression, x: Expression, initial: Expression) -> tuple[Expression, ...]:
    before = call("previous", SELF, initial)
    return replaced(condition, before, SELF), replaced(x, before, SELF), initial


def _is_large(size: Expression) -> bool:
    return isinstance(size, Number) and size.value >= SMALL.value


def _pulse(start: Expression, lasting: Expression) -> Expression:
    return choice(both(holds(LATER, ">", start), holds(LATER, "<", op(start, "+", lasting))), ONE, ZERO)


def _train(start: Expression, phase: Expression, width: Expression, end: Expression) -> Expression:
    begun = both(holds(LATER, ">", start), holds(phase, "<", call("max", width, STEP)))
    return choice(both(begun, holds(op(LATER, "-", STEP), "<", end)), ONE, ZERO)


_Pattern = tuple[Expression, str, tuple[Name, ...]]
_A, _B, _C, _D = (Name(f"?{letter}") for letter in "abcd")
_PHASE = call("mod", op(LATER, "-", _A), _B)
_KNOWN: tuple[_Pattern, ...] = (
    (truncated(_A), "trunc", (_A,)),
    (ratio(_A, _B, ZERO), "zidz", (_A, _B)),
    (ratio(_A, _B, _C), "xidz", (_A, _B, _C)),
    (quantum(_A, _B), "quantum", (_A, _B)),
    (remainder(_A, _B), "modulo", (_A, _B)),
    (pulse(_A, _B), "pulse", (_A, _B)),
    (pulse_train(_A, _B, _C, _D), "pulse train", (_A, _B, _C, _D)),
    (sampled(_A, _B, _C), "sample if true", (_A, _B, _C)),
)
"""An expression of XMILE, and the call of Vensim's that it stands for."""
_WITH_POSITIVE: tuple[_Pattern, ...] = (
    (_pulse(_A, _B), "pulse", (_A, _B)),
    (_train(_A, _PHASE, _C, _D), "pulse train", (_A, _B, _C, _D)),
)
"""The same where the width or the interval, the second argument, is known to be above zero."""
_WITH_LARGE: tuple[_Pattern, ...] = (
    (_signed(_A, _B), "modulo", (_A, _B)),
    (op(_B, "*", truncated(op(_A, "/", _B))), "quantum", (_A, _B)),
)
"""The same where a divisor, the second argument, is known to be no zero to Vensim."""


def recognised_in_xmile(expression: Expression) -> Expression:
    """Return the call of Vensim's that an expression of XMILE stands for, else the expression itself."""
    for patterns, allowed in ((_KNOWN, _anything), (_WITH_POSITIVE, is_positive), (_WITH_LARGE, _is_large)):
        for pattern, function, names in patterns:
            found = matched(pattern, expression)
            if found is not None and (len(names) == 1 or allowed(found[_B.name])):
                arguments = tuple(found[name.name] for name in names)
                return Call(function, _resampled(*arguments) if function == "sample if true" else arguments)
    return expression


def recognised_in_vensim(expression: Expression) -> Expression:
    """Return the call of XMILE's that an expression of Vensim stands for, else the expression itself."""
    found = matched(floored(_A), expression)
    return expression if found is None else Call("floor", (found[_A.name],))


def _anything(_: Expression) -> bool:
    return True
