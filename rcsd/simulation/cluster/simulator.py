"""A simulator whose runs are made by the workers of a cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from typing import final

import numpy as np
from numpy.typing import ArrayLike

from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.simulation.batch import Batch, LocalSimulator
from rcsd.simulator import SimulatorAround
from rcsd.work.address import check_address
from rcsd.work.connection import connected, n_threads
from rcsd.work.spreading import spread

_MOST_BYTES = 2**24  # of one result: enough to make its way cheap, little enough to hold many
_PER_THREAD = 4  # results for each thread, so that a slow worker keeps nobody waiting for long


@final
class ClusterSimulator(SimulatorAround[LocalSimulator]):
    """Runs batches on a dask.distributed cluster; the numbers are those of the simulator itself, bit for bit.

    Every thread of a worker runs one part at a time, in one thread. Workers that die lose nothing: their parts go to
    others. The workers need rcsd in this version; kernels are compiled once for each machine.

    Parameters
    ----------
    simulator : LocalSimulator
        What is to run; it is sent to the workers, once for each request.
    scheduler : str
        Address, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    ParameterError
        For what is no address.
    ClusterError
        When dask.distributed is not installed.
    """

    def __init__(self, simulator: LocalSimulator, scheduler: str) -> None:
        super().__init__(simulator)
        self._scheduler = check_address(scheduler)

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Simulate one run for each row of the inputs; see `rcsd.simulator.Simulator.run`.

        Raises
        ------
        ParameterError, ModelError
            As the simulator itself, before anything is sent.
        ClusterError
            When the cluster cannot be reached or used, or has lost its workers.
        """
        batch = self.batch(inputs, outputs=outputs, times=times)
        values = np.empty((len(batch.runs), batch.times.size, len(batch.variables)))
        status = np.empty(len(batch.runs), dtype=np.int_)
        messages: list[str] = []
        with closing(self.run_batches(batch.parts(self._share(batch)))) as parts:
            for part in parts:
                here = slice(len(messages), len(messages) + part.n_runs)
                values[here], status[here] = part.values, part.status
                messages += part.messages
        units = {name: self.units[name] for name in batch.variables}
        return Ensemble(values, batch.times, batch.variables, units, status, tuple(messages), batch.rows)

    def run_chunks(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
        n_runs: int | None = None,
    ) -> Generator[Ensemble, None, None]:
        """Simulate as `run` does, and hand the runs over in chunks, in their order.

        Two chunks at most are under way for each thread of the cluster.

        Parameters
        ----------
        inputs, outputs, times
            As of `run`.
        n_runs : int, optional
            Runs in a chunk, at least 1; when None as many as keep all threads busy, and 16 MiB of values at most.

        Raises
        ------
        ParameterError, ModelError
            As `run`, before anything is sent.
        ClusterError
            As `run`.
        """
        batch = self.batch(inputs, outputs=outputs, times=times)
        if n_runs is not None and n_runs < 1:
            raise ParameterError(f"a chunk of {n_runs} runs cannot be simulated; ask for at least one")
        return self.run_batches(batch.parts(n_runs or self._share(batch)))

    def batch(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Batch:
        """Check a request; parameters and errors are those of the simulator itself."""
        return self._simulator.batch(inputs, outputs=outputs, times=times)

    def run_batches(self, batches: Iterable[Batch]) -> Generator[Ensemble, None, None]:
        """Simulate batches on the cluster, each as one piece of work, and yield them in their order."""
        return spread(self._scheduler, self._simulator, _run, batches)

    def _share(self, batch: Batch) -> int:
        """Say how many runs make one piece of work."""
        with connected(self._scheduler) as client:
            threads = max(1, n_threads(client))
        even = -(-len(batch.runs) // (_PER_THREAD * threads))
        return max(1, min(even, _MOST_BYTES // max(1, batch.bytes_per_run)))


def _run(simulator: LocalSimulator, batch: Batch) -> Ensemble:
    """Run a batch on a worker, which has other threads for other batches."""
    return simulator.run_batch(batch, threads=1)
