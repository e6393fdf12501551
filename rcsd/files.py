"""Files: whether they are there, and writing them whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from rcsd.errors import OutputError


def is_file(path: Path) -> bool:
    """Say whether there is such a file; a path that no system can have, too long or with a null byte, is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def write_text_atomic(path: str | Path, text: str) -> None:
    """Write a UTF-8 text file in one step, with line feeds as line ends.

    Parameters
    ----------
    path : str or Path
        The file; its folder is made when missing.
    text : str
        The content.

    Raises
    ------
    OutputError
        When the place cannot be written; a file that was there is left as it was.
    """
    write_bytes_atomic(path, text.encode())


def write_bytes_atomic(path: str | Path, content: bytes) -> None:
    """Write a file in one step: readers see the old content or the new, never a part.

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
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # in the same folder, since a rename is one step only within a file system
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_usual_mode())
        temporary.replace(path)
    except OSError as error:
        raise OutputError(
            f"cannot be written ({error.strerror}); choose a folder that you may write to, with space left on it",
            path=path,
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _usual_mode() -> int:
    """Return the mode of a newly made file: mkstemp keeps its own to the owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
