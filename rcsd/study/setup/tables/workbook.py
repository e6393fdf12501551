"""Sheets of a workbook of Excel."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rcsd.errors import SeriesError
from rcsd.study.setup.tables.sheet import Cell, Row, Sheet, even

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LARGEST = 300 * 2**20
"""Bytes that a workbook may have once it is unpacked."""
_MOST_CELLS = 5_000_000


def workbook_sheets(path: Path, content: bytes) -> list[Sheet]:
    """Read the sheets of a workbook that hold anything; formulas by the values that were saved with them.

    Raises
    ------
    SeriesError
        When it is damaged, protected by a password or too large.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - takes longer than all else, and few tables are workbooks
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    _require_moderate(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            book: Any = load_workbook(io.BytesIO(content), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, EOFError) as error:
        raise SeriesError(f"is no workbook that can be read ({error}): save it as CSV", path=path) from error
    found = [_sheet(path, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [sheet for sheet in found if sheet.rows]


def _require_moderate(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as error:
        raise SeriesError("is a damaged workbook: save it again, or as CSV", path=path) from error
    if size > _LARGEST:
        raise SeriesError(f"unpacks to {size / 2**20:.0f} MB: save the sheet that is wanted as CSV", path=path)


def _sheet(path: Path, sheet: Worksheet) -> Sheet:
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise SeriesError(
            f"sheet {sheet.title!r} has {sheet.max_row} rows, {sheet.max_column} columns: save what is wanted as CSV",
            path=path,
        )
    rows: list[Row] = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for area in sheet.merged_cells.ranges:
        if area.min_row > len(rows):
            continue
        top = rows[area.min_row - 1]
        for column in range(area.min_col - 1, min(area.max_col, len(top))):
            top[column] = top[area.min_col - 1]  # a heading over several columns is that of each
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    return Sheet(sheet.title, even(rows), tuple(range(1, len(rows) + 1)), (f"sheet {sheet.title!r}",))


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | datetime | date | time):
        return value if value != "" else None
    if isinstance(value, bool):
        return str(value)
    return float(value) if isinstance(value, int | float) else str(value)
