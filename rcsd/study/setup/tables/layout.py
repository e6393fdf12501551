"""Where in a sheet the times stand, down a column or across a row, and where its headings are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rcsd.study.setup.tables.axis import Axis, is_time_heading, read_axis
from rcsd.study.setup.tables.moments import is_time
from rcsd.study.setup.tables.numbers import NumberStyle, is_missing
from rcsd.study.setup.tables.sheet import Cell, Row, is_blank, text_of

_COLUMNS_TRIED = 30
_ROWS_TRIED = 30
_SAMPLE = 3000
"""Rows by which the column of times is chosen."""
_FEWEST = 2
"""Times that make an axis."""
_FEWEST_ACROSS = 3
_SHARE_ACROSS = 0.6
"""Of the cells of a row from the first time on that must be times."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the times of a table are.

    Attributes
    ----------
    direction : {"down", "across"}
        Whether times stand in a column or in a row.
    at : int
        That column or row.
    axis : Axis
        One position for each row from `first` on, or for each column.
    first : int
        First row of data, or first column of data.
    headings : tuple of int
        Rows of headings of a table with times down.
    """

    direction: Literal["down", "across"]
    at: int
    axis: Axis
    first: int
    headings: tuple[int, ...] = ()


def find_layout(rows: Sequence[Row], style: NumberStyle) -> Layout | None:
    """Find the times of a table; None where there are none."""
    sample = rows[:_SAMPLE]
    found = [each for each in (_down(sample, style), _across(rows, style)) if each is not None]
    best = max(found, key=lambda pair: pair[0])[1] if found else None
    if best is None or best.direction == "across" or len(sample) == len(rows):
        return best
    whole = _of_column(rows, best.at, style)
    return None if whole is None else whole[1]


def _down(rows: Sequence[Row], style: NumberStyle) -> tuple[float, Layout] | None:
    """Find the column that is most like times; the first of equals."""
    width = min(len(rows[0]) if rows else 0, _COLUMNS_TRIED)
    tried = (_of_column(rows, column, style) for column in range(width))
    return max((each for each in tried if each is not None), key=lambda pair: pair[0], default=None)


def _of_column(rows: Sequence[Row], column: int, style: NumberStyle) -> tuple[float, Layout] | None:
    cells = [row[column] for row in rows]
    first = _first_time(rows, column, style)
    if first is None:
        return None
    headings = _headings(rows, first, column)
    heading = " ".join(text_of(cells[row]) for row in headings)
    axis = read_axis(_above_notes(rows, first, column), heading, style)
    if axis is None or axis.n_read < (1 if is_time_heading(heading) else _FEWEST):
        return None
    axis = Axis(axis.kind, _padded(axis.positions, len(rows) - first), axis.unit, axis.reading, axis.doubt)
    score = _score(axis, heading)
    if score == 0 or (axis.kind == "number" and not is_time_heading(heading) and column > 0):
        return None
    return score - 0.01 * column, Layout("down", column, axis, first, headings)


def _above_notes(rows: Sequence[Row], first: int, column: int) -> list[Cell]:
    """Return the cells of a column down to the last row that has anything beside it: notes stand below."""
    last = max((at for at in range(first, len(rows)) if _filled(rows[at]) > 1), default=first)
    return [row[column] if _filled(row) > 1 else None for row in rows[first : last + 1]]


def _padded(positions: Sequence[float | None], length: int) -> tuple[float | None, ...]:
    return (*positions, *[None] * (length - len(positions)))


def _first_time(rows: Sequence[Row], column: int, style: NumberStyle) -> int | None:
    """Find the first row with a time in a column, and a number, or nothing yet, beside it."""
    for at, row in enumerate(rows):
        if not _may_be_time(row[column], style):
            continue
        below = [own[column] for own in rows[at + 1 : at + 14] if not is_blank(own[column])]
        others = [cell for place, cell in enumerate(row) if place != column and not is_missing(cell)]
        numbers = sum(style.value(cell) is not None for cell in others)
        follows = _may_be_time(below[0], style) if below else is_time_heading(_words_above(rows, at, column))
        if follows and (numbers or not others):
            return at
    return None


def _words_above(rows: Sequence[Row], at: int, column: int) -> str:
    return text_of(rows[at - 1][column]) if at else ""


def _may_be_time(cell: Cell, style: NumberStyle) -> bool:
    return not is_missing(cell) and (style.value(cell) is not None or is_time(cell))


def _headings(rows: Sequence[Row], first: int, column: int) -> tuple[int, ...]:
    """Find the rows of headings: those right above the data that have a word in more than one cell, blanks apart."""
    found: list[int] = []
    for at in range(first - 1, -1, -1):
        filled = _filled(rows[at])
        if filled == 0 and not found:
            continue
        alone_beside = filled == 1 and is_blank(rows[at][column]) and at > 0 and _filled(rows[at - 1]) > 1
        if filled < min(2, len(rows[at])) and not alone_beside:
            break
        found.append(at)
    return tuple(reversed(found))


def _filled(row: Row) -> int:
    return sum(not is_blank(cell) for cell in row)


def _score(axis: Axis, heading: str) -> float:
    """Say how much an axis is like time: of the calendar, below a heading that says so, increasing."""
    known = [position for position in axis.positions if position is not None]
    rising = sum(b > a for a, b in pairwise(known))
    falling = sum(b < a for a, b in pairwise(known))
    ordered = max(rising, falling) == len(known) - 1
    named = is_time_heading(heading)
    if axis.kind == "number" and not axis.unit and not named and not ordered:
        return 0
    if axis.kind == "year" and not named and not ordered and len(set(known)) > len(known) / 2:
        return 0  # numbers of four digits
    return 2.0 * (axis.kind != "number") + 2.0 * named + 1.0 * ordered


def _across(rows: Sequence[Row], style: NumberStyle) -> tuple[float, Layout] | None:
    tried = (_of_row(rows, row, style) for row in range(min(len(rows), _ROWS_TRIED)))
    return max((each for each in tried if each is not None), key=lambda pair: pair[0], default=None)


def _of_row(rows: Sequence[Row], at: int, style: NumberStyle) -> tuple[float, Layout] | None:
    """Read a row as times, right of some labels and above numbers."""
    row = rows[at]
    present = [column for column, cell in enumerate(row) if not is_missing(cell)]
    heading = text_of(row[present[0]]) if present else ""
    axis = _times_in(row, heading, style)
    if axis is None:
        return None
    known = [column for column, position in enumerate(axis.positions) if position is not None]
    after = [column for column in present if known and column >= known[0]]
    enough = len(known) >= _FEWEST_ACROSS and len(known) >= _SHARE_ACROSS * len(after)
    if not enough or known[0] == 0 or at + 1 >= len(rows):
        return None
    score = _score(axis, heading if known[0] > present[0] else "")
    if not score or not _has_numbers_below(rows, at, known, style):
        return None
    return score - 0.01 * at, Layout("across", at, axis, known[0])


def _times_in(row: Row, heading: str, style: NumberStyle) -> Axis | None:
    """Read what can be read of a row as times; words among them, such as labels, are none."""
    readable = [None if is_missing(cell) or not _may_be_time(cell, style) else cell for cell in row]
    axis = read_axis(readable, heading, style)
    if axis is None or (axis.kind == "number" and not axis.unit and not is_time_heading(heading)):
        return None
    return axis


def _has_numbers_below(rows: Sequence[Row], at: int, columns: Sequence[int], style: NumberStyle) -> bool:
    below = [rows[row][column] for row in range(at + 1, min(at + 60, len(rows))) for column in columns]
    present = [cell for cell in below if not is_missing(cell)]
    return bool(present) and sum(style.value(cell) is not None for cell in present) >= len(present) / 2
