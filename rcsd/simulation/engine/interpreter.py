"""The reference engine: a `System` evaluated term by term over arrays of one value per run, or per element and run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.begun import NOT_BEGUN, Begun
from rcsd.simulation.engine.evaluation import Evaluator, Moment, NumberAt, Values, as_slice
from rcsd.simulation.engine.plan.phases import delay_of, entering_of, next_of, phases_of, rate_of
from rcsd.simulation.engine.tables import flat_tables, table_row
from rcsd.simulation.functions import FUNCTIONS, Registry
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.ir.family import Family, Unit
from rcsd.simulation.ir.system import HALF_UP, System


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
    slots = {name: i for i, name in enumerate(values)}
    moment = Moment([*map(np.asarray, values.values())], {}, np.zeros(0), np.uint64(0), 0)
    with np.errstate(all="ignore"):
        return Evaluator(slots, {}, n, functions=functions).number(expression)(moment)


def interpret(
    system: System,
    inputs: Mapping[str, Values],
    runs: range,
    outputs: Sequence[str],
    steps: NDArray[np.int64],
    *,
    seed: int = 0,
    begun: Begun | None = None,
    smallest: float | None = None,
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
    begun : Begun, optional
        Where the runs go on from, no later than at the first step to save; from the initial time when None.
    smallest : float, optional
        As of `rcsd.simulation.engine.plan.phases.phases_of`: the result is the same for all.

    Returns
    -------
    NDArray, shape (run, time, variable)
    """
    machine = _Machine(system, phases_of(system, smallest=smallest), inputs, runs, seed)
    saved = np.empty((len(runs), steps.size, len(outputs)))
    for i, name in enumerate(outputs):
        if name in system.fixed:
            saved[:, :, i] = system.fixed[name]
    computed = [i for i, name in enumerate(outputs) if name not in system.fixed]
    rows = machine.rows(outputs[i] for i in computed)
    at = {int(step): i for i, step in enumerate(steps)}
    last = max(at, default=-1)
    with np.errstate(all="ignore"):
        first = machine.begin(last, NOT_BEGUN if begun is None else begun)
        for step in range(first, last + 1):
            machine.evaluate(step)
            if step in at:
                machine.report()
                saved[:, at[step], computed] = machine.moment.values[rows].T
            if step < last:
                machine.advance()
    return saved


def rates_of_change(
    system: System, states: Iterable[tuple[int, Mapping[str, Values]]], n_runs: int
) -> Iterator[Values]:
    """Work out how fast the stocks of some runs change, at one moment after the other.

    Parameters
    ----------
    system : System
        What is run; with the constants that it has by itself.
    states : iterable of (int, mapping of str to NDArray, shape (run,))
        Number of the step, which says the time, and the values of its stocks, memories and pipes then; those not named
        are as at the initial time.
    n_runs : int
        How many runs there are in each.

    Yields
    ------
    NDArray, shape (stock, run)
        In the order of `system.stocks`.
    """
    machine = _Machine(system, phases_of(system), {}, range(n_runs), 0)
    for step, state in states:
        with np.errstate(all="ignore"):
            yield machine.rates(state, step)


class _Machine:
    """The memory of some runs, and what is done to it."""

    def __init__(
        self, system: System, phases: Mapping[str, list[Unit]], inputs: Mapping[str, Values], runs: range, seed: int
    ) -> None:
        self._axis = system.time
        self._slots = _slots(system, phases)
        flat, places = flat_tables(list(system.tables.values()))
        ends = zip(places[::2].tolist(), places[1::2].tolist(), strict=True)
        self._tables = dict(zip(system.tables, ends, strict=True))
        self.moment = Moment(
            values=np.zeros((len(self._slots), len(runs))),
            tables={name: table_row(points) for name, points in system.tables.items()},
            flat=flat,
            seed=np.uint64(seed % 2**64),
            first_run=runs.start,
            time=system.time.start,
            begun=system.time.start,
        )
        for name, value in {**system.constants, **inputs}.items():
            self.moment.values[self._slots[name]] = value
        self._phases = {phase: self._ready(units, system, len(runs)) for phase, units in phases.items()}
        self._stocks = self._pair((s.name, rate_of(s.name)) for s in system.stocks)
        self._memories = self._pair((m.name, next_of(m.name)) for m in system.memories)
        self._pipes = self._pair((p.name, entering_of(p.name)) for p in system.pipes)
        self._delays = self.rows(delay_of(p.name) for p in system.pipes)
        self._non_negative = self.rows(s.name for s in system.stocks if s.non_negative)
        self._go = _METHODS[system.time.method]

    def rows(self, names: Iterable[str]) -> slice | NDArray[np.intp]:
        """Return where the values of names stand."""
        return as_slice(np.array([self._slots[name] for name in names], dtype=np.intp))

    def begin(self, last: int, begun: Begun) -> int:
        """Work out what is worked out once, and return the number of the first step; `last` is that of the last."""
        self._assign("statics")
        self._assign("start")
        for name, value in zip(begun.names, begun.values.T, strict=True):
            self.moment.values[self._slots[name]] = value
        self._contents = _Contents(self.moment, self._pipes[0], self._delays, self._axis.step, last)
        return begun.step

    def evaluate(self, step: int) -> None:
        """Work out the equations of a step."""
        self.moment.step = step
        self.moment.time = self.moment.begun = self._axis.start + step * self._axis.step
        self._assign("steps")

    def rates(self, state: Mapping[str, Values], step: int) -> Values:
        """Set what lasts, and return how fast stocks change then, shape (stock, run)."""
        self.begin(0, NOT_BEGUN)
        for name, value in state.items():
            self.moment.values[self._slots[name]] = value
        self.evaluate(step)
        return np.array(self.moment.values[self._stocks[1]])

    def report(self) -> None:
        """Work out what only an output may ask for."""
        self._assign("reports")

    def advance(self) -> None:
        """Go to the next step; what lasts a step is worked out at its beginning and changes at its end."""
        values = self.moment.values
        following, entering = values[self._memories[1]].copy(), values[self._pipes[1]].copy()
        self._go(self.moment, *self._stocks, self._axis.step, lambda: self._assign("steps"))
        cut = values[self._non_negative]
        values[self._non_negative] = np.where(cut < 0, 0.0, cut)
        values[self._memories[0]] = following
        values[self._pipes[0]] = self._contents.after(self.moment.step, entering)

    def _pair(self, names: Iterable[tuple[str, str]]) -> tuple[slice | NDArray[np.intp], slice | NDArray[np.intp]]:
        pairs = list(names)
        return self.rows(name for name, _ in pairs), self.rows(name for _, name in pairs)

    def _ready(
        self, units: Iterable[Unit], system: System, n_runs: int
    ) -> list[tuple[int | slice | NDArray[np.intp], NumberAt]]:
        ready: list[tuple[int | slice | NDArray[np.intp], NumberAt]] = []
        for unit in units:
            columns = unit.columns if isinstance(unit, Family) else None
            evaluator = Evaluator(self._slots, system.fixed, n_runs, self._tables, columns)
            target = self.rows(unit.names) if isinstance(unit, Family) else self._slots[unit.name]
            ready.append((target, evaluator.number(unit.expression)))
        return ready

    def _assign(self, phase: str) -> None:
        values, moment = self.moment.values, self.moment
        for target, number in self._phases[phase]:
            values[target] = number(moment)


def _slots(system: System, phases: Mapping[str, Iterable[Unit]]) -> dict[str, int]:
    """Give every name a row; what is worked on together has rows that follow one another."""
    names = [
        *system.constants,
        *(stock.name for stock in system.stocks),
        *(rate_of(stock.name) for stock in system.stocks),
        *(memory.name for memory in system.memories),
        *(next_of(memory.name) for memory in system.memories),
        *(pipe.name for pipe in system.pipes),
        *(entering_of(pipe.name) for pipe in system.pipes),
        *(delay_of(pipe.name) for pipe in system.pipes),
    ]
    for units in phases.values():
        for unit in units:
            names += unit.names if isinstance(unit, Family) else (unit.name,)
    return {name: slot for slot, name in enumerate(dict.fromkeys(names))}


class _Contents:
    """What is under way in the pipes."""

    def __init__(
        self,
        moment: Moment,
        pipes: slice | NDArray[np.intp],
        delays: slice | NDArray[np.intp],
        step: float,
        last: int,
    ) -> None:
        lengths = np.floor(moment.values[delays] / step + HALF_UP)
        unknown = np.isnan(lengths)
        # a delay that is no number leaves nothing to give out
        self._leaves = np.where(unknown, np.nan, moment.values[pipes])
        moment.values[pipes] = self._leaves
        self._lengths = np.clip(np.where(unknown, np.inf, lengths), 1, last + 1).astype(np.int64)
        self._entered = np.zeros((int(self._lengths.max(initial=1)), *self._leaves.shape))

    def after(self, step: int, entering: Values) -> Values:
        """Take in what enters in a step, and return what leaves in the next."""
        size = len(self._entered)
        self._entered[step % size] = entering
        since = step + 1 - self._lengths
        found = np.take_along_axis(self._entered, (since % size)[np.newaxis], axis=0)[0]
        self._leaves = np.where(since >= 0, found, self._leaves)
        return self._leaves


Rows = slice | NDArray[np.intp]


def _euler(moment: Moment, stocks: Rows, rates: Rows, h: float, again: Callable[[], None]) -> None:
    x = moment.values
    x[stocks] = x[stocks] + h * x[rates]


def _heun(moment: Moment, stocks: Rows, rates: Rows, h: float, again: Callable[[], None]) -> None:
    values, t = moment.values, moment.time
    x, k1 = values[stocks].copy(), values[rates].copy()
    values[stocks], moment.time = x + h * k1, t + h
    again()
    values[stocks] = x + 0.5 * h * (k1 + values[rates])


def _runge_kutta(moment: Moment, stocks: Rows, rates: Rows, h: float, again: Callable[[], None]) -> None:
    values, t = moment.values, moment.time
    x, k1 = values[stocks].copy(), values[rates].copy()
    found = [k1]
    for part, along in ((0.5 * h, t + 0.5 * h), (0.5 * h, t + 0.5 * h), (h, t + h)):
        values[stocks], moment.time = x + part * found[-1], along
        again()
        found.append(values[rates].copy())
    k1, k2, k3, k4 = found
    values[stocks] = x + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4)


_METHODS = {"euler": _euler, "rk2": _heun, "rk4": _runge_kutta}
