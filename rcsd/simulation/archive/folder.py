"""Stored runs, read back a chunk at a time or as one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr

from rcsd.ensemble import Ensemble
from rcsd.shown import in_one_line
from rcsd.simulation.archive.chunk import read_chunk
from rcsd.simulation.archive.job import Job, read_job, times_of
from rcsd.simulator import output_names

FAILED_RUNS = "failed_runs.csv"


@dataclass(frozen=True, slots=True)
class StoredEnsemble:
    """The runs in a folder.

    Attributes
    ----------
    folder : Path
        Where they lie.
    job : Job
        What they are: inputs, outputs, times, seed, versions.
    """

    folder: Path
    job: Job

    def __repr__(self) -> str:
        size = f"{self.n_runs:,} runs of {self.job.model}"
        return in_one_line("StoredEnsemble", "", size, f"{len(self.job.outputs)} variables", str(self.folder))

    @property
    def n_runs(self) -> int:
        """How many runs there are."""
        return self.job.n_runs

    @property
    def failed_runs(self) -> Path:
        """The table of the runs that did not end OK."""
        return self.folder / FAILED_RUNS

    def chunks(self, outputs: Sequence[str] | None = None) -> Iterator[Ensemble]:
        """Read chunk after chunk, in the order of the runs; memory holds one at a time.

        Parameters
        ----------
        outputs : sequence of str, optional
            Some of those that were saved; all when None. None of them for the inputs, status and messages alone.

        Raises
        ------
        ModelError
            For an output that was not saved.
        OutputError
            At a chunk that is missing or damaged.
        """
        nothing = outputs is not None and not len(outputs)
        names = () if nothing else output_names(outputs, self.job.outputs)
        return (read_chunk(self.folder, self.job, chunk, names) for chunk in range(self.job.n_chunks))

    def load(self, outputs: Sequence[str] | None = None) -> Ensemble:
        """Read all runs at once, of `chunks`' outputs; eight bytes for each run, time and output must fit in memory."""
        names = output_names(outputs, self.job.outputs)
        values = np.empty((self.n_runs, len(self.job.times), len(names)))
        status = np.empty(self.n_runs, dtype=np.int_)
        inputs = {name: np.empty(self.n_runs) for name in self.job.inputs}
        messages: list[str] = []
        for chunk in self.chunks(names):
            here = slice(len(messages), len(messages) + chunk.n_runs)
            values[here], status[here] = chunk.values, chunk.status
            for name, row in chunk.inputs.items():
                inputs[name][here] = row
            messages += chunk.messages
        units = {name: self.job.units[name] for name in names}
        return Ensemble(values, times_of(self.job), names, units, status, tuple(messages), inputs)

    def to_xarray(self, outputs: Sequence[str] | None = None) -> xr.Dataset:
        """Return one dataset of all runs; see `load` and `rcsd.ensemble.Ensemble.to_xarray`."""
        return self.load(outputs).to_xarray()


def open_ensemble(folder: str | Path) -> StoredEnsemble:
    """Open the runs that `simulate` has stored; nothing but the manifest is read yet.

    Parameters
    ----------
    folder : str or Path
        As given to `simulate`.

    Raises
    ------
    OutputError
        When it holds no stored runs.

    Examples
    --------
    >>> import tempfile
    >>> import rcsd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = rcsd.simulate("hypercycle", {"Chain Catalysis": [0.05, 0.06]}, out=folder, outputs=["Mean Growth"])
    ...     sum(chunk.n_runs for chunk in open_ensemble(folder).chunks())
    2
    """
    return StoredEnsemble(Path(folder), read_job(Path(folder)))
