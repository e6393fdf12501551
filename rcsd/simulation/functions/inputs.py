"""Test inputs: steps, ramps and pulses.

They are read half a time step late, as Vensim does, so that rounding does not shift them, and at the beginning of the
step, so that they stay the same within it whatever the method of integration.
"""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Formula

_LATER = "(TIME OF STEP + TIME STEP / 2)"
_WIDTH = "IF THEN ELSE(width <= 0, TIME STEP, width)"
_LASTING = "MAX(width, TIME STEP)"
"""Of a train: a pulse lasts one time step at least."""
_SINCE = f"({_LATER} - start)"
_PHASE = f"({_SINCE} - FLOOR({_SINCE} / interval) * interval)"
_STARTED = f"{_LATER} > start"
_ONCE = f"{_STARTED} :AND: {_SINCE} < TIME STEP"
_AGAIN = f"{_STARTED} :AND: IF THEN ELSE(interval <= 0, {_SINCE}, {_PHASE}) < {{width}}"
_ENDED = f"{_LATER} - TIME STEP < end"

INPUTS = (
    Function(
        "Zero before the start, the height from then on.",
        Formula(f"IF THEN ELSE({_STARTED}, height, 0)"),
        dimension="a, time -> a",
        vensim="STEP(height, start)",
        xmile="STEP(height, start)",
    ),
    Function(
        "Zero before the start, a line of this slope from then to the end, its last value after it.",
        Formula("IF THEN ELSE(TIME OF STEP > start, slope * (MIN(end, TIME OF STEP) - start), 0)"),
        dimension="a/time, time, time -> a",
        vensim="RAMP(slope, start, end)",
        xmile="RAMP(slope, start, end)",
    ),
    Function(
        "Zero before the start, a line of this slope from then on.",
        Formula("IF THEN ELSE(TIME OF STEP > start, slope * (TIME OF STEP - start), 0)"),
        dimension="a/time, time -> a",
        xmile="RAMP(slope, start)",
        pysd="Xramp",
        name="endless ramp",
    ),
    Function(
        "One from the start for the width; for one time step when the width is zero.",
        Formula(f"IF THEN ELSE({_STARTED} :AND: {_LATER} < start + {_WIDTH}, 1, 0)"),
        dimension="time, time -> _",
        vensim="PULSE(start, width)",
    ),
    Function(
        "One for the width, at least one time step, from the start on and again after each interval, up to the end and "
        "in the step of the end.",
        Formula(f"IF THEN ELSE({_AGAIN.format(width=_LASTING)} :AND: {_ENDED}, 1, 0)"),
        dimension="time, time, time, time -> _",
        vensim="PULSE TRAIN(start, width, interval, end)",
        pysd="pulse_train(start, interval, width, end)",
    ),
    Function(
        "The amount over the time step, in the one step at the start: a flow that adds the amount to its stock.",
        Formula(f"IF THEN ELSE({_ONCE}, amount / TIME STEP, 0)"),
        dimension="time, a -> a/time",
        differs="as XMILE 1.0 has it; Stella's help repeats a pulse without an interval in every step",
        xmile="PULSE(amount, start)",
        pysd="Xpulse(start, amount)",
        name="pulse of an amount",
    ),
    Function(
        "The amount over the time step, in every step.",
        Formula("amount / TIME STEP"),
        dimension="a -> a/time",
        xmile="PULSE(amount)",
        pysd="pulse",
        name="pulse in every step",
    ),
    Function(
        "The amount over the time step, in one step at the start and after each interval; once when that is zero.",
        Formula(f"IF THEN ELSE({_AGAIN.format(width='TIME STEP')}, amount / TIME STEP, 0)"),
        dimension="time, time, a -> a/time",
        xmile="PULSE(amount, start, interval)",
        pysd="Xpulse_train(start, interval, amount)",
        name="pulse train of an amount",
    ),
    Function(
        "A part of the calendar date of the time.",
        None,
        dimension="_, _, _ -> _",
        vensim="GET TIME VALUE(relative to, offset, measure)",
    ),
    Function(
        "The rate per unit of time that adds so many per cent per unit of time to a stock, whatever the time step.",
        Formula("(POWER(1 + percent / 100, TIME STEP) - 1) / TIME STEP"),
        dimension="_ -> 1/time",
        xmile="CGROWTH(percent)",
    ),
    Function(
        "1 where the first is greater than the second, else 0.",
        Formula("IF THEN ELSE(first > second, 1, 0)"),
        dimension="a, a -> 1",
        xmile="SWITCH(first, second)",
        example=("SWITCH(2, 1)", 1.0),
    ),
)
