"""Check `loads`: what keeps a file from being read, a finding for each fault; `defined` and `arguments` among them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path

from rcsd.errors import ModelError, RcsdWarning
from rcsd.simulation.checks.finding import Finding

_UNREMEDIED = "correct the definition that stands there"
_VERBS = frozenset(
    (
        *("add", "change", "check", "correct", "define", "extend", "give", "keep", "lengthen", "let", "limit", "make"),
        *("name", "part", "put", "read", "rename", "set", "shorten", "state", "take", "use", "write"),
    )
)
"""How a remedy begins."""


def reading_findings(error: ModelError, path: Path) -> tuple[Finding, ...]:
    """Part the error of a file into its faults.

    Parameters
    ----------
    error : ModelError
        What reading the file, or making it ready to run, has raised.
    path : Path
        The file.
    """
    faults = error.faults or (("loads", error.line, error.variable, _bare(error)),)
    return tuple(_finding(*fault, path) for fault in faults)


def said_findings(said: Iterable[warnings.WarningMessage], path: Path) -> tuple[Finding, ...]:
    """Make notes of what the reader has mended, left out or replaced."""
    texts = dict.fromkeys(str(each.message) for each in said if issubclass(each.category, RcsdWarning))
    return tuple(
        Finding("loads", "note", None, path, 1, text.removeprefix(f"{path}: "), "read the model as it is run here")
        for text in texts
    )


def parted(text: str) -> tuple[str, str]:
    """Part a message into what is wrong and the remedy, which stands after the last semicolon or begins with a verb.

    Examples
    --------
    >>> parted("refers to 'brith', which is not defined; did you mean 'Birth'?")
    ("refers to 'brith', which is not defined", "did you mean 'Birth'?")
    >>> parted("is a conveyor, which is not run: write it as a delay")
    ('is a conveyor, which is not run', 'write it as a delay')
    """
    message, semicolon, remedy = text.rpartition("; ")
    if semicolon:
        return message, remedy
    message, colon, remedy = text.rpartition(": ")
    if colon and remedy.partition(" ")[0] in _VERBS:
        return message, remedy
    return text, _UNREMEDIED


def _finding(about: str, line: int | None, variable: str | None, text: str, path: Path) -> Finding:
    message, remedy = parted(text)
    return Finding(about, "error", variable, path, line, message, remedy)


def _bare(error: ModelError) -> str:
    """Return an error's message without the place in front of it, which a finding has in fields of its own."""
    place = str(error.path) if error.line is None else f"{error.path}:{error.line}"
    about = "" if error.variable is None else f"variable {error.variable!r}: "
    return str(error).removeprefix(f"{place}: ").removeprefix(about)
