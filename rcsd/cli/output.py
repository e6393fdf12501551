"""What commands print: a JSON document for machines, a table for people."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rcsd.errors import RunError

_PIPED_WIDTH = 160
"""Columns of a table that does not go to a terminal, wide enough to cut nothing."""


def name_with_search(study: str, *, quick: bool) -> str:
    """Name a study, and say so where its search is the smaller one."""
    return f"{study} (quick search)" if quick else study


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; what is not a number there is null, because JSON has no NaN."""
    from rcsd.files import json_text

    text = json_text(document, indent=2).rstrip("\n")
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # JSON has a way of its own to write letters that the output has not
        text = json.dumps(json.loads(text), indent=2)
    print_line(text)


def print_line(text: str) -> None:
    """Print words to stdout.

    Raises
    ------
    RunError
        When they cannot be written; see `_written`.
    """
    with _written():
        print(text)


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, n_words: int = 1) -> None:
    """Print a title and a table, the first `n_words` columns to the left and the others, numbers, to the right."""
    table = Table()
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="left" if index < n_words else "right")
    for row in rows:
        # As `Text`, since a name such as Price[coal] would pass for markup.
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    with _written():
        print(title)
        console.print(table)


@contextmanager
def _written() -> Iterator[None]:
    """See to it that what the body prints has left the process, and say so in one sentence where it cannot.

    Raises
    ------
    RunError
        When stdout takes no more, such as a full disk. A reader who has gone away is no error.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget_the_rest()
        raise RunError(
            f"standard output cannot be written ({error.strerror}): send it to a place with space left on it; what the "
            "command has computed is kept"
        ) from error


def _forget_the_rest() -> None:
    """Lead stdout nowhere: Python would try, and fail, once more to write what is left in it when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
