"""What commands print: a JSON document for machines, a table for people."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

_PIPED_WIDTH = 160
"""Columns of a table that does not go to a terminal, wide enough to cut nothing."""


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document; what is not a number there is null, because JSON has no NaN."""
    from rcsd.study.codec import encode

    print(json.dumps(encode(document, lossless=False), indent=2, ensure_ascii=False, allow_nan=False))


def print_table(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *, n_words: int = 1) -> None:
    """Print a title and a table, the first `n_words` columns to the left and the others, numbers, to the right."""
    print(title)
    table = Table()
    for index, heading in enumerate(headings):
        table.add_column(heading, justify="left" if index < n_words else "right")
    for row in rows:
        # As `Text`, since a name such as Price[coal] would pass for markup.
        table.add_row(*(Text(cell) for cell in row))
    console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
    console.print(table)
