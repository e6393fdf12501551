"""How values show themselves: in one line at a prompt, as a small table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

MOST_ROWS = 12
"""Rows of a table that a notebook shows; one more line says how many there are."""


def in_one_line(kind: str, name: str, *facts: str) -> str:
    """Write what a value is, what it is called and what is to be known first.

    Examples
    --------
    >>> in_one_line("Ensemble", "", "64 runs", "", "31 times")
    '<Ensemble: 64 runs, 31 times>'
    """
    head = f"{kind} {name!r}" if name else kind
    return f"<{head}: {', '.join(fact for fact in facts if fact)}>"


def as_html(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table for a notebook; every text is escaped.

    Parameters
    ----------
    caption : str
        Above the table.
    headings : sequence of str
        Of its columns.
    rows : iterable of sequence of str
        As many cells as headings; what is beyond `MOST_ROWS` is counted.
    """
    every = list(rows)
    head = "".join(f'<th style="text-align:left">{escape(each)}</th>' for each in headings)
    lines = [_row(cells) for cells in every[:MOST_ROWS]]
    if len(every) > MOST_ROWS:
        lines.append(f'<tr><td colspan="{len(headings)}">and {len(every) - MOST_ROWS} more</td></tr>')
    return f"<table><caption>{escape(caption)}</caption><tr>{head}</tr>{''.join(lines)}</table>"


def _row(cells: Sequence[str]) -> str:
    inside = "".join(f'<td style="text-align:left">{escape(each)}</td>' for each in cells)
    return f"<tr>{inside}</tr>"
