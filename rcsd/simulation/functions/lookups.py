"""Other readings of tables, and questions that can be asked of the series of a data variable."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from rcsd.simulation.functions.entry import Function
from rcsd.simulation.functions.numerics.vectors import NOT_AVAILABLE
from rcsd.simulation.functions.ways import Tables, Tabular
from rcsd.simulation.ir.expression import Arithmetic, Call, Comparison, Conditional, Expression, Logical, Name, Number

_FIRST, _LAST = Number(-1e300), Number(1e300)
_NA = Number(NOT_AVAILABLE)
_SLACK = 1e-6


def _plain(kind: str) -> Tabular:
    return Tabular(lambda tables, table, x: tables.read(table, kind, x))


def _area(tables: Tables, table: Expression, start: Expression, end: Expression) -> Expression:
    def until(x: Expression) -> Expression:
        """Area from the first point on: a parabola in each segment, a line beyond the ends."""
        first, last = tables.read(table, "x", _FIRST), tables.read(table, "x", _LAST)
        inside = Call("max", (first, Call("min", (last, x))))
        along = Arithmetic("-", inside, tables.read(table, "x", inside))
        slope = tables.read(table, "slope after", inside)
        mean = Arithmetic(
            "+",
            tables.read(table, "previous", inside),
            Arithmetic("*", Number(0.5), Arithmetic("*", slope, along)),
        )
        within = Arithmetic("+", tables.read(table, "area", inside), Arithmetic("*", along, mean))
        beyond = Arithmetic("*", tables.read(table, "line", x), Arithmetic("-", x, inside))
        return Arithmetic("+", within, beyond)

    return Arithmetic("-", until(end), until(start))


def _slope(tables: Tables, table: Expression, x: Expression, mode: Expression) -> Expression:
    before, after = tables.read(table, "slope before", x), tables.read(table, "slope after", x)
    slope = Arithmetic("*", Number(0.5), Arithmetic("+", before, after))
    outside = Conditional(
        Comparison("=", mode, Number(1.0)),
        slope,
        Conditional(Comparison("=", mode, Number(-1.0)), _NA, Number(0.0)),
    )
    return Conditional(_beyond(tables, table, x), outside, slope)


def _beyond(tables: Tables, table: Expression, x: Expression) -> Expression:
    first, last = tables.read(table, "x", _FIRST), tables.read(table, "x", _LAST)
    return Logical("or", Comparison("<", x, first), Comparison(">", x, last))


def _between(tables: Tables, data: Expression, time: Expression, mode: Expression) -> Expression:
    step = Name("time step")
    steps = Arithmetic("+", Arithmetic("/", time, step), Number(_SLACK))
    whole = Arithmetic("*", step, Call("floor", (steps,)))
    kinds = {-1.0: ("earlier", whole), 0.0: ("line", time), 1.0: ("next", whole)}
    backward, linear, forward = (tables.read(data, kind, at) for kind, at in kinds.values())
    if isinstance(mode, Number):
        chosen = {-1.0: backward, 0.0: linear, 1.0: forward}.get(mode.value, linear)
    else:
        is_forward, is_linear = (Comparison(">=", mode, Number(bound)) for bound in (0.5, -0.5))
        chosen = Conditional(is_forward, forward, Conditional(is_linear, linear, backward))
    return Conditional(_beyond(tables, data, time), _NA, chosen)


def _at(tables: Tables, data: Expression, time: Expression) -> Expression:
    near = Arithmetic("+", time, Number(_SLACK))
    distance = Call("abs", (Arithmetic("-", time, tables.read(data, "x", near)),))
    return Conditional(Comparison("<=", distance, Number(_SLACK)), tables.read(data, "previous", near), _NA)


def _summary(name: str, sum_up: Callable[[Sequence[float]], float]) -> Tabular:
    def build(tables: Tables, data: Expression, start: Expression, end: Expression) -> Expression:
        low, high = (tables.number(bound, f"the range of {name}") for bound in (start, end))
        points = tables.points(data)
        inside = [y for x, y in zip(points.x, points.y, strict=True) if low - _SLACK <= x <= high + _SLACK]
        return Number(sum_up(inside)) if inside else _NA

    return Tabular(build)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _deviation(values: Sequence[float]) -> float:
    mean = _mean(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


LOOKUPS = (
    Function(
        "The table, with its last segments going on beyond its ends.",
        _plain("extrapolated"),
        dimension="a, _ -> a",
        vensim="LOOKUP EXTRAPOLATE(table, x)",
    ),
    Function(
        "The y of the next point where x lies between two; that of the ends beyond them.",
        _plain("next"),
        dimension="a, _ -> a",
        vensim="LOOKUP FORWARD(table, x)",
    ),
    Function(
        "The y of the previous point where x lies between two; that of the ends beyond them.",
        _plain("previous"),
        dimension="a, _ -> a",
        vensim="LOOKUP BACKWARD(table, x)",
    ),
    Function(
        "The x at which a table that rises or falls throughout has this y, the first if there are several.",
        _plain("inverse"),
        dimension="a, a -> _",
        differs="a table that goes up and down is refused",
        vensim="LOOKUP INVERT(table, y)",
        xmile="LOOKUPINV(table, y)",
    ),
    Function(
        "Area under a table between two x; beyond its ends it goes on level.",
        Tabular(_area),
        dimension="a, b, b -> a*b",
        vensim="LOOKUP AREA(table, start, end)",
    ),
    Function(
        "Slope of a table, at a point the mean of those on its sides; beyond the ends 0, or as next to them in mode 1, "
        "or :NA: in mode -1.",
        Tabular(_slope),
        dimension="a, b, 1 -> a/b",
        vensim="LOOKUP SLOPE(table, x, mode)",
    ),
    Function(
        "A data variable at a time: interpolated in mode 0; in mode 1 its next and in mode -1 its earlier value, at "
        "the time rounded down to whole time steps; :NA: before its first and after its last time.",
        Tabular(_between),
        dimension="a, time, 1 -> a",
        differs="Vensim's rounding of the time is known from its output with a time step of 1 only",
        vensim="GET DATA BETWEEN TIMES(data, time, mode)",
    ),
    Function(
        "A data variable at a time at which it has a value; :NA: at others.",
        Tabular(_at),
        dimension="a, time -> a",
        vensim="GET DATA AT TIME(data, time)",
    ),
    Function(
        "The first time at which a data variable has a value.",
        Tabular(lambda tables, data: tables.read(data, "x", _FIRST)),
        dimension="_ -> time",
        vensim="GET DATA FIRST TIME(data)",
    ),
    Function(
        "The last time at which a data variable has a value.",
        Tabular(lambda tables, data: tables.read(data, "x", _LAST)),
        dimension="_ -> time",
        vensim="GET DATA LAST TIME(data)",
    ),
    Function(
        "How many values a data variable has.",
        Tabular(lambda tables, data: Number(float(len(tables.points(data).x)))),
        dimension="_ -> 1",
        vensim="GET DATA TOTAL POINTS(data)",
    ),
    Function(
        "The least value of a data variable from one time to another.",
        _summary("GET DATA MIN", min),
        dimension="a, time, time -> a",
        vensim="GET DATA MIN(data, start, end)",
    ),
    Function(
        "The greatest value of a data variable from one time to another.",
        _summary("GET DATA MAX", max),
        dimension="a, time, time -> a",
        vensim="GET DATA MAX(data, start, end)",
    ),
    Function(
        "Mean of the values of a data variable from one time to another.",
        _summary("GET DATA MEAN", _mean),
        dimension="a, time, time -> a",
        vensim="GET DATA MEAN(data, start, end)",
    ),
    Function(
        "Standard deviation of the values of a data variable from one time to another, over their number.",
        _summary("GET DATA STDV", _deviation),
        dimension="a, time, time -> a",
        vensim="GET DATA STDV(data, start, end)",
    ),
)
