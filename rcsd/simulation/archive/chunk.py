"""One chunk of the runs of a job in one netCDF file, which knows whether it is whole.

Dimensions run and time; a variable each output (run, time) and each input (run); the status of each run; number and
message of those that did not end OK. Every variable carries the SHA-256 of its values: a file that a disk, a copy or a
broken transfer has altered is not taken for a result. Values are not compressed: the last digits of a simulation are as
good as random, and zlib takes longer than the compiled engine, to save two fifths.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5netcdf
import h5py
import numpy as np
from numpy.typing import NDArray

from rcsd.ensemble import Ensemble, stored_names
from rcsd.errors import OutputError
from rcsd.files import file_sha256, sha256, write_text_atomic, written_whole
from rcsd.simulation.archive.job import Job, times_of

_OWN = ("run", "time", "status", "failed", "failed_run", "message")
_DAMAGE = (OSError, KeyError, ValueError, TypeError, RuntimeError)
"""What h5netcdf raises on a file that is none, is cut short or lacks something."""


def path_of(folder: Path, chunk: int) -> Path:
    """Where a chunk lies."""
    return folder / f"chunk-{chunk:06d}.nc"


def write_chunk(folder: Path, job: Job, chunk: int, ensemble: Ensemble) -> None:
    """Write a chunk, whole or not at all.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    failed = np.flatnonzero(~ensemble.ok)
    inputs, outputs = _keys(job)
    runs = np.array(job.runs(chunk), dtype=np.int64)
    with written_whole(path_of(folder, chunk)) as path, h5netcdf.File(path, "w") as file:
        file.attrs["job"] = job.key
        file.attrs["n_failed"] = len(failed)
        file.dimensions = {"run": len(runs), "time": len(job.times)} | ({"failed": len(failed)} if len(failed) else {})
        _put(file, "run", ("run",), runs)
        _put(file, "time", ("time",), ensemble.times)
        _put(file, "status", ("run",), ensemble.status.astype(np.int8))
        for key, (name, row) in zip(inputs, ensemble.inputs.items(), strict=True):
            _put(file, key, ("run",), row, long_name=name)
        for i, (key, name) in enumerate(zip(outputs, job.outputs, strict=True)):
            values = ensemble.values[:, :, i]
            _put(file, key, ("run", "time"), values, long_name=name, units=job.units[name])
        if len(failed):
            _put(file, "failed_run", ("failed",), runs[failed])
            texts = np.array([ensemble.messages[row] for row in failed], dtype=object)
            file.create_variable("message", ("failed",), h5py.string_dtype(), data=texts)
    write_text_atomic(_seal_of(folder, chunk), _seal(folder, job, chunk))


def is_whole(folder: Path, job: Job, chunk: int) -> bool:
    """Whether a chunk is there, belongs to the job and has the values that were written.

    The hash of the whole file tells that at once; without it, or with another, every variable is looked at.
    """
    try:
        if _seal_of(folder, chunk).read_text(encoding="utf-8") == _seal(folder, job, chunk):
            return True
    except (OSError, UnicodeDecodeError):
        pass
    try:
        read_chunk(folder, job, chunk)
    except OutputError:
        return False
    return True


def read_chunk(folder: Path, job: Job, chunk: int, outputs: Sequence[str] | None = None) -> Ensemble:
    """Read a chunk, or some outputs of it.

    Raises
    ------
    OutputError
        When it is missing or damaged.
    """
    path = path_of(folder, chunk)
    names = job.outputs if outputs is None else tuple(outputs)
    input_keys, output_keys = _keys(job)
    try:
        with h5netcdf.File(path, "r") as file:
            if file.attrs["job"] != job.key or not np.array_equal(_get(file, "run"), np.array(job.runs(chunk))):
                raise ValueError(path)
            status = _get(file, "status").astype(np.int_)
            times = _get(file, "time")
            values = np.empty((status.size, times.size, len(names)))
            for i, name in enumerate(names):
                values[:, :, i] = _get(file, output_keys[job.outputs.index(name)])
            inputs = {name: _get(file, key) for name, key in zip(job.inputs, input_keys, strict=True)}
            messages = _messages(file, job.runs(chunk))
    except FileNotFoundError as error:
        raise OutputError("is not there yet: the command that began it, given again, goes on", path=path) from error
    except _DAMAGE as error:
        raise OutputError(
            "is damaged, or of another job: the command that made it, given again, makes it anew", path=path
        ) from error
    units = {name: job.units[name] for name in names}
    return Ensemble(values, times_of(job), names, units, status, messages, inputs)


def _seal_of(folder: Path, chunk: int) -> Path:
    return path_of(folder, chunk).with_suffix(".sha256")


def _seal(folder: Path, job: Job, chunk: int) -> str:
    """Say which file of which job was written."""
    return f"{file_sha256(path_of(folder, chunk))}  {job.key}\n"


def _keys(job: Job) -> tuple[list[str], list[str]]:
    """Names of the variables in the file: of the inputs and of the outputs."""
    inputs = stored_names([f"input: {name}" for name in job.inputs], _OWN)
    return inputs, stored_names(job.outputs, [*_OWN, *inputs])


def _put(file: Any, key: str, dimensions: tuple[str, ...], values: NDArray[Any], **attributes: str) -> None:
    values = np.ascontiguousarray(values)
    variable = file.create_variable(key, dimensions, values.dtype, data=values)
    for name, text in attributes.items():
        variable.attrs[name] = text
    variable.attrs["sha256"] = sha256(values.tobytes())


def _get(file: Any, key: str) -> NDArray[Any]:
    """Read a variable.

    Raises
    ------
    ValueError
        When its values are not those that were written.
    """
    variable = file.variables[key]
    values = np.asarray(variable[...])
    if variable.attrs["sha256"] != sha256(values.tobytes()):
        raise ValueError(key)
    return values


def _messages(file: Any, runs: range) -> tuple[str, ...]:
    messages = [""] * len(runs)
    if file.attrs["n_failed"]:
        for run, text in zip(_get(file, "failed_run"), file.variables["message"][...], strict=True):
            messages[int(run) - runs.start] = text.decode() if isinstance(text, bytes) else str(text)
    return tuple(messages)
