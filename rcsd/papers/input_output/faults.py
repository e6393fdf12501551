"""Files of tables as text, and their faults reported together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rcsd.errors import TableError

_SHOWN = 12
"""Faults that a message lists; a file with the wrong separator has thousands."""


def text_of(path: Path) -> str:
    """Read a file as UTF-8 text, a byte order mark in front left out.

    Raises
    ------
    TableError
        When there is none that can be read, or it is no such text.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"is not UTF-8 text (byte {error.start}): save it as UTF-8 CSV", path=path) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise TableError(f"cannot be read ({why}): check the path", path=path) from error


def raise_table_faults(path: Path | None, faults: Sequence[tuple[int, str]], what: str) -> None:
    """Raise all faults of a file together, if there are any.

    Raises
    ------
    TableError
        With the line of each; line 0 is not shown.
    """
    if not faults:
        return
    where = "" if path is None else str(path)
    ordered = sorted(faults)
    shown = [f"  {where}:{line}: {fault}" if line else f"  {fault}" for line, fault in ordered[:_SHOWN]]
    if len(ordered) > _SHOWN:
        shown.append(f"  and {len(ordered) - _SHOWN} more")
    listed = "\n".join(shown)
    raise TableError(f"{len(faults)} fault(s) in the {what}, correct each:\n{listed}", path=path)
