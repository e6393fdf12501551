"""What remembers: integrals, delays, smooths, trends, and values kept from a moment."""

from __future__ import annotations

from rcsd.simulation.functions.entry import Function, Stateful
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import Arithmetic, Call, Comparison, Conditional, Expression, Name, Number


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
    average = _average(into, x, pace, Arithmetic("/", x, Arithmetic("+", Number(1.0), initial)))
    trend = Call("zidz", (Arithmetic("-", x, average), Arithmetic("*", pace, average)))
    return Arithmetic("*", x, Arithmetic("+", Number(1.0), Arithmetic("*", trend, horizon)))


def _sample(into: Expansion, condition: Expression, value: Expression, initial: Expression) -> Expression:
    memory = into.memory("sample", initial)
    sampled = into.part("sampled", Conditional(condition, value, memory))
    into.follow(memory, sampled)
    return sampled


INTEG = Function(
    "A stock: its initial value and the integral of its rate.",
    Stateful(_integ),
    vensim="INTEG(rate, initial value)",
    pysd="IntegStructure",
)

STATES = (
    INTEG,
    Function(
        "Value of x at the initial time.",
        Stateful(lambda into, x: into.memory("initial", x)),
        vensim="INITIAL(x)",
        xmile="INIT(x)",
        pysd="InitialStructure",
    ),
    Function(
        "x; at the initial time the initial value, which breaks a loop of initial values.",
        Stateful(lambda into, x, initial: into.variable("active", x, initial)),
        vensim="ACTIVE INITIAL(x, initial value)",
    ),
    Function(
        "Exponential smooth of first or third order; it starts at the initial value, or at the input.",
        Stateful(_smooth),
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
        vensim="SMOOTH N(input, smooth time, initial value, order)",
        xmile="SMTHN(input, smooth time, order[, initial value])",
        pysd="SmoothNStructure",
    ),
    Function(
        "Exponential delay of first or third order, which conserves its input.",
        Stateful(_delay),
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
        vensim="DELAY N(input, delay time, initial value, order)",
        xmile="DELAYN(input, delay time, order[, initial value])",
        pysd="DelayNStructure",
    ),
    Function(
        "The input a fixed time ago, rounded to whole time steps, halves up, at least one.",
        Stateful(lambda into, entering, time, initial: into.pipe("fixed delay", entering, time, initial)),
        vensim="DELAY FIXED(input, delay time, initial value)",
        xmile="DELAY(input, delay time[, initial value])",
        pysd="DelayFixedStructure",
    ),
    Function(
        "Fractional growth rate of the input relative to its exponential average.",
        Stateful(_trend),
        vensim="TREND(input, average time, initial trend)",
        xmile="TREND(input, average time[, initial trend])",
        pysd="TrendStructure",
    ),
    Function(
        "The input extrapolated along its trend to the horizon.",
        Stateful(_forecast),
        vensim="FORECAST(input, average time, horizon)",
        xmile="FORCST(input, average time, horizon[, initial trend])",
        pysd="ForecastStructure",
    ),
    Function(
        "The input while the condition holds, otherwise its last sampled value.",
        Stateful(_sample),
        vensim="SAMPLE IF TRUE(condition, input, initial value)",
        pysd="SampleIfTrueStructure",
    ),
)
