"""From errors to exit codes and one readable paragraph."""

import sys
import warnings
from typing import Any, TextIO

import typer
from typer.core import TyperGroup

from rcsd.errors import RcsdError, RcsdWarning

INTERRUPTED = 130
"""Exit code of a command that the user stopped, as a shell expects it."""


class Commands(TyperGroup):
    """The commands, with every error raised on purpose turned into a paragraph on stderr and its exit code."""

    def invoke(self, ctx: Any) -> Any:  # Typer does not publish the type of its context
        """Run the chosen command.

        Raises
        ------
        typer.Exit
            With the error's exit code when the command could not do its work.
        """
        with warnings.catch_warnings():
            _show_own_warnings_plainly()
            try:
                return super().invoke(ctx)
            except RcsdError as failure:
                print(f"rcsd: error: {failure}", file=sys.stderr)
                raise typer.Exit(failure.exit_code) from None
            except KeyboardInterrupt:
                print("rcsd: stopped. Finished steps are kept: the same command goes on from there.", file=sys.stderr)
                raise typer.Exit(INTERRUPTED) from None


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
