"""The course of a run step by step: what links are scored on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.interpreter import interpret
from rcsd.simulation.ir.model import TimeAxis
from rcsd.simulation.ir.system import System

_SLACK = 1e-4  # of a step: what a division leaves over


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """Some runs at every step.

    Attributes
    ----------
    times : NDArray, shape (step,)
        Of the steps, the initial time first.
    values : mapping of str to NDArray, shape (step, run)
        By name.
    """

    times: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]

    @property
    def n_runs(self) -> int:
        """How many runs there are."""
        return next(iter(self.values.values())).shape[1] if self.values else 0

    def lost(self, names: Collection[str]) -> float | None:
        """Return the first time at which one of some variables is not a finite number in a run, or None."""
        bad = [~np.isfinite(self.values[name]).all(axis=1) for name in names if name in self.values]
        at = np.flatnonzero(np.any(bad, axis=0)) if bad else np.zeros(0, dtype=np.intp)
        return float(self.times[at[0]]) if at.size else None


def steps_in(axis: TimeAxis) -> NDArray[np.float64]:
    """Return the times of all steps of a run, shape (step,)."""
    n = int(np.floor((axis.stop - axis.start) / axis.step + _SLACK))
    return np.asarray(axis.start + axis.step * np.arange(n + 1, dtype=np.float64))


def traced(
    system: System, inputs: Mapping[str, NDArray[np.float64]], runs: range, names: Sequence[str], *, seed: int = 0
) -> Trace:
    """Run a system and keep some of its values at every step.

    Parameters
    ----------
    system : System
        To run, by its own method.
    inputs : mapping of str to NDArray, shape (run,)
        Values of constants.
    runs : range
        Numbers of the runs, on which their draws depend.
    names : sequence of str
        Of constants, variables, and what the engine adds to them.
    seed : int
        Of the draws.

    Returns
    -------
    Trace
    """
    times = steps_in(system.time)
    saved = interpret(system, inputs, runs, names, np.arange(times.size), seed=seed)
    return Trace(times, {name: np.ascontiguousarray(saved[:, :, i].T) for i, name in enumerate(names)})
