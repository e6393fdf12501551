"""Reading files, and keeping a list of them, so that nothing is written over one."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rcsd.errors import OutputError

_LARGEST = 2**30
"""Bytes of a file that is read into memory: a device that never ends would fill it."""

_OWN_STREAMS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What a shell hands over: who names one of these has something behind it."""

NOWHERE = frozenset({os.devnull, "/dev/null", "nul", "NUL"})
"""What version control hands over for a file that was added or removed; Git writes the POSIX name on every system."""

_Identity = tuple[int, int]
_noted: list[dict[_Identity, Path]] = []
"""What was read, a mapping for each block of `inputs_kept` that is open."""


def is_file(path: Path) -> bool:
    """Say whether there is such a file; a path that no system can have, too long or with a null byte, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def sha256(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(path: Path) -> str | None:
    """SHA-256 of a file as it is now, however long; None where there is none that can be read."""
    if not is_file(path):  # a pipe may never end
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def read_input(path: Path) -> bytes:
    """Read a file of the user's, and note that it is one.

    Raises
    ------
    OSError
        When there is none that can be read, it is larger than a gigabyte, or it is a pipe, socket or device other than
        a stream of the process itself: reading one might never end.
    ValueError
        When no file can have this path.
    """
    note_input(path)
    kind = path.stat().st_mode
    if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind) or str(path).startswith(_OWN_STREAMS)):
        raise OSError(errno.EINVAL, "it is no regular file", str(path))
    with path.open("rb") as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise OSError(27, f"it is larger than {_LARGEST // 2**20:,} MiB, the most that is read", str(path))
    return content


def note_input(path: Path) -> None:
    """Note that a file is read, for one that another way than `read_input` leads to."""
    if _noted:
        identity = _identity(path)
        if identity is not None:
            _noted[-1][identity] = path


@contextmanager
def inputs_kept() -> Iterator[None]:
    """Refuse to write over any file that is read in the block: what a command line works in."""
    _noted.append({})
    try:
        yield
    finally:
        _noted.pop()


def refuse_input(path: Path) -> None:
    """Refuse a place to write to that leads to a file which was read, by whatever name or link.

    Raises
    ------
    OutputError
        When it does.
    """
    identity = _identity(path) if _noted else None
    for read in _noted:
        if identity is not None and identity in read:
            raise OutputError(
                "is a file that this command reads, and is not written over: choose another place for the result",
                path=path,
            )


def _identity(path: Path) -> _Identity | None:
    """Return what tells a regular file from all others: a device is none, and can be read and written."""
    if not is_file(path):
        return None
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
