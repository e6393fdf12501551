"""A model file -> `Script`: what `read` does for those who write the file again."""

from __future__ import annotations

from pathlib import Path

from rcsd.errors import ModelError
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir.codec import decoded
from rcsd.simulation.ir.file.script import Script
from rcsd.simulation.reader.read import CHILD, time_limit
from rcsd.simulation.reader.source import read_bytes
from rcsd.work.child import ChildFailed


def read_script(path: str | Path, *, allow_outside: bool = False) -> Script:
    """Read a model file with its calls of functions and macros as they stand; parameters and errors are `read`'s."""
    path = Path(path).expanduser().absolute()
    raw = read_bytes(path)
    if FUNCTIONS.has_grown:  # which no other process knows
        from rcsd.simulation.reader.parsing import parse  # noqa: PLC0415 - PySD is slow to import
        from rcsd.simulation.reader.script.gathering import script_of  # noqa: PLC0415

        return script_of(parse(path, raw, allow_outside=allow_outside))
    head = {"path": str(path), "allow_outside": allow_outside, "script": True}
    try:
        _, content = CHILD.ask(head, raw, seconds=time_limit())
    except ChildFailed as failure:
        raise ModelError(f"the process that reads the file {failure}", path=path) from failure
    script = decoded(content)
    if not isinstance(script, Script):
        raise ModelError("the process that reads the file gave no model", path=path)
    return script
