"""Values of streams of money, and what is written off."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Stateful
from rcsd.simulation.ir.expansion import SLACK, Expansion
from rcsd.simulation.ir.expression import Arithmetic, Expression, Name, Negative, Number
from rcsd.simulation.ir.literal import literal
from rcsd.simulation.ir.unsound import Unsound

_ZERO = Number(0.0)


def _npv(into: Expansion, stream: Expression, rate: Expression, initial: Expression, factor: Expression) -> Expression:
    """Expand into Vensim's own equations: the discount factor and the value so far are stocks."""
    flow, discount = into.part("stream", stream), into.part("discount rate", rate)
    name, step = into.name("discount factor"), Number(into.step)
    shrinking = Arithmetic("/", discount, Arithmetic("+", Number(1.0), Arithmetic("*", discount, step)))
    factor_now = into.stock(name, Negative(Arithmetic("*", Name(name), shrinking)), Number(1.0))
    worth = into.part("worth", Arithmetic("*", flow, factor_now))
    so_far = into.stock(into.name("value"), worth, initial)
    return Arithmetic("*", Arithmetic("+", so_far, Arithmetic("*", worth, step)), factor)


def _npve(into: Expansion, stream: Expression, rate: Expression, initial: Expression, factor: Expression) -> Expression:
    """Expand as `_npv`, but with the stream of a step valued at its end."""
    discount = into.part("discount rate", rate)
    later = Arithmetic("+", Number(1.0), Arithmetic("*", discount, Number(into.step)))
    return _npv(into, Arithmetic("/", stream, later), discount, initial, factor)


def _straight_line(
    into: Expansion, stream: Expression, life: Expression, period: Expression, initial: Expression
) -> Expression:
    """Expand into what was invested within the life, this step included, over the life: a stock that a pipe empties."""
    length = literal(period, into.constants, into.structural)
    if length is None or abs(length - into.step) > SLACK * into.step:
        raise Unsound(
            "DEPRECIATE STRAIGHTLINE is computed for fiscal periods of one TIME STEP only: give such a period, or "
            "write the depreciation with DELAY FIXED"
        )
    flow, span = into.part("investment", stream), into.part("life", life)
    written_off = into.pipe("written off", flow, span, initial)
    held = into.stock(into.name("held"), Arithmetic("-", flow, written_off), Arithmetic("*", initial, span))
    added = Arithmetic("*", Number(into.step), Arithmetic("-", flow, written_off))
    return Arithmetic("/", Arithmetic("+", held, added), span)


FINANCE = (
    Function(
        "Value of a stream discounted to the initial time, that of the current step included.",
        Stateful(_npv),
        dimension="a, 1/time, a*time, b -> a*b*time",
        vensim="NPV(stream, discount rate, initial value, factor)",
    ),
    Function(
        "Value of a stream discounted to the initial time, each step valued at its end.",
        Stateful(_npve),
        dimension="a, 1/time, a*time, b -> a*b*time",
        differs="Vensim's reference says so in words only",
        vensim="NPVE(stream, discount rate, initial value, factor)",
    ),
    Function(
        "Value of a stream discounted to the initial time, that of the current step included.",
        Stateful(lambda into, stream, rate, initial=_ZERO: _npv(into, stream, rate, initial, Number(1.0))),
        dimension="a, 1/time, a*time -> a*time",
        differs="Stella's reference gives no equations: these are Vensim's",
        xmile="NPV(stream, discount rate[, initial value])",
        name="value of a stream",
    ),
    Function(
        "What is written off when investments are spread evenly over a life; for fiscal periods of one time step.",
        Stateful(_straight_line),
        dimension="a, time, time, a -> a",
        differs="other fiscal periods are refused",
        vensim="DEPRECIATE STRAIGHTLINE(stream, life, fiscal period, initial stream)",
    ),
)
