"""From errors to exit codes and one readable paragraph."""

import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

import typer

from rcsd.errors import RcsdError, RcsdWarning
from rcsd.files.inputs import inputs_kept

INTERRUPTED = 130
"""Exit code of a command that the user stopped, as a shell expects it."""

TERMINATED = 143
"""Exit code of a command that another program stopped, as a shell expects it."""


class Terminated(BaseException):
    """SIGTERM has come; like an interrupt no error, so that nothing on the way takes it for one."""


@contextmanager
def in_words(stopped: Callable[[], str]) -> Iterator[None]:
    """Turn an error that the body raises on purpose into a paragraph on stderr and its exit code.

    Parameters
    ----------
    stopped
        Says that the work was stopped, and what is left of it.

    Raises
    ------
    typer.Exit
        With the error's exit code when the body could not do its work.
    """
    with warnings.catch_warnings(), _terminable(), inputs_kept():
        _show_own_warnings_plainly()
        try:
            yield
        except RcsdError as failure:
            print(f"rcsd: error: {failure}", file=sys.stderr)
            raise typer.Exit(failure.exit_code) from None
        except KeyboardInterrupt:
            print(stopped(), file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
        except Terminated:
            print(stopped(), file=sys.stderr)
            raise typer.Exit(TERMINATED) from None


@contextmanager
def _terminable() -> Iterator[None]:
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


def _show_own_warnings_plainly() -> None:
    """Write an `RcsdWarning` as a sentence, without the line of source that Python adds."""
    shown_before = warnings.showwarning

    def show(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        file: TextIO | None = None,
        line: str | None = None,
    ) -> None:
        if issubclass(category, RcsdWarning):
            print(f"rcsd: warning: {message}", file=sys.stderr)
        else:
            shown_before(message, category, filename, lineno, file, line)

    warnings.showwarning = show
