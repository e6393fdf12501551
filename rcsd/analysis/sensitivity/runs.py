"""Runs the rows of a sample through a simulator, some at a time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.sensitivity.failures import Failures, OnFailure, failures_of, resolve
from rcsd.analysis.sensitivity.marginals import Marginal, natural_rows
from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError, ParameterError
from rcsd.names import canonical, near_matches
from rcsd.simulator import Simulator, broadcast_inputs
from rcsd.work.progress import Progress, silent

_FIRST_ROWS = 16
_MOST_BYTES = 64 * 2**20
"""Largest result of one call of the simulator."""

_SECONDS = 0.5
"""A call that takes less is followed by a larger one: slow engines tell often how far they are, fast ones run long."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The runs of a sample, none of them with a hole.

    Attributes
    ----------
    values : NDArray, shape (run, time, output)
        All finite.
    times : NDArray, shape (time,)
        In the model's time unit.
    outputs : tuple of str
        Names of the last axis.
    units : mapping of str to str
        Unit of each output.
    failures : Failures
        The runs that were replaced.
    """

    values: NDArray[np.float64]
    times: NDArray[np.float64]
    outputs: tuple[str, ...]
    units: Mapping[str, str]
    failures: Failures


@dataclass(frozen=True, slots=True)
class Task:
    """What to run: a simulator, what varies and what is saved.

    Attributes
    ----------
    simulator : Simulator
        Any.
    marginals : tuple of Marginal
        What varies.
    outputs : sequence of str, optional
        What is saved; every variable when None.
    times : array_like, shape (time,), optional
        When; the simulator's own times when None.
    on_failure : {"refuse", "median"}
        What to do when runs fail.
    """

    simulator: Simulator
    marginals: tuple[Marginal, ...]
    outputs: Sequence[str] | None = None
    times: ArrayLike | None = None
    on_failure: OnFailure = "refuse"

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what varies."""
        return tuple(marginal.name for marginal in self.marginals)

    def check(self) -> None:
        """Find out before the first run whether every name is known.

        Raises
        ------
        ParameterError
            For a parameter that is no constant of the model.
        ModelError
            For an unknown output, or none.
        """
        broadcast_inputs(dict.fromkeys(self.names, 0.0), self.simulator.constants)
        known = {canonical(name) for name in self.simulator.variables}
        for name in self.outputs or ():
            if canonical(name) not in known:
                hint = near_matches(name, self.simulator.variables) or "see the simulator's variables"
                raise ModelError(f"{name!r} is not a variable that can be saved; {hint}")
        if self.outputs is not None and not self.outputs:
            raise ModelError("no output to analyse: name at least one variable")

    def run(self, inputs: NDArray[np.float64]) -> Ensemble:
        """Run some rows of natural values, shape (run, parameter)."""
        columns = {name: inputs[:, i] for i, name in enumerate(self.names)}
        return self.simulator.run(columns, outputs=self.outputs, times=self.times)


def run_rows(task: Task, shares: NDArray[np.float64], *, progress: Progress = silent) -> Runs:
    """Run every row of a sample.

    The memory in use is that of the result and of one call, which is kept below a fixed size.

    Parameters
    ----------
    task : Task
        What to run.
    shares : NDArray, shape (run, parameter)
        Rows of the unit cube.
    progress : Progress
        Told how many runs are done, as the step "simulate".

    Raises
    ------
    ParameterError, ModelError
        For unknown names, before anything is run.
    RefusedError
        When runs failed and the task's rule is to refuse.
    SimulationError
        When all runs failed.
    """
    task.check()
    n = len(shares)
    progress("simulate", 0, n)
    values: NDArray[np.float64] | None = None
    failed: list[tuple[int, str]] = []
    done, size = 0, _FIRST_ROWS
    while True:
        began = time.perf_counter()
        ensemble = task.run(natural_rows(task.marginals, shares[done : done + size]))
        if values is None:
            values = np.empty((n, *ensemble.values.shape[1:]))
        values[done : done + ensemble.n_runs] = ensemble.values
        failed += [(done + row, why) for row, why in _failed(ensemble)]
        done += ensemble.n_runs
        progress("simulate", done, n)
        if done >= n:
            break
        size = _next_size(size, time.perf_counter() - began, ensemble.values[0].nbytes)
    natural = natural_rows(task.marginals, shares[[row for row, _ in failed]])
    failures = failures_of(failed, natural, task.names, n, task.on_failure)
    resolve(values, failures)
    return Runs(values, ensemble.times, ensemble.variables, ensemble.units, failures)


def _failed(ensemble: Ensemble) -> list[tuple[int, str]]:
    """Rows of an ensemble that cannot be used, and why: those that say so, and those that hold no number somewhere."""
    finite = np.isfinite(ensemble.values).all(axis=(1, 2))
    return [
        (int(row), ensemble.messages[row] or "a value is not a finite number")
        for row in np.flatnonzero(~ensemble.ok | ~finite)
    ]


def _next_size(size: int, seconds: float, bytes_a_run: int) -> int:
    """How many rows the next call takes."""
    if seconds < _SECONDS:
        size *= 2
    return max(1, min(size, _MOST_BYTES // max(1, bytes_a_run)))


def check_level(confidence: float, n_resamples: int) -> None:
    """Refuse intervals that cannot be made.

    Raises
    ------
    ParameterError
        For a level outside (0, 1) or fewer than two resamples.
    """
    if not 0 < confidence < 1:
        raise ParameterError(f"confidence {confidence!r}: the level of an interval lies between 0 and 1, such as 0.95")
    if n_resamples < 2:  # noqa: PLR2004 - a spread needs two
        raise ParameterError(f"{n_resamples} bootstrap resamples: an interval needs at least 2, and 200 are usual")
