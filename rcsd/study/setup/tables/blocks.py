"""Several tables of one sheet: one below the other, or side by side."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.study.setup.tables.axis import is_time_heading
from rcsd.study.setup.tables.numbers import NumberStyle
from rcsd.study.setup.tables.sheet import Row, Sheet, is_blank, text_of

_RULE = frozenset("-=:+ ")
_HEADINGS_TRIED = 20


def stacked(sheet: Sheet) -> list[tuple[list[Row], list[int]]]:
    """Part tables that stand one below the other: a blank row, then headings. Ruled lines are no rows."""
    kept = [(row, line) for row, line in zip(sheet.rows, sheet.lines, strict=True) if not _is_rule(row)]
    rows, lines = [row for row, _ in kept], [line for _, line in kept]
    starts = [0]
    for at in range(2, len(rows) - 1):
        if (
            _is_blank(rows[at - 1])
            and _is_heading(rows[at])
            and not _is_blank(rows[at + 1])
            and _has_numbers(rows[starts[-1] : at])
        ):
            starts.append(at)
    ends = [*starts[1:], len(rows)]
    return [(rows[a:b], lines[a:b]) for a, b in zip(starts, ends, strict=True)]


def _is_blank(row: Row) -> bool:
    return all(is_blank(cell) for cell in row)


def _is_heading(row: Row) -> bool:
    present = [text_of(cell) for cell in row if not is_blank(cell)]
    return len(present) > 1 and not any(text[:1].isdigit() and text.replace(".", "").isdigit() for text in present[:1])


def _has_numbers(rows: Sequence[Row]) -> bool:
    style = NumberStyle()
    return sum(style.value(cell) is not None for row in rows for cell in row) > 2  # noqa: PLR2004 - a table, not a title


def _is_rule(row: Row) -> bool:
    """Whether a row is a line drawn with signs, as below the headings of a table in Markdown."""
    present = [text_of(cell) for cell in row if not is_blank(cell)]
    return bool(present) and all(len(text) > 2 and set(text) <= _RULE for text in present)  # noqa: PLR2004


def side_by_side(rows: Sequence[Row]) -> list[list[Row]]:
    """Part tables that stand side by side, each with its own times; cells keep their columns.

    A column begins another table where its heading is that of times and the same as that of an earlier column, or where
    a blank column parts it from the rest.
    """
    starts: list[int] = []
    for at in range(min(len(rows), _HEADINGS_TRIED)):
        own = [column for column, cell in enumerate(rows[at]) if is_time_heading(text_of(cell))]
        names = [text_of(rows[at][column]).casefold() for column in own]
        others = [
            column
            for column, name in zip(own[1:], names[1:], strict=True)
            if name == names[0] or _is_blank_column(rows, column - 1)
        ]
        if others:
            starts = [0, *others]
            break
    if not starts:
        return [list(rows)]
    ends = [*starts[1:], len(rows[0])]
    return [
        [[cell if a <= column < b else None for column, cell in enumerate(row)] for row in rows]
        for a, b in zip(starts, ends, strict=True)
    ]


def _is_blank_column(rows: Sequence[Row], column: int) -> bool:
    return all(is_blank(row[column]) for row in rows)
