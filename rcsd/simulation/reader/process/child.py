"""The process that reads model files: PySD, its grammars and what a file makes of them live and die here."""

from __future__ import annotations

from pathlib import Path

import rcsd.simulation.reader.pysd_calls  # noqa: F401 - first: it imports PySD with its warnings held back
from rcsd.simulation.ir.codec import decoded, encoded
from rcsd.simulation.ir.expression import Expression
from rcsd.simulation.reader.formula import expression_of
from rcsd.simulation.reader.parsing import parse
from rcsd.simulation.reader.script.gathering import script_of
from rcsd.simulation.reader.translation import Untaken
from rcsd.work.serving import Head


def answer(head: Head, body: bytes) -> tuple[Head, bytes]:
    """Read one file: `head` has its path and whether data may lie outside its folder, `body` its content.

    The answer is its `Model`, or its `Script` where `head` asks for that.

    Or read formulas: `head` has their texts, and what some names stand for in them; those that cannot be read are left
    out of the answer.
    """
    if "formulas" in head:
        controls = {name: decoded(written) for name, written in head["controls"].items()}
        read = {text: _formula(text, controls) for text in head["formulas"]}
        return {"read": {text: written for text, written in read.items() if written is not None}}, b""
    parsed = parse(Path(head["path"]), body, allow_outside=head["allow_outside"])
    return {}, encoded(script_of(parsed) if head.get("script") else parsed.model).encode("ascii")


def _formula(text: str, controls: dict[str, Expression]) -> str | None:
    try:
        return encoded(expression_of(text, controls=controls))
    except Untaken:
        return None
