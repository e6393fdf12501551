"""From the start of the process to the first command: streams that can be used, and signals that end in one line."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

INTERRUPTED = 130
"""Exit code of a command that the user stopped, as a shell expects it."""

TERMINATED = 143
"""Exit code of a command that another program stopped, as a shell expects it."""

_SOON = 0.05
"""Seconds after which a signal that was lost comes again."""
STOPPED = "rcsd: stopped."


class Terminated(BaseException):
    """SIGTERM has come; like an interrupt no error, so that nothing on the way takes it for one."""


def main() -> None:
    """Run the command line of this process and exit with its code.

    0 is done, 1 the work failed, 2 bad input, 70 unexpected, 130 stopped by the user, 143 by another program. A signal
    while modules are imported ends it in words as well.
    """
    try:
        with terminable():
            _open_streams()
            sys.unraisablehook = _signal_again
            from rcsd.cli.app import app

            app()
    except KeyboardInterrupt:
        _leave(INTERRUPTED)
    except Terminated:
        _leave(TERMINATED)


def _leave(code: int) -> None:
    with suppress(OSError, ValueError):
        print(STOPPED, file=sys.stderr)
    raise SystemExit(code)


@contextmanager
def terminable() -> Iterator[None]:
    """Turn SIGTERM into `Terminated`, so that workers end and files are whole; a signal that is ignored stays so."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not in_main_thread or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise Terminated


def _signal_again(lost: Any) -> None:
    """Bring a signal again that has come where Python loses every exception, such as in a callback of the collector."""
    number = {KeyboardInterrupt: signal.SIGINT, Terminated: signal.SIGTERM}.get(lost.exc_type)
    if number is None:
        sys.__unraisablehook__(lost)
        return
    again = threading.Timer(_SOON, signal.raise_signal, [number])
    again.daemon = True
    again.start()


def _open_streams() -> None:
    """See to it that the standard streams are there, and can take any letter.

    A file that is opened later would else become the output that was closed. What is written to a closed output fails
    as on a full disk; what is said on a closed stderr is lost.
    """
    for number, how in ((0, os.O_RDONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, how)  # the lowest number that is free
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for the life of the process
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
