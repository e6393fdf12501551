"""What remembers: integrals, delays, smooths, trends, and values kept from a moment."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.ways import Stateful
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Name,
    Number,
    Time,
    with_children,
)
from rcsd.simulation.ir.unsound import Unsound


def _integ(into: Expansion, rate: Expression, initial: Expression, non_negative: Expression) -> Expression:
    return into.stock(into.name("integ"), rate, initial, non_negative=non_negative == Number(1.0))


def _smooth(
    into: Expansion, entering: Expression, time: Expression, initial: Expression, order: Expression
) -> Expression:
    n = into.order(order)
    return _smoothed(into, entering, into.part("smooth time", time), initial, (n, Number(float(n))))


def _smooth_n(
    into: Expansion, entering: Expression, time: Expression, initial: Expression, order: Expression
) -> Expression:
    pace = into.part("smooth time", time)
    return _smoothed(into, entering, pace, initial, into.stages(order, pace))


def _smoothed(
    into: Expansion, entering: Expression, pace: Expression, initial: Expression, stages: tuple[int, Expression]
) -> Expression:
    n, used = stages
    target = into.part("smooth input", entering)
    stocks: list[Expression] = []
    for _ in range(n):
        name = into.name("smooth")
        gap = Arithmetic("-", target, Name(name))
        target = into.stock(name, Arithmetic("/", Arithmetic("*", gap, used), pace), initial)
        stocks.append(target)
    return _picked(stocks, used)


def _picked(stages: list[Expression], used: Expression, first: int = 1) -> Expression:
    """Return the last of the stages that a run uses; the first is numbered `first`."""
    if isinstance(used, Number) or len(stages) == 1:
        return stages[-1]
    half = len(stages) // 2
    is_early = Comparison("<", used, Number(float(first + half)))
    return Conditional(is_early, _picked(stages[:half], used, first), _picked(stages[half:], used, first + half))


def _delay(
    into: Expansion, entering: Expression, time: Expression, initial: Expression, order: Expression
) -> Expression:
    n = into.order(order)
    return _delayed(into, entering, into.part("delay time", time), initial, (n, Number(float(n))))


def _delayed(
    into: Expansion, entering: Expression, pace: Expression, initial: Expression, stages: tuple[int, Expression]
) -> Expression:
    n, used = stages
    flows = [entering]
    for _ in range(n):
        name = into.name("delay")
        leaving = into.part("outflow", Arithmetic("/", Name(name), pace))
        rate = Arithmetic("*", Arithmetic("-", flows[-1], leaving), used)
        into.stock(name, rate, Arithmetic("*", initial, pace))
        flows.append(leaving)
    return _picked(flows[1:], used)


def _delay_n(
    into: Expansion, entering: Expression, time: Expression, initial: Expression, order: Expression
) -> Expression:
    pace = into.part("delay time", time)
    n, used = into.stages(order, pace)
    if into.is_constant(time):
        return _delayed(into, entering, pace, initial, (n, used))
    paces = [into.memory("pace", pace) for _ in range(n)]
    for memory, following in zip(paces, [pace, *paces], strict=False):
        into.follow(memory, following)
    flow: Expression = entering
    stocks: list[Expression] = []
    for own in [pace, *paces[:-1]]:
        stock = Name(into.name("delay"))
        leaving = into.part("outflow", Arithmetic("/", stock, own))
        rate = Arithmetic("*", Arithmetic("-", flow, leaving), used)
        into.stock(stock.name, rate, Arithmetic("*", initial, pace))
        stocks.append(stock)
        flow = leaving
    return Arithmetic("/", _picked(stocks, used), paces[0])


def _average(into: Expansion, x: Expression, pace: Expression, first: Expression) -> Name:
    name = into.name("average")
    return into.stock(name, Arithmetic("/", Arithmetic("-", x, Name(name)), pace), first)


def _trend(into: Expansion, entering: Expression, time: Expression, initial: Expression) -> Expression:
    x, pace = into.part("trend input", entering), into.part("trend time", time)
    first = Arithmetic("/", x, Arithmetic("+", Number(1.0), Arithmetic("*", initial, pace)))
    average = _average(into, x, pace, first)
    scale = Arithmetic("*", pace, Call("abs", (average,)))
    return Call("zidz", (Arithmetic("-", x, average), scale))


def _forecast(
    into: Expansion, entering: Expression, time: Expression, horizon: Expression, initial: Expression
) -> Expression:
    x, pace = into.part("forecast input", entering), into.part("forecast time", time)
    first = Arithmetic("/", x, Arithmetic("+", Number(1.0), Arithmetic("*", initial, pace)))
    average = _average(into, x, pace, first)
    trend = Call("zidz", (Arithmetic("-", x, average), Arithmetic("*", pace, average)))
    return Arithmetic("*", x, Arithmetic("+", Number(1.0), Arithmetic("*", trend, horizon)))


def _with(expression: Expression, old: Name, new: Name) -> Expression:
    """Put one name in the place of another."""
    return new if expression == old else with_children(expression, lambda child: _with(child, old, new))


def _sample(into: Expansion, condition: Expression, value: Expression, initial: Expression) -> Expression:
    memory = into.memory("sample", initial)
    if into.alone:  # Vensim lets such an equation name its own variable: what was sampled last
        condition, value = (_with(part, Name(into.owner), memory) for part in (condition, value))
    sampled = into.part("sampled", Conditional(condition, value, memory))
    into.follow(memory, sampled)
    return sampled


def _previous(into: Expansion, x: Expression, initial: Expression) -> Expression:
    before = into.memory("previous", initial)
    into.follow(before, x)
    return before


def _held(into: Expansion, what: str, x: Expression, time: Expression, initial: Expression) -> Expression:
    if not into.is_constant(time):
        raise Unsound(
            f"{what} is computed for a constant delay time only, as DELAY FIXED: give it a constant, or write the "
            "delay with DELAY1, DELAY3 or DELAY N"
        )
    return into.pipe("fixed delay", x, time, initial)


def _history(into: Expansion, x: Expression, time: Expression) -> Expression:
    """Expand into a fixed delay for a time so long ago, and into a sample for a constant time."""
    match time:
        case Arithmetic("-", Time(), back) if into.is_constant(back):
            return into.pipe("history", x, back, Number(0.0))
        case _ if into.is_constant(time):
            kept = into.memory("kept", Number(0.0))
            since, half = Arithmetic("-", Time(), time), into.step / 2
            # of two times that are as near, the earlier
            now = Logical("and", Comparison(">=", since, Number(-half)), Comparison("<", since, Number(half)))
            value = into.part("history", Conditional(now, x, kept))
            into.follow(kept, value)
            return value
    raise Unsound("HISTORY takes a constant time, or TIME less a constant")


def _derivative(into: Expansion, x: Expression, order: Expression) -> Expression:
    n = into.order(Arithmetic("+", order, Number(1.0))) - 1
    for _ in range(n):
        now = into.part("value", x)
        is_first = Comparison("=", into.counted(), Number(0.0))
        before = _previous(into, now, Number(0.0))
        rate = Arithmetic("/", Arithmetic("-", now, before), Number(into.step))
        x = Conditional(is_first, Number(0.0), rate)
    return x


INTEG = Function(
    "A stock: its initial value and the integral of its rate.",
    Stateful(_integ),
    dimension="a/time, a, _ -> a",
    vensim="INTEG(rate, initial value)",
    pysd="IntegStructure",
)

STATES = (
    INTEG,
    Function(
        "Value of x at the initial time.",
        Stateful(lambda into, x: into.memory("initial", x)),
        dimension="a -> a",
        vensim=("INITIAL(x)", "REINITIAL(x)"),
        xmile="INIT(x)",
        pysd=("InitialStructure", "reinitial"),
    ),
    Function(
        "x; at the initial time the initial value, which breaks a loop of initial values.",
        Stateful(lambda into, x, initial: into.variable("active", x, initial)),
        dimension="a, a -> a",
        vensim="ACTIVE INITIAL(x, initial value)",
    ),
    Function(
        "Exponential smooth of first or third order; it starts at the initial value, or at the input.",
        Stateful(_smooth),
        dimension="a, time, a, 1 -> a",
        vensim=(
            "SMOOTH(input, smooth time)",
            "SMOOTHI(input, smooth time, initial value)",
            "SMOOTH3(input, smooth time)",
            "SMOOTH3I(input, smooth time, initial value)",
        ),
        xmile=(
            "SMTH1(input, smooth time[, initial value])",
            "SMTH3(input, smooth time[, initial value])",
        ),
        pysd="SmoothStructure",
    ),
    Function(
        "Exponential smooth of any order, which must be a constant; lower when the time is too short for it.",
        Stateful(_smooth_n),
        dimension="a, time, a, 1 -> a",
        differs=(
            "with Runge-Kutta methods Vensim keeps it the same within a step; it says nothing of an "
            "order with a fraction, which is cut off; Stella says nothing of a time too short"
        ),
        vensim="SMOOTH N(input, smooth time, initial value, order)",
        xmile="SMTHN(input, smooth time, order[, initial value])",
        pysd="SmoothNStructure",
    ),
    Function(
        "Exponential delay of first or third order, which conserves its input.",
        Stateful(_delay),
        dimension="a, time, a, 1 -> a",
        vensim=(
            "DELAY1(input, delay time)",
            "DELAY1I(input, delay time, initial value)",
            "DELAY3(input, delay time)",
            "DELAY3I(input, delay time, initial value)",
        ),
        xmile=(
            "DELAY1(input, delay time[, initial value])",
            "DELAY3(input, delay time[, initial value])",
        ),
        pysd="DelayStructure",
    ),
    Function(
        "Exponential delay of any order, which must be a constant; lower when the time is too short for it.",
        Stateful(_delay_n),
        dimension="a, time, a, 1 -> a",
        differs=(
            "with Runge-Kutta methods Vensim keeps it the same within a step; it says nothing of an "
            "order with a fraction, which is cut off; Stella says nothing of a time too short"
        ),
        vensim="DELAY N(input, delay time, initial value, order)",
        xmile="DELAYN(input, delay time, order[, initial value])",
        pysd="DelayNStructure",
    ),
    Function(
        "The input a fixed time ago, rounded to whole time steps, halves up, at least one.",
        Stateful(lambda into, entering, time, initial: into.pipe("fixed delay", entering, time, initial)),
        dimension="a, time, a -> a",
        vensim="DELAY FIXED(input, delay time, initial value)",
        xmile="DELAY(input, delay time[, initial value])",
        pysd="DelayFixedStructure",
    ),
    Function(
        "Fractional growth rate of the input relative to its exponential average.",
        Stateful(_trend),
        dimension="a, time, 1/time -> 1/time",
        vensim="TREND(input, average time, initial trend)",
        xmile="TREND(input, average time[, initial trend])",
        pysd="TrendStructure",
    ),
    Function(
        "The input extrapolated along its trend to the horizon.",
        Stateful(_forecast),
        dimension="a, time, time, 1/time -> a",
        vensim="FORECAST(input, average time, horizon)",
        xmile="FORCST(input, average time, horizon[, initial trend])",
        pysd="ForecastStructure",
    ),
    Function(
        "The input while the condition holds, otherwise its last sampled value.",
        Stateful(_sample),
        dimension="_, a, a -> a",
        vensim="SAMPLE IF TRUE(condition, input, initial value)",
        pysd="SampleIfTrueStructure",
    ),
    Function(
        "A stock whose initial value no run may change; here a stock as INTEG.",
        Stateful(lambda into, rate, initial: _integ(into, rate, initial, Number(0.0))),
        dimension="a/time, a -> a",
        vensim="SINTEG(rate, initial value)",
    ),
    Function(
        "x one time step ago, at the initial time the initial value.",
        Stateful(_previous),
        dimension="a, a -> a",
        xmile="PREVIOUS(x, initial value)",
    ),
    Function(
        "x at an earlier time, a constant or TIME less a constant; zero before the start.",
        Stateful(_history),
        dimension="a, time -> a",
        differs="another time is refused",
        xmile="HISTORY(x, time)",
    ),
    Function(
        "Time since the start, counted from one number to another and again.",
        Stateful(
            lambda into, start, end: Arithmetic(
                "+",
                start,
                Call("mod", (Arithmetic("*", into.counted(), Number(into.step)), Arithmetic("-", end, start))),
            )
        ),
        dimension="time, time -> time",
        xmile="COUNTER(start, end)",
    ),
    Function(
        "Derivative of x of an order, from differences of time steps; zero at the initial time.",
        Stateful(_derivative),
        dimension="_, 1 -> _",
        xmile="DERIVN(x, order)",
    ),
    Function(
        "The input a time ago; computed for a constant time, as DELAY FIXED.",
        Stateful(lambda into, x, time, initial: _held(into, "DELAY INFORMATION", x, time, initial)),
        dimension="a, time, a -> a",
        differs="a time that varies is refused",
        vensim="DELAY INFORMATION(input, delay time, initial value)",
    ),
    Function(
        "The input a time ago, with material conserved; computed for a constant time, as DELAY FIXED.",
        Stateful(lambda into, x, time, initial, missing: _held(into, "DELAY MATERIAL", x, time, initial)),
        dimension="a, time, a, a -> a",
        differs="a time that varies is refused",
        vensim="DELAY MATERIAL(input, delay time, initial value, missing value)",
    ),
)
