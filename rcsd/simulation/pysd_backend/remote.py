"""PySD in another process: what is asked of it, and what comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError, UnexpectedError
from rcsd.files import sha256
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.codec import encoded
from rcsd.simulation.reader.source import read_bytes
from rcsd.work.child import Child, ChildFailed, number_from_environment
from rcsd.work.serving import Head

_CHILD = Child("rcsd.simulation.pysd_backend.child")
_TRANSLATION = "RCSD_READ_SECONDS", 120.0
_RUN = "RCSD_PYSD_SECONDS", 3600.0
"""How long each may take: the variable that says so, and its value where there is none."""
Points = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x and y of a table, each of shape (point,)."""


@dataclass(frozen=True, slots=True)
class RemotePysd:
    """A model that was translated, and can be run in the process of PySD.

    Attributes
    ----------
    path : Path
        The model's file.
    content : bytes
        What the process loads: the translation, the constants, the tables; as JSON.
    key : str
        Hash of the content.
    """

    path: Path
    content: bytes
    key: str

    @classmethod
    def of(cls, model: Model, inside: Mapping[str, Points], tables: Mapping[str, Points]) -> RemotePysd:
        """Let PySD translate a model.

        Parameters
        ----------
        model : Model
            As read; its file is parsed again.
        inside, tables : mapping of str to (x, y)
            Points that replace those inside an equation, and those of a table or data variable.

        Raises
        ------
        ModelError
            When PySD cannot translate it, or the file has changed since it was read, so that the two would not belong
            together.
        """
        raw = read_bytes(model.path)
        if sha256(raw) != model.sha256:
            raise ModelError("the file has changed since it was read; load the model again", path=model.path)
        if FUNCTIONS.has_grown:
            _refuse_added(model.path, raw)
        axis = None if model.own_time is None else encoded(model.time)
        head = {"do": "translate", "path": str(model.path), "points": _plain(inside), "axis": axis}
        _, translation = _ask(model.path, head, raw)
        given = {
            "path": str(model.path),
            "translation": json.loads(translation),
            "constants": model.constants,
            "tables": _plain(tables),
            "variables": [variable.name for variable in model if variable.kind != "lookup"],
        }
        content = json.dumps(given).encode()
        return cls(model.path, content, sha256(content))

    def load(self) -> tuple[str, ...]:
        """Load it in the process, and return all that can be an output.

        Raises
        ------
        ModelError
            When PySD cannot load it.
        """
        head, _ = _ask(self.path, {"do": "load", "key": self.key}, self.content)
        return tuple(head["outputs"])

    def run(
        self,
        settings: Mapping[str, float],
        outputs: Sequence[str],
        times: NDArray[np.float64],
        spare: Sequence[str] = (),
        *,
        seconds: float | None = None,
    ) -> tuple[NDArray[np.float64], RunStatus, str]:
        """Run it once, in at most `seconds`; `spare` is that of `rcsd.ensemble.verdicts`.

        Returns
        -------
        (values, status, message)
            Values of shape (time, output). A run that ends the process has failed, and the next is made by another.
        """
        asked = {"settings": dict(settings), "outputs": list(outputs), "times": times.tolist(), "spare": list(spare)}
        body = json.dumps(asked).encode()
        head: Head = {"do": "run", "key": self.key}
        try:
            told, content = _asked(self.path, head, body, seconds)
            if "unknown" in told:
                self.load()
                told, content = _asked(self.path, head, body, seconds)
        except ChildFailed as failure:
            nothing = np.full((times.size, len(outputs)), np.nan)
            return (
                nothing,
                RunStatus.FAILED,
                f"PySD could not finish the run: its process {failure}; set {_RUN[0]} to give it more time",
            )
        values = np.frombuffer(content, dtype=np.float64).reshape(times.size, len(outputs))
        return values, RunStatus(told["status"]), told["message"]


def _refuse_added(path: Path, raw: bytes) -> None:
    """Refuse functions that were added in this process: the other does not know them, and PySD has none of them."""
    from rcsd.simulation.pysd_backend.translation import refuse_unknown  # noqa: PLC0415 - imports PySD
    from rcsd.simulation.reader.parsing import parse  # noqa: PLC0415

    refuse_unknown(parse(path, raw, allow_outside=True))


def _ask(path: Path, head: Head, body: bytes) -> tuple[Head, bytes]:
    try:
        return _asked(path, head, body)
    except ChildFailed as failure:
        raise ModelError(
            f"the process in which PySD translates the model {failure}; set {_TRANSLATION[0]} to give it more time",
            path=path,
        ) from failure


def _asked(path: Path, head: Head, body: bytes, at_most: float | None = None) -> tuple[Head, bytes]:
    try:
        seconds = number_from_environment(*(_RUN if head["do"] == "run" else _TRANSLATION))
        return _CHILD.ask(head, body, seconds=seconds if at_most is None else min(seconds, at_most))
    except UnexpectedError as error:
        raise UnexpectedError(f"unexpected error in {path}: {error}", details=error.details) from error


def _plain(points: Mapping[str, Points]) -> dict[str, Any]:
    return {name: (x.tolist(), y.tolist()) for name, (x, y) in points.items()}
