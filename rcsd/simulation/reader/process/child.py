"""The process that reads model files: PySD, its grammars and what a file makes of them live and die here."""

from __future__ import annotations

from pathlib import Path

import rcsd.simulation.reader.pysd_calls  # noqa: F401 - first: it imports PySD with its warnings held back
from rcsd.simulation.ir.codec import encoded
from rcsd.simulation.reader.parsing import parse
from rcsd.work.serving import Head


def answer(head: Head, body: bytes) -> tuple[Head, bytes]:
    """Read one file: `head` has its path and whether data may lie outside its folder, `body` its content."""
    parsed = parse(Path(head["path"]), body, allow_outside=head["allow_outside"])
    return {}, encoded(parsed.model).encode("ascii")
