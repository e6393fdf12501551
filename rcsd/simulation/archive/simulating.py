"""Simulates rows into a folder, chunk after chunk, and goes on where it was stopped."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from numpy.typing import ArrayLike

from rcsd.errors import OutputError, ParameterError, RowsError, SimulationError
from rcsd.files import file_sha256, sha256, written_whole
from rcsd.simulation.archive.chunk import is_whole, write_chunk
from rcsd.simulation.archive.folder import StoredEnsemble
from rcsd.simulation.archive.job import Job, claim, inputs_sha256
from rcsd.simulation.archive.rows import read_names, read_rows
from rcsd.simulation.backends import Backend, engine_of, unknown_inputs
from rcsd.simulation.batch import Batch, BatchSimulator
from rcsd.simulation.ir import Method
from rcsd.simulation.loading import DataFiles, LoadedModel, load
from rcsd.tables import row_writer
from rcsd.work.progress import Progress, silent
from rcsd.work.software import engine_software

Rows = Mapping[str, ArrayLike] | pd.DataFrame | str | Path
"""Inputs by name, a table with a column for each, or the path of such a table as CSV."""

_CHUNK_BYTES = 2**24
_CHUNK_RUNS = {"compiled": 2**14, "interpreted": 2**12, "pysd": 2**7}
"""Most runs in a chunk: some seconds' work of each engine, which is what an interruption costs."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a call of `simulate` has done.

    Attributes
    ----------
    ensemble : StoredEnsemble
        The runs.
    n_kept : int
        Runs that were there from before.
    n_failed : int
        Runs that did not end OK; they are listed in failed_runs.csv.
    """

    ensemble: StoredEnsemble
    n_kept: int
    n_failed: int


def simulate(  # noqa: PLR0913 - what is asked for, how, and where it goes
    model: LoadedModel | str | Path,
    inputs: Rows,
    *,
    out: str | Path,
    outputs: Sequence[str] | None = None,
    times: ArrayLike | None = None,
    backend: Backend = "auto",
    method: Method | None = None,
    seed: int = 0,
    scheduler: str | None = None,
    chunk_runs: int | None = None,
    data: DataFiles = (),
    progress: Progress = silent,
) -> Simulated:
    """Simulate one run for each row into a folder; memory holds the inputs and a chunk of the results.

    A chunk is written when it is finished, whole or not at all. The same call again keeps finished chunks, makes
    damaged ones anew and goes on with the others.

    Parameters
    ----------
    model
        Loaded, or what `rcsd.load` takes.
    inputs
        Constants by name, scalars or one value a run; or a table with a column for each; or its path as CSV.
    out
        The folder, empty or begun by the same call.
    outputs, times
        What is saved, and when; every variable, at the model's own times, when None.
    backend, method, seed, scheduler
        As of `rcsd.LoadedModel.simulator`.
    chunk_runs
        Runs in a file; when None some seconds' work, of 16 MiB at most.
    data
        Files with the series of data variables.
    progress
        Told how many runs are done, and when a file has been read.

    Returns
    -------
    Simulated
        Where the runs are, and how many failed: they are kept, and listed in failed_runs.csv.

    Raises
    ------
    RowsError, ParameterError, ModelError
        For input that cannot be used; nothing is run then.
    OutputError
        When the folder holds something else, cannot be written or has too little space.
    ClusterError
        When the cluster cannot be used.
    SimulationError
        When every run failed; they are stored and listed all the same.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     done = simulate("hypercycle", {"Chain Catalysis": [0.05, 0.06]}, out=folder, outputs=["Mean Growth"])
    >>> done.ensemble.n_runs, done.n_failed
    (2, 0)
    """
    loaded = model if isinstance(model, LoadedModel) else load(model)
    settable = unknown_inputs(
        loaded.ir, read_names(Path(inputs)) if isinstance(inputs, str | Path) else [str(name) for name in inputs]
    )
    simulator = loaded.simulator(backend, method=method, seed=seed, scheduler=scheduler, data=data, settable=settable)
    batch = _batch(simulator, inputs, outputs, times, progress)
    loaded.warn_outside(batch.rows)
    engine = engine_of(simulator)
    job = Job(
        model=loaded.name,
        model_sha256=_model_sha256(loaded, data),
        inputs=tuple(batch.rows),
        inputs_sha256=inputs_sha256(batch),
        n_runs=len(batch.runs),
        outputs=batch.variables,
        units={name: simulator.units[name] for name in batch.variables},
        times=tuple(batch.times.tolist()),
        backend=engine,
        method=method or loaded.time.method,
        seed=seed,
        chunk_runs=_chunk_runs(chunk_runs, engine, batch),
        software=engine_software(),
    )
    folder = Path(out)
    claim(folder, job)
    missing = [chunk for chunk in range(job.n_chunks) if not is_whole(folder, job, chunk)]
    _require_space(folder, batch, job, missing)
    n_kept = job.n_runs - sum(len(job.runs(chunk)) for chunk in missing)
    done = n_kept
    progress("simulate", done, job.n_runs)
    parts = (batch.part(job.runs(chunk)) for chunk in missing)
    with closing(simulator.run_batches(parts)) as results:
        for chunk, ensemble in zip(missing, results, strict=True):
            write_chunk(folder, job, chunk, ensemble)
            done += ensemble.n_runs
            progress("simulate", done, job.n_runs)
    stored = StoredEnsemble(folder, job)
    n_failed, first = _list_failures(stored)
    if n_failed == job.n_runs:
        raise SimulationError(
            f"all {n_failed} run(s) failed, the first with: {first}; check the inputs and their ranges, listed in "
            f"{stored.failed_runs}"
        )
    return Simulated(stored, n_kept, n_failed)


def _batch(
    simulator: BatchSimulator,
    inputs: Rows,
    outputs: Sequence[str] | None,
    times: ArrayLike | None,
    progress: Progress,
) -> Batch:
    """Check what is asked for; of a file the names first, since reading all of it may take a while."""
    if isinstance(inputs, (str, Path)):
        path = Path(inputs)
        try:
            simulator.batch(dict.fromkeys(read_names(path), 0.0))
        except ParameterError as error:
            raise RowsError(str(error), path=path, line=1) from error
        progress("read rows", 0, 1)
        inputs = read_rows(path)
        progress("read rows", 1, 1)
    elif isinstance(inputs, pd.DataFrame):
        inputs = {str(name): inputs[name].to_numpy() for name in inputs.columns}
    return simulator.batch(inputs, outputs=outputs, times=times)


def _model_sha256(model: LoadedModel, data: DataFiles) -> str:
    """Hash the model's file and those that it reads, and its time axis where that is not the file's."""
    files = [*model.ir.external_files, *map(Path, (data,) if isinstance(data, str | Path) else data)]
    axis = "" if model.ir.own_time is None else repr(model.ir.time)
    return sha256("".join([model.ir.sha256, *(str(file_sha256(path)) for path in files), axis]).encode())


def _chunk_runs(asked: int | None, engine: Backend, batch: Batch) -> int:
    if asked is None:
        return max(1, min(_CHUNK_RUNS[engine], _CHUNK_BYTES // max(1, batch.bytes_per_run)))
    if asked < 1:
        raise ParameterError(f"a chunk of {asked} runs cannot be simulated; ask for at least one", field="chunk_runs")
    return asked


def _require_space(folder: Path, batch: Batch, job: Job, missing: Sequence[int]) -> None:
    """Refuse to begin what cannot end: a full disk hours later would come as a surprise."""
    needed = sum(len(job.runs(chunk)) for chunk in missing) * (batch.bytes_per_run + 8 * len(job.inputs))
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise OutputError(
            f"{needed / 2**30:.1f} GiB are to be written, and {free / 2**30:.1f} GiB are free: save fewer outputs or "
            "times, or choose a folder elsewhere",
            path=folder,
        )


def _list_failures(stored: StoredEnsemble) -> tuple[int, str]:
    """Write number, inputs and message of the runs that did not end OK; return how many, and the first message."""
    n_failed, first = 0, ""
    with written_whole(stored.failed_runs) as path, path.open("w", encoding="utf-8", newline="") as stream:
        table = row_writer(stream)
        table.writerow(["run", *stored.job.inputs, "message"])
        for number, chunk in enumerate(stored.chunks(())):
            runs = stored.job.runs(number)
            for row in (~chunk.ok).nonzero()[0]:
                first = first or chunk.messages[row]
                values = (float(column[row]) for column in chunk.inputs.values())
                table.writerow([runs[row], *values, chunk.messages[row]])
                n_failed += 1
    return n_failed, first
