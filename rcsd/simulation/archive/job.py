"""What a folder of chunks holds, and whether it is what is asked for now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import OutputError
from rcsd.files import sha256, write_json
from rcsd.simulation.batch import Batch
from rcsd.work.software import differences

MANIFEST = "manifest.json"

_CALLED = {
    "model": "the model",
    "model_sha256": "the content of the model, or of a file that it reads",
    "inputs": "the inputs",
    "inputs_sha256": "the values of the inputs",
    "n_runs": "the number of runs",
    "outputs": "the outputs",
    "times": "the times",
    "backend": "the backend",
    "method": "the method",
    "seed": "the seed",
    "chunk_runs": "the runs in a chunk",
}
_SHOWN = 60  # characters of a value in a message


@dataclass(frozen=True, slots=True)
class Job:
    """All that the numbers in a folder depend on, and how they are cut.

    Attributes
    ----------
    model, model_sha256
        Its name; the hash of its file and of those that it reads.
    inputs, inputs_sha256, n_runs
        Names and values of what is set in each run.
    outputs, units, times
        What is saved, and when.
    backend, method, seed
        How it is simulated.
    chunk_runs
        Runs in a chunk; the last has the rest.
    software
        Versions.
    """

    model: str
    model_sha256: str
    inputs: tuple[str, ...]
    inputs_sha256: str
    n_runs: int
    outputs: tuple[str, ...]
    units: Mapping[str, str]
    times: tuple[float, ...]
    backend: str
    method: str
    seed: int
    chunk_runs: int
    software: Mapping[str, str]

    @property
    def key(self) -> str:
        """Hash of the job, which each of its chunks carries."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode())

    @property
    def n_chunks(self) -> int:
        """How many files the runs are cut into."""
        return -(-self.n_runs // self.chunk_runs)

    def runs(self, chunk: int) -> range:
        """Numbers of the runs in a chunk."""
        return range(chunk * self.chunk_runs, min((chunk + 1) * self.chunk_runs, self.n_runs))


def inputs_sha256(batch: Batch) -> str:
    """Hash names and values of the inputs, whatever they were read from."""
    digest = hashlib.sha256()
    for name, row in batch.rows.items():
        digest.update(name.encode() + b"\0")
        digest.update(row.tobytes())
    return digest.hexdigest()


def claim(folder: Path, job: Job) -> None:
    """Make the folder that of a job, or see that it is already.

    Raises
    ------
    OutputError
        When it holds something else, with what differs; or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        holds_something = any(not path.name.startswith(".") for path in folder.iterdir())
    except OSError as error:
        raise OutputError(
            f"the output folder cannot be made ({error.strerror}): choose one that you may write to", path=folder
        ) from error
    if not holds_something:
        write_json(folder / MANIFEST, job)
        return
    differing = _differences(read_job(folder), job)
    if differing:
        raise OutputError(
            f"holds the runs of another job: {'; '.join(differing)}. Choose another folder, or ask for the same again",
            path=folder,
        )


def read_job(folder: Path) -> Job:
    """Read what a folder holds.

    Raises
    ------
    OutputError
        When it is no folder of stored runs.
    """
    try:
        document: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        tuples = {name: tuple(document[name]) for name in ("inputs", "outputs", "times")}
        fields = {name: document[name] for name in Job.__dataclass_fields__}
        return Job(**fields | tuples)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutputError(
            f"holds no {MANIFEST} of stored runs: name a folder that `rcsd simulate` has written, or for new runs one "
            "that is empty or not there yet",
            path=folder,
        ) from error


def _differences(there: Job, now: Job) -> list[str]:
    found = []
    for name, called in _CALLED.items():
        before, after = getattr(there, name), getattr(now, name)
        if before != after:
            found.append(
                called if name.endswith("sha256") else f"{called} ({_short(before)} there, {_short(after)} now)"
            )
    software = differences(now.software, there.software)
    return [*found, *([f"the software (now against there: {software})"] if software else [])]


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def times_of(job: Job) -> NDArray[np.float64]:
    """Return the times as an array."""
    return np.array(job.times, dtype=np.float64)
