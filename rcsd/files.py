"""Files: whether they are there, and writing them, bytes, text, JSON or netCDF, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import math
import os
import stat
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rcsd.errors import OutputError

if TYPE_CHECKING:
    import xarray as xr


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
    """SHA-256 of a file as it is now, None where there is none that can be read."""
    try:
        return sha256(path.read_bytes())
    except (OSError, ValueError):
        return None


def is_stdout(path: str | Path) -> bool:
    """Say whether a path, such as /dev/stdout, leads to the standard output of this process."""
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(_stdout()))
    except (OSError, ValueError):
        return False


def write_json(path: str | Path, document: object) -> None:
    """Write a document as JSON; parameters are those of `json_text`, errors those of `write_bytes_atomic`."""
    write_text_atomic(path, json_text(document))


def json_text(document: object, *, indent: int = 1) -> str:
    """Write a document as JSON, with a line feed at the end and every letter as it is.

    Parameters
    ----------
    document
        Whatever `plain` takes.
    indent
        Blanks a level.

    Examples
    --------
    >>> print(json_text({"人口": np.array([1.5, np.nan])}), end="")
    {
     "人口": [
      1.5,
      null
     ]
    }
    """
    return json.dumps(plain(document), indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def plain(value: object) -> Any:
    """Turn a value into what JSON knows.

    A dataclass becomes an object of its fields, a mapping one with its keys as text, an array nested lists. A number
    keeps all its digits; what is not a finite number, for which JSON has no word, becomes null.

    Examples
    --------
    >>> plain({"shares": (0.25, float("inf")), 2030: np.float64(1)})
    {'shares': [0.25, None], '2030': 1.0}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.ndarray | np.generic):
        return plain(value.tolist())
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def netcdf_bytes(dataset: xr.Dataset) -> bytes:
    """Write a dataset as the content of a netCDF 4 file."""
    with tempfile.TemporaryDirectory(prefix="rcsd-") as scratch:
        path = Path(scratch) / "dataset.nc"
        dataset.to_netcdf(path, engine="h5netcdf")
        return path.read_bytes()


def write_or_remove(path: str | Path, text: str | None) -> None:
    """Write a text; without one remove the file that an earlier run left, which would pass for a part of this one.

    Errors are those of `write_bytes_atomic`.
    """
    if text is not None:
        write_text_atomic(path, text)
        return
    try:
        Path(path).unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(Path(path), error.strerror) from error


def write_text_atomic(path: str | Path, text: str) -> None:
    """Write a UTF-8 text file in one step, with line feeds as line ends.

    Parameters and errors are those of `write_bytes_atomic`.
    """
    write_bytes_atomic(path, text.encode())


def write_bytes_atomic(path: str | Path, content: bytes) -> None:
    """Write a file in one step: readers see the old content or the new, never a part.

    A file that was there keeps its mode, and a link its target: the file at its end is written. What is no file but a
    device, a pipe or the standard output cannot be replaced, so the content goes straight into it.

    Parameters
    ----------
    path : str or Path
        The file; its folder is made when missing.
    content : bytes
        The content.

    Raises
    ------
    OutputError
        When the place cannot be written; a file that was there is left as it was.
    """
    path = Path(path)
    try:
        there = _status(path)
        if is_stdout(path):
            _write_stdout(content)
        elif there is not None and not stat.S_ISREG(there.st_mode) and not stat.S_ISDIR(there.st_mode):
            path.write_bytes(content)
        else:
            _replace(path.resolve(), content, _usual_mode() if there is None else stat.S_IMODE(there.st_mode))
    except (OSError, RuntimeError) as error:  # a ring of links is a RuntimeError before Python 3.13
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise _unwritable(path, why) from error


def _status(path: Path) -> os.stat_result | None:
    """Status of what a path leads to, None when there is nothing yet."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes, mode: int) -> None:
    """Write beside the place and move into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _moved_to(path, mode) as temporary, temporary.open("wb") as stream:
        stream.write(content)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Write a new file in one step with a library that wants a path: give it this one, in the place's folder.

    Raises
    ------
    OutputError
        When the place cannot be written; a file that was there is left as it was.
    """
    try:
        with _moved_to(path, _usual_mode()) as temporary:
            yield temporary
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


@contextmanager
def _moved_to(path: Path, mode: int) -> Iterator[Path]:
    """Give a temporary file; what is in it after the block goes to its place."""
    # in the same folder, since a rename is one step only within a file system
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(path: Path, why: str | None) -> OutputError:
    return OutputError(
        f"cannot be written ({why}); choose a place that you may write to, with space left on it", path=path
    )


def _stdout() -> int:
    """Descriptor of what `sys.stdout` writes to; a ValueError where it is no file."""
    return -1 if sys.stdout is None else sys.stdout.fileno()


def _write_stdout(content: bytes) -> None:
    """Write where the standard output stands: opened anew, a file would be written from its start."""
    sys.stdout.flush()
    with os.fdopen(os.dup(_stdout()), "wb") as stream:
        stream.write(content)


def _usual_mode() -> int:
    """Return the mode of a newly made file: mkstemp keeps its own to the owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
