"""What nobody foresaw, in one line: the traceback goes into a log file that the line names."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from rcsd.errors import UnexpectedError
from rcsd.work.cache_folder import cache_folder

EXIT_CODE = UnexpectedError.exit_code
"""Exit code of a command that met with a fault of the program; the one that BSD's sysexits has for it."""

_FOLDER = "errors"


def reported(error: BaseException, words: Sequence[str]) -> str:
    """Write a log and say what has happened.

    Parameters
    ----------
    error
        Which nobody raised on purpose.
    words
        Those of the command: the first that names a file is what the work was about.
    """
    what = str(error) if isinstance(error, UnexpectedError) else _headline(error, words)
    log = _written(error, words)
    where = f" with the log {log}" if log else ""
    return f"{what}; this is a fault of rcsd, not of yours: please report it{where}, and the file if you may"


def _headline(error: BaseException, words: Sequence[str]) -> str:
    from rcsd.files import is_file

    about = next((word for word in words if not word.startswith("-") and is_file(Path(word))), None)
    said = (traceback.format_exception_only(error)[-1].strip().splitlines() or [type(error).__name__])[0]
    return f"unexpected error{'' if about is None else f' in {about}'}: {said[:300]}"


def _written(error: BaseException, words: Sequence[str]) -> Path | None:
    """Write the log beside the cache, or where temporary files go; None where neither can be written."""
    details = error.details if isinstance(error, UnexpectedError) and error.details else ""
    lines = [
        f"rcsd {version('rcsd')}, PySD {version('pysd')}, Python {platform.python_version()}, {platform.platform()}",
        f"rcsd {' '.join(map(repr, words))}",
        details or "".join(traceback.format_exception(error)),
    ]
    name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    for place in _places():
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            log = place / name
            with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as stream:
                stream.write("\n".join(lines))
            return log
    print("\n".join(lines), file=sys.stderr)
    return None


def _places() -> Iterator[Path]:
    """Yield the folders that a log may go to; a user without a home folder has no cache."""
    with suppress(RuntimeError):
        yield cache_folder() / _FOLDER
    with suppress(OSError):
        yield Path(tempfile.gettempdir())
