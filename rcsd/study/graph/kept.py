"""Finished steps of a study, kept in its output folder and reused while nothing they depend on has changed.

Every file is written whole or not at all, and holds a key: the hash of the study's inputs (model, data, study, code,
versions, `quick`) and of the names of the steps up to this one. Results are not hashed: each follows from the inputs. A
file with another key, or none that can be read, counts as absent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from rcsd.analysis.calibration import Start
from rcsd.errors import OutputError
from rcsd.files import sha256, write_text_atomic
from rcsd.study.graph.codec import decode, encode
from rcsd.study.graph.result import StepTime

Result = TypeVar("Result")


@dataclass(slots=True)
class Steps:
    """The steps of one run of one study, in order.

    Attributes
    ----------
    folder
        Where they are kept.
    key
        Hash of the study's inputs; the name of each step is hashed into it before the step is run.
    check
        Called before a result is kept; raises when the inputs are no longer those of the key.
    times
        What each step took.
    """

    folder: Path
    key: str
    check: Callable[[], None]
    times: list[StepTime] = field(default_factory=list)

    def branch(self) -> Steps:
        """Return steps that go on from here and share the list of times: what they run does not hang on one another."""
        return replace(self)

    def run(self, name: str, kind: type[Result], compute: Callable[[str], Result], *, inputs: str = "") -> Result:
        """Return a step's kept result, or compute and keep it.

        Parameters
        ----------
        name
            The step, and the name of its file.
        kind
            The dataclass of its result.
        compute
            Called with the step's key.
        inputs
            Hash of what this step and those after it hang on beside the study's inputs.
        """
        self.key = sha256(f"{self.key}/{name}{inputs}".encode())
        path = self.folder / f"{name}.json"
        kept = read_kept(path, self.key)
        if kept is not None:
            self.times.append(StepTime(name, float(kept["seconds"]), reused=True))
            return decode(kind, kept["value"])
        began = time.perf_counter()
        result = compute(self.key)
        seconds = time.perf_counter() - began
        self.check()
        keep(path, self.key, {"seconds": seconds, "value": encode(result)})
        self.times.append(StepTime(name, seconds, reused=False))
        return result

    def kept(self, name: str, kind: type[Result]) -> Result | None:
        """Return a step's kept result, or None where it has not been run; it counts as one of the steps either way."""
        self.key = sha256(f"{self.key}/{name}".encode())
        found = read_kept(self.folder / f"{name}.json", self.key)
        return None if found is None else decode(kind, found["value"])


@dataclass(slots=True)
class StartFiles:
    """Finished starts of a calibration, a file each, so that a killed calibration loses one start at most.

    Attributes
    ----------
    folder, key
        Where they are kept, and the key of the calibration.
    check
        Called before a start is kept; raises when the inputs are no longer those of the key.
    n_reused
        Model runs in the starts that were found there.
    """

    folder: Path
    key: str
    check: Callable[[], None]
    n_reused: int = 0

    def load(self, index: int) -> Start | None:
        """Return a kept start, or None."""
        kept = read_kept(self._path(index), self.key)
        if kept is None:
            return None
        start = decode(Start, kept["value"])
        self.n_reused += start.n_evaluations
        return start

    def save(self, start: Start) -> None:
        """Keep a finished start."""
        self.check()
        keep(self._path(start.index), self.key, {"value": encode(start)})

    def _path(self, index: int) -> Path:
        return self.folder / f"calibrate-start-{index:03d}.json"


def read_kept(path: Path, key: str) -> Mapping[str, Any] | None:
    """Return what was kept under this key, or None."""
    try:
        kept: object = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError):
        return None
    except OSError as error:
        raise OutputError(
            f"cannot be read ({error.strerror}): choose an output folder that holds your own files", path=path
        ) from error
    return kept if isinstance(kept, dict) and kept.get("key") == key else None


def keep(path: Path, key: str, content: Mapping[str, object]) -> None:
    """Write a result with its key, whole or not at all."""
    write_text_atomic(path, json.dumps({"key": key, **content}, allow_nan=False) + "\n")
