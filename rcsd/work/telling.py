"""Errors and warnings as plain data: how they come back from a process that is told nothing but JSON."""

from __future__ import annotations

import builtins
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import rcsd.errors
from rcsd.errors import RcsdError, RcsdWarning

_Plain = dict[str, Any]


def error_told(error: RcsdError) -> _Plain:
    """Say what an error is; its cause stays behind."""
    attributes = {name: _plain(value) for name, value in vars(error).items()}
    return {"kind": type(error).__name__, "text": str(error), "attributes": attributes}


def error_heard(told: _Plain) -> RcsdError:
    """Build the error that was told; of a kind that `rcsd.errors` does not have, an `RcsdError`."""
    kind = getattr(rcsd.errors, told["kind"], RcsdError)
    if not (isinstance(kind, type) and issubclass(kind, RcsdError)):
        kind = RcsdError
    error = kind(told["text"])
    for name, value in told["attributes"].items():
        setattr(error, name, _heard(value))
    return error


def warnings_told(caught: Iterable[warnings.WarningMessage]) -> list[tuple[str, str]]:
    """Say which warnings were given, each once."""
    return list(dict.fromkeys((each.category.__name__, str(each.message)) for each in caught))


def warn_again(told: Iterable[Iterable[str]], stacklevel: int = 3) -> None:
    """Give warnings that were told: of Python's own kinds or of ours."""
    for name, text in told:
        kind = RcsdWarning if name == RcsdWarning.__name__ else getattr(builtins, name, UserWarning)
        if not (isinstance(kind, type) and issubclass(kind, Warning)):
            kind = UserWarning
        warnings.warn(text, kind, stacklevel=stacklevel)


def _plain(value: object) -> object:
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _heard(value: object) -> object:
    if isinstance(value, dict):
        return Path(value["path"])
    return tuple(map(_heard, value)) if isinstance(value, list) else value
