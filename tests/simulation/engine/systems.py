"""Systems built by hand: what they compute is known, or is everything that an engine can do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rcsd.simulation.ir import Equation, Memory, Method, Pipe, Stock, System, TimeAxis
from rcsd.simulation.ir.expression import (
    Arithmetic,
    ArithmeticOperator,
    Call,
    Comparison,
    ComparisonOperator,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Random,
    Time,
)


def n(name: str | float) -> Expression:
    """Return a reference or a number."""
    return Name(name) if isinstance(name, str) else Number(float(name))


def op(left: str | float | Expression, operator: ArithmeticOperator, right: str | float | Expression) -> Expression:
    """Return arithmetic on names, numbers and expressions."""
    a, b = (n(side) if isinstance(side, (str, float, int)) else side for side in (left, right))
    return Arithmetic(operator, a, b)


def call(function: str, *arguments: Expression) -> Expression:
    """Return a function call."""
    return Call(function, arguments)


def axis(step: float, method: Method, stop: float = 2.0) -> TimeAxis:
    """Return an axis from 0 that saves at its ends."""
    return TimeAxis(0.0, stop, step, stop, method)


def closed_forms(step: float, method: Method) -> System:
    """Growth x' = r x, logistic y' = y (1 - y), oscillator p' = v, v' = -p, and z' = 2 t, over two time units."""
    return System(
        name="closed forms",
        time=axis(step, method),
        constants={"r": 0.7, "x0": 1.5},
        fixed={"y0": 0.1},
        statics=(),
        start=tuple(Equation(k, n(v)) for k, v in {"x": "x0", "y": "y0", "p": 1.0, "v": 0.0, "z": 0.0}.items()),
        steps=(Equation("room", op(1.0, "-", "y")),),
        reports=(Equation("energy", op(op("p", "*", "p"), "+", op("v", "*", "v"))),),
        stocks=(
            Stock("x", op("r", "*", "x")),
            Stock("y", op("y", "*", "room")),
            Stock("p", n("v")),
            Stock("v", Negative(n("p"))),
            Stock("z", op(2.0, "*", Time())),
        ),
        memories=(),
        pipes=(),
        tables={},
        outputs=("x", "y", "p", "v", "z", "energy", "room", "r", "y0"),
    )


def exact(t: float, r: float = 0.7, x0: float = 1.5) -> dict[str, float]:
    """Return what the stocks of `closed_forms` are at a time."""
    return {
        "x": x0 * np.exp(r * t),
        "y": 0.1 * np.exp(t) / (0.9 + 0.1 * np.exp(t)),
        "p": np.cos(t),
        "v": -np.sin(t),
        "z": t * t,
    }


TABLES = {
    "hold": Points((0.0, 1.0, 2.5, 4.0), (1.0, 3.0, -2.0, 0.5)),
    "extrapolate": Points((0.0, 1.0, 2.5, 4.0), (1.0, 3.0, -2.0, 0.5), beyond="extrapolate"),
    "previous": Points((0.0, 1.0, 2.5, 4.0), (1.0, 3.0, -2.0, 0.5), between="previous"),
    "next": Points((0.0, 1.0, 2.5, 4.0), (1.0, 3.0, -2.0, 0.5), between="next"),
    "single": Points((1.0,), (7.0,), beyond="extrapolate"),
}


def everything(method: Method, step: float = 0.25, stop: float = 5.0) -> System:
    """Return a system with every kind of node, state, table and draw in it."""
    x, a, b = n("x"), n("a"), n("b")
    functions = {
        "abs": op("x", "-", 2.0),
        "arccos": op("x", "/", 10.0),
        "arcsin": op("x", "/", -10.0),
        "arctan": x,
        "cos": x,
        "cosh": x,
        "exp": Negative(x),
        "floor": op("x", "*", 3.0),
        "ln": op(1.0, "+", call("abs", x)),
        "sin": x,
        "sinh": op("x", "/", 2.0),
        "sqrt": call("abs", x),
        "tan": op("x", "/", 4.0),
        "tanh": x,
        "trunc": op("x", "*", -3.0),
    }
    steps = [Equation(f"f {name}", call(name, argument)) for name, argument in functions.items()]
    steps += [Equation(f"t {name}", Lookup(Name(name), op("x", "*", "a"))) for name in TABLES]
    steps += [
        Equation("powers", op(op("a", "^", "b"), "+", op(op("x", "^", 2.0), "-", op(op("x", "+", 9.0), "^", -1.0)))),
        Equation("cubes", op(op(op("x", "-", "a"), "^", 3.0), "+", op(op("a", "+", 1.0), "^", 0.3))),
        Equation("least", call("min", x, call("max", a, b))),
        Equation(
            "either",
            Conditional(
                Logical(
                    "or",
                    Logical("and", Comparison("<", x, a), Not(Comparison(">=", Time(), n(3.0)))),
                    Comparison("<>", b, b),
                ),
                op("x", "/", "b"),
                op("b", "-", "x"),
            ),
        ),
        Equation("uniform", Random("uniform", (n(0.0), a), 1)),
        Equation("normal", Random("normal", (n(-1.0), n(2.0), n(0.5), b), 2)),
        Equation("exponential", Random("exponential", (n(0.0), n(3.0), n(0.1), a), 3)),
        Equation("inflow", op(op("uniform", "-", "normal"), "+", op("f sin", "*", "twice a"))),
    ]
    return System(
        name="everything, with 'quotes' and\nlines",
        time=TimeAxis(0.0, stop, step, step, method),
        constants={"a": 1.25, "b": 0.5, "lag": 0.75},
        fixed={"seven": 7.0},
        statics=(Equation("twice a", op(2.0, "*", "a")), Equation("base", op("twice a", "^", "b"))),
        start=(
            Equation("x", op("twice a", "+", 0.25)),
            Equation("tank", n("a")),
            Equation("last x", n(-1.0)),
            Equation("late", n("seven")),
            Equation("kept", op("x", "*", "seven")),
        ),
        steps=tuple(steps),
        reports=(Equation("report", op(op("inflow", "+", "kept"), "-", Lookup(Name("hold"), Time()))),),
        stocks=(
            Stock("x", op("inflow", "/", 4.0)),
            Stock("tank", op(op("late", "-", "last x"), "-", op("tank", "*", "a")), non_negative=True),
        ),
        memories=(Memory("last x", n("x")),),
        pipes=(Pipe("late", op("x", "+", Time()), n("lag"), n("seven")),),
        tables=TABLES,
        outputs=(
            *(equation.name for equation in steps),
            "x",
            "tank",
            "last x",
            "late",
            "kept",
            "report",
            "base",
            "twice a",
            "a",
            "seven",
        ),
    )


def arithmetic(seed: int, n_equations: int = 40, method: Method = "euler") -> System:  # noqa: C901 - three mutually recursive choices
    """Return random equations of +, -, *, /, choice, minimum, rounding and tables, in constants, stocks and time."""
    rng = np.random.default_rng(seed)
    constants = {f"c{i}": float(value) for i, value in enumerate(rng.normal(size=6))}
    known = [*constants, "s0", "s1", "s2"]
    tables = {name: TABLES[name] for name in ("hold", "extrapolate", "previous")}

    def number(depth: int) -> Expression:
        kind = rng.integers(0, 10) if depth else rng.integers(0, 2)
        if kind == 0:
            return n(float(rng.choice([0.0, -0.0, 1.0, 2.5, -3.0, 1e-300, 1e300]))) if rng.random() < 0.5 else Time()
        if kind <= 2:
            return n(str(rng.choice(known)))
        if kind <= 6:
            operator: ArithmeticOperator = ("+", "-", "*", "/")[rng.integers(4)]
            return Arithmetic(operator, number(depth - 1), number(depth - 1))
        if kind == 7:
            return Conditional(truth(depth - 1), number(depth - 1), number(depth - 1))
        if kind == 8:
            return call(("min", "max")[rng.integers(2)], number(depth - 1), number(depth - 1))
        return [
            lambda: Negative(number(depth - 1)),
            lambda: call(("abs", "floor", "sqrt", "trunc")[rng.integers(4)], number(depth - 1)),
            lambda: Lookup(Name(str(rng.choice(list(tables)))), number(depth - 1)),
        ][rng.integers(3)]()

    def truth(depth: int) -> Expression:
        kind = rng.integers(0, 4) if depth else 3
        if kind == 0:
            return Logical(("and", "or")[rng.integers(2)], truth(depth - 1), truth(depth - 1))
        if kind == 1:
            return Not(truth(depth - 1))
        comparisons: tuple[ComparisonOperator, ...] = ("=", "<>", "<", "<=", ">", ">=")
        return Comparison(comparisons[rng.integers(6)], number(max(depth - 1, 0)), number(max(depth - 1, 0)))

    steps = []
    for i in range(n_equations):
        steps.append(Equation(f"e{i}", number(5)))
        known.append(f"e{i}")
    rates: Mapping[str, Expression] = {f"s{i}": number(3) for i in range(3)}
    return System(
        name=f"arithmetic {seed}",
        time=TimeAxis(-1.0, 1.0, 0.25, 0.25, method),
        constants=constants,
        fixed={},
        statics=(),
        start=tuple(Equation(name, n(f"c{i}")) for i, name in enumerate(rates)),
        steps=tuple(steps),
        reports=(),
        stocks=tuple(Stock(name, rate, non_negative=name == "s2") for name, rate in rates.items()),
        memories=(),
        pipes=(),
        tables=tables,
        outputs=(*rates, *(equation.name for equation in steps)),
    )
