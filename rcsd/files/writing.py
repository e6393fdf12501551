"""Writing files whole or not at all, alone or several together, and never over one that was read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from rcsd.errors import OutputError
from rcsd.files.inputs import refuse_input
from rcsd.files.leftovers import part_file
from rcsd.files.moves import Moves

_OPEN: ContextVar[Moves | None] = ContextVar("_OPEN", default=None)
_BOM: ContextVar[bool] = ContextVar("_BOM", default=False)


@contextmanager
def together() -> Iterator[None]:
    """Write the files of the block together at its end, or none of them; a block inside another one joins it.

    Raises
    ------
    OutputError
        When a place cannot be written; files that were there are left as they were, folders made for new ones go.
    """
    if _OPEN.get() is not None:
        yield
        return
    moves = Moves()
    before = _OPEN.set(moves)
    try:
        yield
        moves.finish()
    except OSError as error:
        raise _unwritable(Path(error.filename or ""), error.strerror or str(error)) from error
    finally:
        _OPEN.reset(before)
        moves.discard()


@contextmanager
def at_once() -> Iterator[None]:
    """Write the files of the block at once, also inside one of `together`: what is kept for the next attempt."""
    before = _OPEN.set(None)
    try:
        yield
    finally:
        _OPEN.reset(before)


@contextmanager
def bom_in_csv() -> Iterator[None]:
    """Begin the CSV files of the block with a byte order mark, so that Excel on a Chinese system takes them for UTF-8.

    Examples
    --------
    >>> from rcsd.tables import write_csv
    >>> with bom_in_csv():
    ...     write_csv("/dev/null", ["year", "人口"], [(2000, 1.5)])
    """
    before = _BOM.set(True)
    try:
        yield
    finally:
        _BOM.reset(before)


def is_stdout(path: str | Path) -> bool:
    """Say whether a path, such as /dev/stdout, leads to the standard output of this process."""
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(_stdout()))
    except (OSError, ValueError):
        return False


def write_or_remove(path: str | Path, text: str | None, *, with_folder: bool = False) -> None:
    """Write a text; without one remove the file that an earlier run left, which would pass for a part of this one.

    The folder goes with the last file in it when `with_folder`. Errors are those of `write_bytes_atomic`.
    """
    if text is not None:
        write_text_atomic(path, text)
        return
    try:
        with _moves() as moves:
            moves.remove(Path(path), with_folder=with_folder)
    except OSError as error:
        raise _unwritable(Path(path), error.strerror) from error


def write_text_atomic(path: str | Path, text: str) -> None:
    """Write a UTF-8 text file in one step, with line feeds as line ends.

    Parameters and errors are those of `write_bytes_atomic`.
    """
    mark = "\ufeff" if _BOM.get() and Path(path).suffix.lower() == ".csv" else ""
    write_bytes_atomic(path, (mark + text).encode())


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
        When the place cannot be written, or is an input of the command; a file that was there is left as it was.
    """
    path = Path(path)
    try:
        refuse_input(path)
        there = _status(path)
        with _moves() as moves:
            if is_stdout(path):
                moves.pour(lambda: _write_stdout(content))
            elif there is not None and stat.S_ISDIR(there.st_mode):
                raise IsADirectoryError(0, "it is a folder")
            elif there is not None and not stat.S_ISREG(there.st_mode):
                moves.pour(lambda: _pour(path, content))
            else:
                mode = _usual_mode() if there is None else stat.S_IMODE(there.st_mode)
                with _moved_to(path.resolve(), mode, moves) as temporary, temporary.open("wb") as stream:
                    stream.write(content)
    except (OSError, RuntimeError, ValueError) as error:  # a ring of links is a RuntimeError before Python 3.13
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise _unwritable(path, why) from error


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Write a new file in one step with a library that wants a path: give it this one, in the place's folder.

    Raises
    ------
    OutputError
        When the place cannot be written, or is an input of the command; a file that was there is left as it was.
    """
    try:
        refuse_input(path)
        with _moves() as moves, _moved_to(path, _usual_mode(), moves) as temporary:
            yield temporary
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


@contextmanager
def _moves() -> Iterator[Moves]:
    """Give the moves of the open block, or of this file alone."""
    outer = _OPEN.get()
    if outer is not None:
        yield outer
        return
    moves = Moves()
    try:
        yield moves
        moves.finish()
    finally:
        moves.discard()


@contextmanager
def _moved_to(path: Path, mode: int, moves: Moves) -> Iterator[Path]:
    """Give a temporary file; what is in it after the block goes to its place when the moves are made."""
    moves.make_folder(path.parent)
    # in the same folder, since a rename is one step only within a file system
    temporary = part_file(path.parent)
    try:
        yield temporary
        with temporary.open("rb+") as stream:
            os.fsync(stream.fileno())
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    moves.move(temporary, path)


def _status(path: Path) -> os.stat_result | None:
    """Status of what a path leads to, None when there is nothing yet."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


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


def _pour(path: Path, content: bytes) -> None:
    """Write into a device or pipe."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _usual_mode() -> int:
    """Return the mode of a newly made file: mkstemp keeps its own to the owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
