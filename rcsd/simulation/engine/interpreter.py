"""The reference engine: a `System` evaluated term by term over arrays with one value per run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.draws import draw_key, exponential_draws, normal_draws, uniform_draws
from rcsd.simulation.engine.integration import HALF_UP
from rcsd.simulation.engine.tables import look_up, table_row
from rcsd.simulation.functions import FUNCTIONS, Registry
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Random,
    Time,
)
from rcsd.simulation.ir.system import Equation, Pipe, System

Values = NDArray[np.float64]

_ARITHMETIC: dict[str, Callable[..., Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
_COMPARISONS: dict[str, Callable[..., NDArray[np.bool_]]] = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


@dataclass(slots=True)
class _State:
    """What an expression may ask for at one moment."""

    values: dict[str, Values]
    tables: Mapping[str, Values]
    seed: np.uint64
    runs: range
    time: float = 0.0
    begun: float = 0.0
    step: int = 0
    functions: Registry = FUNCTIONS

    def assign(self, equations: Iterable[Equation]) -> None:
        for equation in equations:
            self.values[equation.name] = self.number(equation.expression)

    def number(self, expression: Expression) -> Values:  # noqa: PLR0911 - one line per node
        match expression:
            case Number(value):
                return np.full(len(self.runs), value)
            case Name(name):
                return self.values[name]
            case Time(of_step):
                return np.full(len(self.runs), self.begun if of_step else self.time)
            case Arithmetic(operator, left, right):
                return _ARITHMETIC[operator](self.number(left), self.number(right))
            case Negative(operand):
                return -self.number(operand)
            case Conditional(condition, then, otherwise):
                return np.where(self.truth(condition), self.number(then), self.number(otherwise))
            case Call(function, arguments):
                return self.functions.primitive(function).numpy(*map(self.number, arguments))
            case Lookup(Name() as table, argument):
                return look_up(self.tables[table.name], self.number(argument))
            case Random():
                return self._draw(expression)
        raise NotImplementedError(f"{type(expression).__name__} is not a number in a system")

    def truth(self, expression: Expression) -> NDArray[np.bool_]:
        match expression:
            case Comparison(operator, left, right):
                return _COMPARISONS[operator](self.number(left), self.number(right))
            case Logical("and", left, right):
                return self.truth(left) & self.truth(right)
            case Logical("or", left, right):
                return self.truth(left) | self.truth(right)
            case Not(operand):
                return ~self.truth(operand)
        raise NotImplementedError(f"{type(expression).__name__} is not a truth value in a system")

    def _draw(self, random: Random) -> Values:
        n = len(self.runs)
        draws = {"uniform": uniform_draws, "normal": normal_draws, "exponential": exponential_draws}
        w = np.concatenate([*map(self.number, random.arguments), np.empty(n)])
        key = np.uint64(draw_key(self.seed, random.stream, self.step))
        draws[random.distribution](w, 0, n, key, self.runs.start)
        return w[-n:] if n else w


def evaluate(expression: Expression, values: Mapping[str, Values], functions: Registry = FUNCTIONS) -> Values:
    """Work an expression out over arrays.

    Parameters
    ----------
    expression : Expression
        A number made of names, numbers, arithmetic, choices and primitives.
    values : mapping of str to NDArray
        What the names stand for; the last axes are equal, the others can be broadcast.
    functions : Registry, optional
        Where the primitives are found.

    Returns
    -------
    NDArray
        Shaped as the names together; of the last axis alone for an expression without any.
    """
    n = max((np.shape(value)[-1] for value in values.values()), default=1)
    state = _State(dict(values), {}, np.uint64(0), range(n), functions=functions)
    with np.errstate(all="ignore"):
        return state.number(expression)


def interpret(
    system: System,
    inputs: Mapping[str, Values],
    runs: range,
    outputs: Sequence[str],
    steps: NDArray[np.int64],
    *,
    seed: int = 0,
) -> Values:
    """Run a system for some rows of inputs.

    Parameters
    ----------
    system : System
        What to run.
    inputs : mapping of str to NDArray, shape (run,)
        Values of constants; those not named keep the system's defaults.
    runs : range
        Numbers of the rows, on which their draws depend.
    outputs : sequence of str
        Scalars to save.
    steps : NDArray of int, shape (time,)
        Numbers of the steps at which to save, increasing; 0 is the initial time.
    seed : int
        Of the random draws.

    Returns
    -------
    NDArray, shape (run, time, variable)
    """
    axis = system.time
    constants = {**system.fixed, **system.constants}
    state = _State(
        values={name: np.full(len(runs), value) for name, value in constants.items()} | dict(inputs),
        tables={name: table_row(points) for name, points in system.tables.items()},
        seed=np.uint64(seed % 2**64),
        runs=runs,
        time=axis.start,
        begun=axis.start,
    )
    saved = np.empty((len(runs), steps.size, len(outputs)))
    at = {int(step): i for i, step in enumerate(steps)}
    with np.errstate(all="ignore"):
        state.assign(system.statics)
        state.assign(system.start)
        pipes = [_Contents(state, pipe, axis.step) for pipe in system.pipes]
        for step in range(max(at, default=-1) + 1):
            state.step = step
            state.time = state.begun = axis.start + step * axis.step
            state.values |= {pipe.name: contents.leaves for pipe, contents in zip(system.pipes, pipes, strict=True)}
            state.assign(system.steps)
            if step in at:
                state.assign(system.reports)
                for k, name in enumerate(outputs):
                    saved[:, at[step], k] = state.values[name]
            _advance(system, state, pipes)
    return saved


class _Contents:
    """What is under way in a pipe."""

    def __init__(self, state: _State, pipe: Pipe, step: float) -> None:
        delays = np.floor(state.number(pipe.delay) / step + HALF_UP)
        unknown = np.isnan(delays)
        self._steps = np.clip(np.where(unknown, np.inf, delays), 1, 2**40).astype(np.int64)
        # a delay that is no number leaves nothing to give out
        self.leaves = np.where(unknown, np.nan, state.number(pipe.initial))
        self._pipe = pipe
        self._entered: list[Values] = []

    def take(self, state: _State) -> None:
        """Take in what enters in this step, and make ready what leaves in the next."""
        self._entered.append(state.number(self._pipe.entering))
        self.leaves = self.leaves.copy()
        for delay in np.unique(self._steps):
            if delay <= len(self._entered):
                rows = self._steps == delay
                self.leaves[rows] = self._entered[-delay][rows]


def _advance(system: System, state: _State, pipes: Sequence[_Contents]) -> None:
    """Go from one step to the next; what lasts a step is worked out at its beginning and changes at its end."""
    following = {memory.name: state.number(memory.following) for memory in system.memories}
    for pipe in pipes:
        pipe.take(state)
    stocks = _METHODS[system.time.method](system, state)
    for stock in system.stocks:
        level = stocks[stock.name]
        state.values[stock.name] = np.where(level < 0, 0.0, level) if stock.non_negative else level
    state.values |= following


def _rates(system: System, state: _State) -> dict[str, Values]:
    return {stock.name: state.number(stock.rate) for stock in system.stocks}


def _stage(system: System, state: _State, time: float, stocks: Mapping[str, Values]) -> dict[str, Values]:
    state.time = time
    state.values |= stocks
    state.assign(system.steps)
    return _rates(system, state)


def _euler(system: System, state: _State) -> dict[str, Values]:
    h = system.time.step
    return {name: state.values[name] + h * rate for name, rate in _rates(system, state).items()}


def _heun(system: System, state: _State) -> dict[str, Values]:
    h, t = system.time.step, state.time
    x = {stock.name: state.values[stock.name] for stock in system.stocks}
    k1 = _rates(system, state)
    k2 = _stage(system, state, t + h, {name: x[name] + h * k1[name] for name in x})
    return {name: x[name] + 0.5 * h * (k1[name] + k2[name]) for name in x}


def _runge_kutta(system: System, state: _State) -> dict[str, Values]:
    h, t = system.time.step, state.time
    x = {stock.name: state.values[stock.name] for stock in system.stocks}
    k1 = _rates(system, state)
    k2 = _stage(system, state, t + 0.5 * h, {name: x[name] + 0.5 * h * k1[name] for name in x})
    k3 = _stage(system, state, t + 0.5 * h, {name: x[name] + 0.5 * h * k2[name] for name in x})
    k4 = _stage(system, state, t + h, {name: x[name] + h * k3[name] for name in x})
    return {name: x[name] + h / 6.0 * (k1[name] + 2.0 * k2[name] + 2.0 * k3[name] + k4[name]) for name in x}


_METHODS = {"euler": _euler, "rk2": _heun, "rk4": _runge_kutta}
