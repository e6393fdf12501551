"""Finished steps of a study, kept in its output folder and reused while nothing that decides them has changed.

Every file is written whole or not at all, and holds the key of its step. A file with another key, or none that can be
read, counts as absent. Results are not hashed: each follows from what the key is a hash of.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from rcsd.analysis.calibration import Start
from rcsd.errors import OutputError
from rcsd.files import at_once, write_text_atomic
from rcsd.study.graph.codec import decode, encode
from rcsd.study.graph.step import Step

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class KeptSteps:
    """The kept steps of one study.

    Attributes
    ----------
    folder
        Where they are kept.
    check
        Called before a result is kept; raises when the inputs are no longer those of the key.
    aside
        Names of steps that are kept apart, so that they do not take the place of the study's own.
    """

    folder: Path
    check: Callable[[], None]
    aside: frozenset[str] = frozenset()

    def load(self, step: Step[Result], key: str) -> tuple[Result, float] | None:
        """Return a step's kept result and the seconds that it took, or None."""
        found = read_kept(self._path(step), key)
        return None if found is None else (decode(step.kind, found["value"]), float(found["seconds"]))

    def save(self, step: Step[Result], key: str, result: Result, seconds: float) -> Result:
        """Keep a step's result, and return it as it will be read."""
        self.check()
        plain = encode(step.kind, result)
        keep(self._path(step), key, {"seconds": seconds, "value": plain})
        return decode(step.kind, plain)

    def _path(self, step: Step[Any]) -> Path:
        return self.folder / f"{step.name}{'-other' if step.name in self.aside else ''}.json"


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
        keep(self._path(start.index), self.key, {"value": encode(Start, start)})

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
    with at_once():  # also while the files of a command wait for one another
        write_text_atomic(path, json.dumps({"key": key, **content}, allow_nan=False) + "\n")
