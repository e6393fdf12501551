"""A simulator that counts time in the periods of a study and returns what is observed of its variables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, Self, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.clock.clock import Clock
from rcsd.analysis.clock.measure import SLACK, Measured, Method, places_of, steps_around
from rcsd.ensemble import Ensemble
from rcsd.errors import UnitError
from rcsd.simulator import DrivenSimulator, Grid, Simulator, SimulatorAround
from rcsd.units import parse_unit


class ClockedSimulator(SimulatorAround[Simulator]):
    """Runs a model at periods, and returns of each variable what a study observes of it.

    A period that ends between two steps of the model is read along the straight line from one to the next. A stretch
    that begins before the model does has no mean and no sum: NaN.

    Parameters
    ----------
    simulator
        Of the model, in its own time.
    clock
        That of the study, with its model.
    grid
        Where the model starts and how it steps.
    method
        How it integrates.
    measures
        By variable; what is not named is observed at the end of each period.
    """

    def __init__(
        self, simulator: Simulator, clock: Clock, grid: TimedGrid, method: Method, measures: Mapping[str, Measured]
    ) -> None:
        super().__init__(simulator)
        self._clock, self._grid, self._method = clock, grid, method
        self._measures = {name: each for name, each in measures.items() if each.measure != "end"}

    @property
    def clock(self) -> Clock:
        """The clock by which it is run."""
        return self._clock

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Parameters
        ----------
        inputs, outputs
            As there.
        times
            Increasing periods; all that the model has when None.
        """
        periods = self._all() if times is None else np.atleast_1d(np.asarray(times, dtype=np.float64))
        ends = self._clock.to_model(periods)
        measures = self._measures if outputs is None else {n: m for n, m in self._measures.items() if n in outputs}
        begins = {name: self._begins(periods, measured) for name, measured in measures.items()}
        asked = self._asked(ends, list(begins.values()))
        ran = self._simulator.run(inputs, outputs=outputs, times=asked)
        values = np.stack([self._observed(ran, name, ends, begins.get(name)) for name in ran.variables], axis=-1)
        units = {name: self._unit(name, unit) for name, unit in ran.units.items()}
        return Ensemble(values, periods, ran.variables, units, ran.status, ran.messages, ran.inputs)

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable and constant; a sum over time is in that of its variable times that of time."""
        return {name: self._unit(name, unit) for name, unit in self._simulator.units.items()}

    def _unit(self, name: str, unit: str) -> str:
        if name not in self._measures or self._measures[name].measure != "sum":
            return unit
        return summed_unit(unit, self._grid.unit)

    def _all(self) -> NDArray[np.float64]:
        first, last = self._clock.within(self._grid.start, self._grid.stop)
        return np.arange(first, last + 1, dtype=np.float64)

    def _begins(self, periods: NDArray[np.float64], measured: Measured) -> NDArray[np.float64]:
        """Model times at which the stretches of a variable begin; those before the model's are NaN."""
        before = [self._clock.before(round(k), measured.span) for k in periods]
        begins = self._clock.to_model(before)
        return np.where(begins < self._grid.start - SLACK * self._grid.step, np.nan, begins)

    def _asked(self, ends: NDArray[np.float64], begins: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
        """Model times to save: every step of all stretches, and those around each end."""
        start, step = self._grid.start, self._grid.step
        wanted: list[NDArray[np.float64]] = []
        for each in begins:
            known = each[~np.isnan(each)]
            wanted += [steps_around(start, step, np.append(known, ends[~np.isnan(each)])).times] if known.size else []
        exact = places_of(start, step, ends)
        wanted += [start + np.floor(exact) * step, start + np.ceil(exact) * step]
        places = np.unique(np.concatenate([np.round((each - start) / step) for each in wanted]))
        return np.minimum(start + places * step, self._grid.stop)

    def _observed(
        self, ran: Ensemble, name: str, ends: NDArray[np.float64], begins: NDArray[np.float64] | None
    ) -> NDArray[np.float64]:
        """Return what is observed of one variable, shape (run, time)."""
        values, places = ran.of(name), np.round((ran.times - self._grid.start) / self._grid.step).astype(int)
        if begins is None:
            return self._read(values, places, ends)
        found = np.full((ran.n_runs, ends.size), np.nan)
        known = ~np.isnan(begins)
        if known.any():
            begin, end = begins[known], ends[known]
            steps = steps_around(self._grid.start, self._grid.step, np.append(begin, end))
            here = values[:, np.searchsorted(places, np.arange(steps.first, steps.last + 1))]
            found[:, known] = steps.integrals(here, begin, end, self._method)
            if self._measures[name].measure == "mean":
                found[:, known] /= end - begin
        return found

    def _read(
        self, values: NDArray[np.float64], places: NDArray[np.int_], when: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Read values at some of the model's steps between these, along the straight line."""
        exact = places_of(self._grid.start, self._grid.step, when)
        before, after = (values[:, np.searchsorted(places, edge(exact))] for edge in (np.floor, np.ceil))
        share = exact - np.floor(exact)
        # where a time is a step, what follows has no say, not even where it is no number; a run that failed has none
        with np.errstate(invalid="ignore", over="ignore"):
            return np.where(share > 0, before + share * (after - before), before)


class DrivenClockedSimulator(ClockedSimulator):
    """The same of a model that can be given other courses of what drives it."""

    def with_tables(self, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Self:
        """Return this simulator with other points, by period, in some tables; see `rcsd.simulator.DrivenSimulator`."""
        inner = cast(DrivenSimulator, self._simulator)
        points = {name: (self._clock.to_model(x), y) for name, (x, y) in tables.items()}
        return type(self)(inner.with_tables(points), self._clock, self._grid, self._method, self._measures)


class TimedGrid(Grid, Protocol):
    """A grid that knows its unit of time."""

    @property
    def unit(self) -> str:
        """The model's unit of time."""
        ...


def summed_unit(unit: str, time: str) -> str:
    """Return the unit of a sum over time.

    Examples
    --------
    >>> summed_unit("widget/Month", "Month")
    'widget'
    """
    try:
        return str(parse_unit(unit) * parse_unit(time))
    except UnitError:
        return f"({unit})*{time}"  # what cannot be read is shown as it is


def clocked(
    simulator: Simulator, clock: Clock, grid: TimedGrid, method: Method, measures: Mapping[str, Measured]
) -> Simulator:
    """Return a simulator by a study's clock: the same one where time is the model's own and values are of its ends.

    Parameters are those of `ClockedSimulator`.
    """
    if clock.identity and all(each.measure == "end" for each in measures.values()):
        return simulator
    kind = DrivenClockedSimulator if isinstance(simulator, DrivenSimulator) else ClockedSimulator
    return kind(simulator, clock, grid, method, measures)
