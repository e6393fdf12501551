"""The simulators that run a `System`: by generated kernels, or by the interpreter."""

from __future__ import annotations

import copy
import warnings
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble, tell_loose_columns, verdicts
from rcsd.errors import ModelError, ParameterError, RcsdWarning
from rcsd.restart import State
from rcsd.simulation.batch import Batch, times_of
from rcsd.simulation.engine.begun import Begun, begun_at, steps_of
from rcsd.simulation.engine.exchange import replaced_points
from rcsd.simulation.engine.interpreter import interpret
from rcsd.simulation.engine.plan.carried import carried_names
from rcsd.simulation.ir.system import System
from rcsd.simulator import broadcast_inputs, output_names
from rcsd.work.posix import available_threads

if TYPE_CHECKING:
    from rcsd.simulation.engine.kernel import Kernel

_CHUNK_BYTES = 2**27  # of saved values in a chunk unless the caller says how many runs


class SystemSimulator(ABC):
    """A `rcsd.simulator.Simulator` of a system, whatever engine runs it.

    Integrates by the method of the system's time axis. A run whose saved values are not all finite is DIVERGED and
    keeps its values; no other run is touched by it. Where no outputs are named, it is the stocks that must be finite.
    Equal seeds give equal draws: those of row i depend on i, not on the other rows. Can be pickled.

    Parameters
    ----------
    system : System
        What to run.
    units : mapping of str to str
        Unit of every variable; elements take that of their variable. A name without one has unit "".
    constants : mapping of str to float, optional
        New defaults for constants.
    tables : mapping of str to (x, y), optional
        Points, in increasing order, that replace those of a table (a lookup variable, or an equation
        ``WITH LOOKUP``) or of a data variable in every run.
    computed : mapping of str to str, optional
        What else the model has, and in words what each is, for the message to who would set it.
    seed : int
        Of the random draws.

    Raises
    ------
    ParameterError
        For an unknown constant or table, or points that make no table.
    """

    def __init__(
        self,
        system: System,
        units: Mapping[str, str],
        *,
        constants: Mapping[str, float] | None = None,
        tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
        computed: Mapping[str, str] | None = None,
        seed: int = 0,
    ) -> None:
        self._computed = dict(computed or {})
        given, _ = broadcast_inputs(constants, system.constants, self._computed)
        defaults = {name: float(np.atleast_1d(value)[0]) for name, value in given.items()}
        replaced = replaced_points(system, tables or {})
        self._system = replace(system, constants={**system.constants, **defaults}, tables={**system.tables, **replaced})
        names = (*system.outputs, *system.constants)
        self._units = {**units, **{n: units.get(n, units.get(n.partition("[")[0], "")) for n in names}}
        self._seed = seed

    @property
    def name(self) -> str:
        """Name of the model."""
        return self._system.name

    @property
    def constants(self) -> Mapping[str, float]:
        """Every settable input and its default."""
        return self._system.constants

    @property
    def variables(self) -> tuple[str, ...]:
        """Every scalar that can be an output; elements of a subscripted variable as ``Name[a,b]``."""
        return self._system.outputs

    @property
    def units(self) -> Mapping[str, str]:
        """Unit of every variable."""
        return self._units

    @property
    def system(self) -> System:
        """What is run, with the defaults and tables of this simulator."""
        return self._system

    @property
    def seed(self) -> int:
        """Of the random draws."""
        return self._seed

    def with_tables(self, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Self:
        """Return this simulator with other points in some tables; see `rcsd.simulator.DrivenSimulator`."""
        replaced = replaced_points(self._system, tables)
        other = copy.copy(self)
        other._system = replace(self._system, tables={**self._system.tables, **replaced})
        return other

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Without `times`, a time to save that lies between two steps is moved to the next one.

        Raises
        ------
        ParameterError
            For an unknown input, arrays of different length, or times that are not increasing
            points of the model's integration grid.
        ModelError
            For an unknown output.
        """
        return self.run_batch(self.batch(inputs, outputs=outputs, times=times))

    def batch(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Batch:
        """Check a request; parameters and errors are those of `run`."""
        rows, n_runs = broadcast_inputs(inputs, self.constants, self._computed)
        names = output_names(outputs, self.variables)
        return Batch(rows, range(n_runs), names, times_of(self._system.time, times), every=outputs is None)

    @property
    def stocks(self) -> tuple[str, ...]:
        """Every level; see `rcsd.restart.RestartableSimulator.stocks`."""
        carried_names(self._system)
        return tuple(stock.name for stock in self._system.stocks)

    def begin(self, inputs: Mapping[str, ArrayLike] | None = None) -> State:
        """Return runs at the initial time; see `rcsd.restart.RestartableSimulator.begin`."""
        rows, n_runs = broadcast_inputs(inputs, self.constants, self._computed)
        names = carried_names(self._system)
        values = self._values(rows, range(n_runs), names, np.zeros(1, dtype=np.int64), None)
        return self._state(self._system.time.start, values[:, 0])

    def advance(
        self,
        state: State,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike,
    ) -> tuple[Ensemble, State]:
        """Continue runs to the last of some times; see `rcsd.restart.RestartableSimulator.advance`."""
        names, axis = carried_names(self._system), self._system.time
        batch = self.batch({**(inputs or {})}, outputs=outputs, times=times)
        batch = batch.repeated(state.n_runs)
        begun = begun_at(state, names, axis)
        steps = steps_of(axis, batch.times)
        if steps[0] < begun.step:
            raise ParameterError(
                f"time {batch.times[0]:g} cannot be saved: the runs stand at {state.time:g}; choose later times"
            )
        values = self._values(batch.rows, batch.runs, (*batch.variables, *names), steps, None, begun)
        n = len(batch.variables)
        return self._ensemble(batch, values[:, :, :n]), self._state(float(batch.times[-1]), values[:, -1, n:])

    def _state(self, time: float, values: NDArray[np.float64]) -> State:
        n = len(self._system.stocks)
        return State(time, self.stocks, values[:, :n], values[:, n:])

    def run_batch(self, batch: Batch, *, threads: int | None = None) -> Ensemble:
        """Simulate a batch; see `rcsd.simulation.batch.LocalSimulator.run_batch`."""
        steps = steps_of(self._system.time, batch.times)
        return self._ensemble(batch, self._values(batch.rows, batch.runs, batch.variables, steps, threads))

    def _ensemble(self, batch: Batch, values: NDArray[np.float64]) -> Ensemble:
        """Label what was worked out, and judge each run."""
        stocks = {stock.name for stock in self._system.stocks}
        spare = set(batch.variables) - stocks if batch.every else ()
        status, messages = verdicts(values, batch.variables, batch.times, spare)
        ensemble = Ensemble(
            values=values,
            times=batch.times,
            variables=batch.variables,
            units={name: self._units[name] for name in batch.variables},
            status=status,
            messages=messages,
            inputs=batch.rows,
        )
        if batch.every:
            tell_loose_columns(ensemble)
        return ensemble

    def run_batches(self, batches: Iterable[Batch]) -> Generator[Ensemble, None, None]:
        """Simulate batches one after the other, each when its result is asked for."""
        for batch in batches:
            yield self.run_batch(batch)

    def run_chunks(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
        n_runs: int | None = None,
    ) -> Iterator[Ensemble]:
        """Simulate as `run` does, and hand the runs over in chunks, so that memory holds one chunk at a time.

        Parameters
        ----------
        inputs, outputs, times
            As of `run`.
        n_runs : int, optional
            Runs in a chunk, at least 1; so many as make 128 MiB of values when None.

        Yields
        ------
        Ensemble
            The next rows, with the numbers that `run` would give them.

        Raises
        ------
        ParameterError, ModelError
            As `run`, before anything is simulated.
        """
        batch = self.batch(inputs, outputs=outputs, times=times)
        size = max(1, _CHUNK_BYTES // max(1, batch.bytes_per_run)) if n_runs is None else n_runs
        if size < 1:
            raise ParameterError(f"a chunk of {n_runs} runs cannot be simulated; ask for at least one")
        return self.run_batches(batch.parts(size))

    @abstractmethod
    def _values(
        self,
        inputs: Mapping[str, NDArray[np.float64]],
        runs: range,
        names: Sequence[str],
        steps: NDArray[np.int64],
        threads: int | None,
        begun: Begun | None = None,
    ) -> NDArray[np.float64]:
        """Work the values out, shape (run, time, variable)."""


@final
class InterpretedSimulator(SystemSimulator):
    """Runs a system by the interpreter: slow for many steps, nothing to compile; the reference."""

    def _values(
        self,
        inputs: Mapping[str, NDArray[np.float64]],
        runs: range,
        names: Sequence[str],
        steps: NDArray[np.int64],
        threads: int | None,
        begun: Begun | None = None,
    ) -> NDArray[np.float64]:
        return interpret(self._system, inputs, runs, names, steps, seed=self._seed, begun=begun)


@final
class CompiledSimulator(SystemSimulator):
    """Runs a system by a kernel of its own, compiled at the first run and kept in the folder for kernels.

    Parameters
    ----------
    system, units, constants, tables, computed, seed
        As of `SystemSimulator`; none but the structure of the system depends on the compilation.
    threads : int, optional
        How many run at once; as many as there are processors when None. Results do not depend on it.
    or_interpreted : bool
        Whether a system that the compiler fails on is interpreted, with an `RcsdWarning`; else it is a `ModelError`.
    """

    def __init__(
        self,
        system: System,
        units: Mapping[str, str],
        *,
        constants: Mapping[str, float] | None = None,
        tables: Mapping[str, tuple[ArrayLike, ArrayLike]] | None = None,
        computed: Mapping[str, str] | None = None,
        seed: int = 0,
        threads: int | None = None,
        or_interpreted: bool = False,
    ) -> None:
        super().__init__(system, units, constants=constants, tables=tables, computed=computed, seed=seed)
        if threads is not None and threads < 1:
            raise ParameterError(f"{threads} threads cannot run anything; give at least 1")
        self._threads = threads
        self._or_interpreted = or_interpreted
        self._failed = False
        self._kernel: Kernel | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave out the machine code, which the cache has where the simulator arrives, or compiles again."""
        return self.__dict__ | {"_kernel": None}

    def prepare(self) -> None:
        """Compile now, or load from the cache, instead of at the first run.

        Raises
        ------
        ModelError
            When the compiler fails, unless the system is interpreted then.
        """
        if self._kernel is not None or self._failed:
            return
        from rcsd.simulation.engine.kernel import COMPILER_FAULTS, Kernel  # noqa: PLC0415 - slow to import

        try:
            self._kernel = Kernel(self._system)
        except COMPILER_FAULTS as error:
            said = str(error).strip().partition("\n")[0]
            what = f"the compiler fails on this model ({type(error).__name__}: {said})"
            if not self._or_interpreted:
                raise ModelError(f"{self._system.name}: {what}; run it with backend 'interpreted'") from error
            self._failed = True
            warnings.warn(f"{self._system.name}: {what}: it is interpreted, slowly", RcsdWarning, stacklevel=4)

    def with_tables(self, tables: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Self:
        """Return this simulator with other points in some tables; the two share the machine code."""
        self.prepare()
        other = super().with_tables(tables)
        other._kernel = None if self._kernel is None else self._kernel.with_tables(other._system)
        return other

    def _values(
        self,
        inputs: Mapping[str, NDArray[np.float64]],
        runs: range,
        names: Sequence[str],
        steps: NDArray[np.int64],
        threads: int | None,
        begun: Begun | None = None,
    ) -> NDArray[np.float64]:
        self.prepare()
        if self._kernel is None:
            return interpret(self._system, inputs, runs, names, steps, seed=self._seed, begun=begun)
        # counted here, not when it was made: it may have come from another machine
        own = available_threads() if self._threads is None else self._threads
        return self._kernel.run(inputs, runs, names, steps, seed=self._seed, begun=begun, threads=threads or own)
