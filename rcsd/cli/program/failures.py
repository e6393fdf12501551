"""From errors to exit codes and one readable paragraph."""

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn, TextIO

import typer

from rcsd.cli.program.start import INTERRUPTED, TERMINATED, Terminated, terminable
from rcsd.cli.program.unexpected import EXIT_CODE, reported
from rcsd.errors import RcsdError, RcsdWarning, RunError, UnexpectedError
from rcsd.files.inputs import inputs_kept

_OF_TYPER: tuple[type[BaseException], ...] = (
    typer.Exit,
    typer.Abort,
    BrokenPipeError,
    *(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException"),
)
"""What Typer itself answers: a command line that is wrong, one that is done, and nobody who reads the output."""


@contextmanager
def in_words(stopped: Callable[[], str], words: Sequence[str] = ()) -> Iterator[None]:
    """Turn an error of the body into a paragraph on stderr and its exit code.

    Parameters
    ----------
    stopped
        Says that the work was stopped, and what is left of it.
    words
        Those of the command, for an error that nobody foresaw.

    Raises
    ------
    typer.Exit
        With the error's exit code when the body could not do its work.
    """
    with warnings.catch_warnings(), terminable(), inputs_kept():
        _show_own_warnings_plainly()
        try:
            yield
        except _OF_TYPER:
            raise
        except RcsdError as failure:
            if isinstance(failure, UnexpectedError):
                _say(reported(failure, words), EXIT_CODE, failure)
            print(f"rcsd: error: {failure}", file=sys.stderr)
            raise typer.Exit(failure.exit_code) from None
        except KeyboardInterrupt:
            print(stopped(), file=sys.stderr)
            raise typer.Exit(INTERRUPTED) from None
        except Terminated:
            print(stopped(), file=sys.stderr)
            raise typer.Exit(TERMINATED) from None
        except MemoryError as failure:
            _say("the work needs more memory than there is", RunError.exit_code, failure)
        except Exception as failure:  # what nobody foresaw must not end in a traceback
            _say(reported(failure, words), EXIT_CODE, failure)


def _say(message: str, exit_code: int, failure: BaseException) -> NoReturn:
    """Write a paragraph and end with a code."""
    print(f"rcsd: error: {message}", file=sys.stderr)
    raise typer.Exit(exit_code) from failure


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
