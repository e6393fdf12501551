"""Temporary files and folders that name their process, so that the next one sweeps what a killed one left."""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

_OLD = 24 * 3600.0
"""Seconds after which a leftover of another machine, or of a process number in use again, belongs to nobody."""
_NAME = re.compile(r"\.?rcsd-(?P<host>[0-9a-f]{8})-(?P<process>\d+)-\w+(\.part)?")
_swept: set[Path] = set()


def part_file(folder: Path) -> Path:
    """Make an empty file, with the mode of its owner's alone, in a folder whose leftovers are swept."""
    sweep(folder)
    handle, name = tempfile.mkstemp(prefix=f".{_prefix()}", suffix=".part", dir=folder)
    os.close(handle)
    return Path(name)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give an empty folder among the system's temporary ones, which is gone after the block."""
    root = Path(tempfile.gettempdir())
    sweep(root)
    with tempfile.TemporaryDirectory(prefix=_prefix(), dir=root) as folder:
        yield Path(folder)


def sweep(folder: Path) -> None:
    """Remove from a folder what processes that were killed left there; once a process and folder."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError):
        for path in folder.iterdir():
            if _is_abandoned(path):
                _remove(path)


def _prefix() -> str:
    return f"rcsd-{_host()}-{os.getpid()}-"


@cache
def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _is_abandoned(path: Path) -> bool:
    found = _NAME.fullmatch(path.name)
    if found is None:
        return False
    if found["host"] == _host() and not _runs(int(found["process"])):
        return True
    try:
        return time.time() - path.lstat().st_mtime > _OLD
    except OSError:
        return False


def _runs(process: int) -> bool:
    """Whether a process of this number runs; on Windows, which has no such question, it is taken to."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # it belongs to another user
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()
