"""From errors to exit codes and one readable paragraph."""

import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TextIO

import typer
from typer.core import TyperGroup

from rcsd.errors import RcsdError, RcsdWarning

INTERRUPTED = 130
"""Exit code of a command that the user stopped, as a shell expects it."""

TERMINATED = 143
"""Exit code of a command that another program stopped, as a shell expects it."""

_STOPPED = "rcsd: stopped."
_KEPT = "Finished steps are kept: the same command goes on from there."
_KEEPING = frozenset({"study", "calibrate", "backtest", "simulate", "scenario", "panel", "resilience"})


class Terminated(BaseException):
    """SIGTERM has come; like an interrupt no error, so that nothing on the way takes it for one."""


class Commands(TyperGroup):
    """The commands, with every error raised on purpose turned into a paragraph on stderr and its exit code."""

    def invoke(self, ctx: Any) -> Any:  # Typer does not publish the type of its context
        """Run the chosen command.

        Raises
        ------
        typer.Exit
            With the error's exit code when the command could not do its work.
        """
        with warnings.catch_warnings(), _terminable():
            _show_own_warnings_plainly()
            try:
                return super().invoke(ctx)
            except RcsdError as failure:
                print(f"rcsd: error: {failure}", file=sys.stderr)
                raise typer.Exit(failure.exit_code) from None
            except KeyboardInterrupt:
                print(_stopped(ctx), file=sys.stderr)
                raise typer.Exit(INTERRUPTED) from None
            except Terminated:
                print(_stopped(ctx), file=sys.stderr)
                raise typer.Exit(TERMINATED) from None


def _stopped(ctx: Any) -> str:
    """Say that a command was stopped, and what is left of its work."""
    return f"{_STOPPED} {_KEPT}" if ctx.invoked_subcommand in _KEEPING else _STOPPED


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
