"""Tables with times across a row: a quantity in each row below, its labels before its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.study.setup.tables.headings import is_unit, parted
from rcsd.study.setup.tables.keys import sort_keys
from rcsd.study.setup.tables.layout import Layout
from rcsd.study.setup.tables.numbers import NumberStyle, is_missing
from rcsd.study.setup.tables.sheet import Row, column_name, text_of
from rcsd.study.setup.tables.strip import Strip, Told


def across_strips(
    rows: Sequence[Row],
    lines: Sequence[int],
    layout: Layout,
    style: NumberStyle,
    own_units: Sequence[str],
    within: str,
    told: Told,
) -> list[Strip]:
    """Find the quantities of a table with times across."""
    positions = layout.axis.positions
    timed = [column for column, position in enumerate(positions) if position is not None]
    below = [at for at in range(layout.at + 1, len(rows)) if _has_number(rows[at], timed, style)]
    skipped = [at for at in range(layout.at + 1, len(rows)) if at not in set(below) and any(map(text_of, rows[at]))]
    _tell_skipped(rows, lines, skipped, told)
    labels = [column for column in range(layout.first) if any(text_of(rows[at][column]) for at in below)]
    columns = [
        _filled_down([text_of(rows[at][column]) for at in below], last=column == labels[-1]) for column in labels
    ]
    headings = [text_of(rows[layout.at][column]) for column in labels]
    headings = _with_unit_heading(headings, columns, own_units)
    keys = sort_keys(headings, columns, need_name=True)
    _tell_left(labels, headings, keys.left_out, within, told)
    others = [column for column in range(layout.first, len(positions)) if positions[column] is None]
    for column in others:
        if any(not is_missing(rows[at][column]) for at in below):
            told.left_out.append(f"column {column_name(column)}{within}, {text_of(rows[layout.at][column])!r}: no time")
    found = []
    for place, at in enumerate(below):
        words = [columns[key][place] for key in keys.names if columns[key][place]]
        name, unit = parted(" ".join(words), own_units)
        group = ", ".join(columns[key][place] for key in keys.groups if columns[key][place])
        stated = "" if keys.unit is None else columns[keys.unit][place].strip("()[] ")
        cells = tuple((positions[column], rows[at][column], lines[at]) for column in timed)
        where = f"row {lines[at]}{within}"
        found.append(Strip(name or where, stated or unit, group, where, cells))
    return found


def _has_number(row: Row, timed: Sequence[int], style: NumberStyle) -> bool:
    present = [row[column] for column in timed if not is_missing(row[column])]
    return bool(present) and sum(style.value(cell) is not None for cell in present) * 2 >= len(present)


def _filled_down(texts: list[str], *, last: bool) -> list[str]:
    """Take a label for the rows below it that have none, but in the last column of labels."""
    if last or not texts[0]:
        return texts
    filled, current = [], ""
    for text in texts:
        current = text or current
        filled.append(current)
    return filled


def _with_unit_heading(headings: list[str], columns: Sequence[Sequence[str]], own_units: Sequence[str]) -> list[str]:
    """Call a column of labels that holds units alone by its name, where no heading does."""
    for at, texts in enumerate(columns):
        stated = [text.strip("()[] ") for text in texts if text]
        if not headings[at] and len(columns) > 1 and stated and all(is_unit(text, own_units) for text in stated):
            return [*headings[:at], "unit", *headings[at + 1 :]]
    return headings


def _tell_skipped(rows: Sequence[Row], lines: Sequence[int], skipped: Sequence[int], told: Told) -> None:
    for at in skipped:
        words = next(text for text in map(text_of, rows[at]) if text)
        told.left_out.append(f"line {lines[at]}, {words[:40]!r}: no number")


def _tell_left(labels: Sequence[int], headings: Sequence[str], left: Sequence[int], within: str, told: Told) -> None:
    for at in left:
        told.left_out.append(
            f"column {column_name(labels[at])}{within}, {headings[at]!r}: a code, a note, or the same in all rows"
        )
