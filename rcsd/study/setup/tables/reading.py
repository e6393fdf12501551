"""Reads a table of a stranger: wide or long, down or across, text or workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rcsd.errors import SeriesError
from rcsd.study.setup.tables.across import across_strips
from rcsd.study.setup.tables.axis import is_time_heading
from rcsd.study.setup.tables.blocks import side_by_side, stacked
from rcsd.study.setup.tables.down import Down
from rcsd.study.setup.tables.headings import stated_unit
from rcsd.study.setup.tables.layout import Layout, find_layout
from rcsd.study.setup.tables.numbers import NumberStyle, number_style
from rcsd.study.setup.tables.separated import text_sheet
from rcsd.study.setup.tables.sheet import Row, Sheet, is_blank, text_of
from rcsd.study.setup.tables.strip import Strip, Told, column_of
from rcsd.study.setup.tables.table import DataTable, TableColumn
from rcsd.study.setup.tables.times import TimeKind
from rcsd.study.setup.tables.workbook import workbook_sheets
from rcsd.tables import file_bytes

_OTHERS = {
    b"\xd0\xcf\x11\xe0": "a workbook of Excel before 2007, or one with a password: save it as .xlsx or CSV",
    b"%PDF": "a PDF: copy its table into a sheet and save that as .xlsx or CSV",
    b"PAR1": "a Parquet file: save it as CSV",
    b"\x1f\x8b": "compressed: unpack it first",
    b"SQLite": "a database: export the table as CSV",
    b"\x89HDF": "an HDF or netCDF file: export the table as CSV",
    b"<html": "a web page: copy its table into a sheet and save that",
    b"<!doc": "a web page: copy its table into a sheet and save that",
}
_MANY = 20
_WORKBOOK = b"PK\x03\x04"


def read_table(path: str | Path, *, sheet: str | None = None, units: Sequence[str] = ()) -> DataTable:
    """Read a table as people have it.

    Parameters
    ----------
    path : str or Path
        Text with columns parted by anything, or a workbook (.xlsx).
    sheet : str, optional
        Of a workbook; all that are visible when None.
    units : sequence of str
        Units of the model that the table is for: known in headings whatever they are called.

    Returns
    -------
    DataTable
        Its columns, and what was understood, left out and doubted.

    Raises
    ------
    SeriesError
        When it cannot be read, or nothing in it is a number at a time; the message says what was looked for.
    """
    path = Path(path)
    sheets = _sheets(path, file_bytes(path, SeriesError), sheet)
    told = Told()
    columns: list[TableColumn] = []
    for each in sheets:
        columns += _columns_of(each, path, units, told)
    if not columns or _is_section(columns):
        raise SeriesError(_nothing(told), path=path)
    return DataTable(
        path,
        tuple(_by_sheet(columns, sheets, told)),
        tuple(dict.fromkeys(told.understood)),
        tuple(dict.fromkeys(told.left_out)),
        tuple(dict.fromkeys(told.doubts)),
    )


def _sheets(path: Path, content: bytes, wanted: str | None) -> list[Sheet]:
    for mark, what in _OTHERS.items():
        if content[:8].lower().startswith(mark.lower()):
            raise SeriesError(f"is {what}", path=path)
    if not content.startswith(_WORKBOOK):
        if wanted is not None:
            raise SeriesError(f"is text and has no sheets: leave out sheet {wanted!r}", path=path)
        return [text_sheet(path, content)]
    found = workbook_sheets(path, content)
    if wanted is None:
        return found
    chosen = [each for each in found if each.name == wanted]
    if not chosen:
        raise SeriesError(f"has no sheet {wanted!r}; it has {', '.join(each.name for each in found)}", path=path)
    return chosen


def _is_section(columns: Sequence[TableColumn]) -> bool:
    """Whether a table has many things at one time each, such as the year in which each town was founded."""
    return len(columns) > _MANY and all(len(column) == 1 for column in columns)


def _nothing(told: Told) -> str:
    why = "; ".join(dict.fromkeys(told.left_out))
    return (
        "has no table of numbers over time: it needs a column of times (years, months, dates or numbers, below a "
        "heading such as 'year' or 'time') with numbers beside it, or such times across a row"
        + (f": {why}" if why else "")
    )


def _columns_of(sheet: Sheet, path: Path, units: Sequence[str], told: Told) -> list[TableColumn]:
    """Read the tables of a sheet, one below the other."""
    style = number_style((cell for row in sheet.rows for cell in row), parted_by=sheet.parted_by)
    found: list[TableColumn] = []
    for rows, lines in stacked(sheet):
        for beside in side_by_side(rows):
            found += _table(beside, lines, sheet, path, style, units, told)
    if found:
        told.understood += sheet.understood
        told.understood += ["numbers with a decimal comma"] if style.decimal == "," else []
        told.doubts += [style.doubt] if style.doubt else []
    else:
        told.left_out.append(f"sheet {sheet.name!r}: no times" if sheet.name else "no column and no row of times")
    return found


def _table(
    rows: Sequence[Row],
    lines: Sequence[int],
    sheet: Sheet,
    path: Path,
    style: NumberStyle,
    units: Sequence[str],
    told: Told,
) -> list[TableColumn]:
    """Read one table."""
    layout = find_layout(rows, style)
    if layout is None:
        return []
    strips, kind, time_unit = _strips(rows, lines, layout, sheet, path, style, units, told)
    stated = _stated(rows, layout, lines, told)
    strips = _distinct([replace(strip, unit=strip.unit or stated) for strip in strips], told)
    columns = [column_of(strip, kind, time_unit, style, told) for strip in strips]
    return [column for column in columns if column is not None]


def _strips(
    rows: Sequence[Row],
    lines: Sequence[int],
    layout: Layout,
    sheet: Sheet,
    path: Path,
    style: NumberStyle,
    units: Sequence[str],
    told: Told,
) -> tuple[list[Strip], TimeKind, str]:
    axis = layout.axis
    if layout.direction == "across":
        told.understood.append(f"times across line {lines[layout.at]}{sheet.within}: {_named(axis.reading, axis.unit)}")
        told.doubts += [axis.doubt] if axis.doubt else []
        return across_strips(rows, lines, layout, style, units, sheet.within, told), axis.kind, axis.unit
    down = Down(rows, lines, layout, style, units, sheet.name or path.stem, sheet.within)
    strips = down.strips()
    told.understood.append(
        f"times down {down.time_place}: {_named(down.axis.reading, down.axis.unit)}"
        + (f"; units in line {lines[down.unit_row]}" if down.unit_row is not None else "")
    )
    told.doubts += [axis.doubt] if axis.doubt else []
    if down.axis.kind == "number" and not (down.axis.unit or is_time_heading(down.time_name)):
        told.doubts.append(
            f"the numbers of {down.time_place} are taken for times, which its heading does not say: name it 'Time' if "
            "they are; rows that are not one after the other in time make no study"
        )
    told.left_out += [*down.told.left_out, *down.rows_left_out()]
    told.doubts += down.told.doubts
    return strips, down.axis.kind, down.axis.unit


def _named(reading: str, unit: str) -> str:
    return f"{reading}, in units of a {unit}" if unit else reading


def _stated(rows: Sequence[Row], layout: Layout, lines: Sequence[int], told: Told) -> str:
    """Find a unit that is stated for all of a table, above it."""
    end = layout.at if layout.direction == "across" else layout.first
    for at in range(end):
        present = [text_of(cell) for cell in rows[at] if not is_blank(cell)]
        if 0 < len(set(present)) <= 2 and at not in layout.headings:  # noqa: PLR2004 - "Unit:" and the unit
            unit = stated_unit(" ".join(dict.fromkeys(present)))
            if unit:
                told.understood.append(f"unit {unit!r} of all that has none of its own, from line {lines[at]}")
                return unit
    return ""


def _distinct(strips: list[Strip], told: Told) -> list[Strip]:
    """Tell quantities of one name apart by a number."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for strip in strips:
        seen[strip.name, strip.group] += 1
        count = seen[strip.name, strip.group]
        if count > 1:
            told.doubts.append(
                f"{strip.name!r} stands twice, the second time in {strip.place}: it is called {strip.name} ({count})"
            )
        found.append(strip if count == 1 else replace(strip, name=f"{strip.name} ({count})"))
    return found


def _by_sheet(columns: list[TableColumn], sheets: Sequence[Sheet], told: Told) -> list[TableColumn]:
    """Take sheets for groups, where several of them have a column of one name."""
    names = Counter((column.name, column.group) for column in columns)
    if len(sheets) < 2 or max(names.values()) < 2:  # noqa: PLR2004 - one sheet, or no name in two
        return columns
    told.understood.append("sheets of like columns are kept apart by their names")
    return [
        TableColumn(c.name, c.unit, c.times, c.values, _sheet_of(c) + (f", {c.group}" if c.group else ""), c.place)
        for c in columns
    ]


def _sheet_of(column: TableColumn) -> str:
    return column.place.partition(" of sheet ")[2].strip("'\"")
