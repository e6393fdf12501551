"""Rows to simulate, checked and numbered, so that a batch can be cut and its parts run anywhere."""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError, RcsdWarning
from rcsd.simulation.ir import TimeAxis
from rcsd.simulator import Simulator, output_times


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What a simulator was asked for, after its checks.

    Attributes
    ----------
    rows : mapping of str to NDArray, shape (run,)
        The inputs that are set.
    runs : range
        The number of each row. A random draw belongs to the number, so a part of a batch keeps those of the whole.
    variables : tuple of str
        What to save.
    times : NDArray, shape (time,)
        When.
    every : bool
        Whether no names were given, so that all variables are saved.
    """

    rows: Mapping[str, NDArray[np.float64]]
    runs: range
    variables: tuple[str, ...]
    times: NDArray[np.float64]
    every: bool = False

    @property
    def bytes_per_run(self) -> int:
        """What one run saves."""
        return 8 * len(self.variables) * self.times.size

    def part(self, runs: range) -> Batch:
        """Return the rows with these numbers, which must be among those of this batch."""
        first = self.runs.start
        cut = slice(runs.start - first, runs.stop - first)
        return replace(self, rows={name: row[cut] for name, row in self.rows.items()}, runs=runs)

    def repeated(self, n_runs: int) -> Batch:
        """Return a batch of so many runs, where this one has as many or a single one.

        Raises
        ------
        ParameterError
            For inputs of another length.
        """
        if len(self.runs) not in (1, n_runs):
            raise ParameterError(f"inputs of {len(self.runs)} runs do not fit {n_runs} runs that have begun")
        rows = {name: np.broadcast_to(row, (n_runs,)) for name, row in self.rows.items()}
        return replace(self, rows=rows, runs=range(n_runs))

    def parts(self, n_runs: int) -> Iterator[Batch]:
        """Cut into parts of so many rows, the last one shorter."""
        for first in range(self.runs.start, self.runs.stop, n_runs):
            yield self.part(range(first, min(first + n_runs, self.runs.stop)))


def times_of(axis: TimeAxis, times: ArrayLike | None) -> NDArray[np.float64]:
    """Check the times that are asked for, or return those that the model saves, with a warning where these moved.

    Raises
    ------
    ParameterError
        When the times do not increase, or one lies between two steps.
    """
    if times is not None:
        return output_times(times, axis)
    if (moved := axis.departure()) is not None:
        warnings.warn(moved, RcsdWarning, stacklevel=4)
    return axis.saved_times()


class BatchSimulator(Simulator, Protocol):
    """A simulator whose batches can be cut: the parts have the numbers that the whole would have."""

    def batch(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Batch:
        """Check a request, without simulating anything; parameters and errors are those of `run`."""
        ...

    def run_batches(self, batches: Iterable[Batch]) -> Generator[Ensemble, None, None]:
        """Simulate batches, and yield the results in their order."""
        ...


class LocalSimulator(BatchSimulator, Protocol):
    """A `BatchSimulator` that works in this process, and after pickling in another."""

    def run_batch(self, batch: Batch, *, threads: int | None = None) -> Ensemble:
        """Simulate a batch of this simulator.

        Parameters
        ----------
        batch : Batch
            Made by `batch`, or a part of one.
        threads : int, optional
            How many threads it may use; the simulator's own choice when None. Results do not depend on it.
        """
        ...
