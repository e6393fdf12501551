"""Test inputs: steps, ramps and pulses. Vensim's clock has a slack of 1e-6, so that rounding does not shift a pulse."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Formula, Function

# without a width it lasts one time step (Vensim's manual); half of one catches one point of the clock
_LASTING = "IF THEN ELSE(width <= 0, TIME STEP / 2, width)"
_ONE_STEP = "TIME STEP / 2"
_ONCE = "(start - 1e-6 <= Time :AND: Time < start + {width})"
_SINCE = "(Time - start + 1e-6)"
_PHASE = f"{_SINCE} - FLOOR({_SINCE} / interval) * interval"
_AGAIN = f"((interval = 0 :AND: {_ONCE}) :OR: (interval <> 0 :AND: (start <= Time :AND: {_PHASE} < {{width}})))"

INPUTS = (
    Function(
        "Zero before the start, the height from then on.",
        Formula("IF THEN ELSE(Time + TIME STEP / 2 > start, height, 0)"),
        vensim="STEP(height, start)",
        xmile="STEP(height, start)",
    ),
    Function(
        "Zero before the start, a line of this slope from then to the end, its last value after it.",
        Formula("IF THEN ELSE(Time + 1e-6 > start, slope * (MIN(end, Time) - start), 0)"),
        vensim="RAMP(slope, start, end)",
        xmile="RAMP(slope, start, end)",
    ),
    Function(
        "Zero before the start, a line of this slope from then on.",
        Formula("IF THEN ELSE(Time + 1e-6 > start, slope * (Time - start), 0)"),
        xmile="RAMP(slope, start)",
        pysd="Xramp",
        name="endless ramp",
    ),
    Function(
        "One from the start for the width; for one time step when the width is zero (PySD: never).",
        Formula(f"IF THEN ELSE({_ONCE.format(width=_LASTING)}, 1, 0)"),
        vensim="PULSE(start, width)",
    ),
    Function(
        "One for the width, from the start on and again after each interval, until the end.",
        Formula(f"IF THEN ELSE({_AGAIN.format(width=_LASTING)} :AND: Time < end, 1, 0)"),
        vensim="PULSE TRAIN(start, width, interval, end)",
        pysd="pulse_train(start, interval, width, end)",
    ),
    Function(
        "The amount over the time step, in the one step at the start: a flow that adds the amount to its stock.",
        Formula(f"IF THEN ELSE({_ONCE.format(width=_ONE_STEP)}, amount / TIME STEP, 0)"),
        xmile="PULSE(amount, start)",
        pysd="Xpulse(start, amount)",
        name="pulse of an amount",
    ),
    Function(
        "The amount over the time step, in one step at the start and again after each interval.",
        Formula(f"IF THEN ELSE({_AGAIN.format(width=_ONE_STEP)}, amount / TIME STEP, 0)"),
        xmile="PULSE(amount, start, interval)",
        pysd="Xpulse_train(start, interval, amount)",
        name="pulse train of an amount",
    ),
    Function(
        "A part of the calendar date of the time.",
        None,
        vensim="GET TIME VALUE(relative to, offset, measure)",
    ),
)
