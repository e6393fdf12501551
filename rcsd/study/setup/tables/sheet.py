"""A sheet of cells, whatever file it is from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

Cell = str | float | datetime | date | time | None
"""A word, a number, a date, or nothing; a text file has words alone."""

Row = list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells, all of one length.

    Attributes
    ----------
    name : str
        Of a workbook's sheet; empty for a text file.
    rows : tuple of lists of Cell
        Blank ones too, so that a row's place is its number in the file less one.
    lines : tuple of int
        One-based line of the file, or row of the sheet, of each row.
    understood : tuple of str
        How its cells were found: encoding, what parts them.
    parted_by : str
        What parts the cells of a text file, in a word; empty for a sheet of a workbook.
    """

    name: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    understood: tuple[str, ...] = ()
    parted_by: str = ""

    @property
    def width(self) -> int:
        """Count the columns."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def within(self) -> str:
        """Say of which sheet a place is, for messages."""
        return f" of sheet {self.name!r}" if self.name else ""


def text_of(cell: Cell) -> str:
    r"""Write a cell as text, blanks and line ends made one blank.

    Examples
    --------
    >>> text_of(2009.0), text_of(" GDP\n(yi yuan) ")
    ('2009', 'GDP (yi yuan)')
    """
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004 - exact integers
    if isinstance(cell, str):
        return " ".join(cell.replace("\ufeff", "").split())
    return cell.isoformat()


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip("\ufeff \t\r\n\u00a0\u3000"))


def column_name(index: int) -> str:
    """Name a column as spreadsheets do.

    Examples
    --------
    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def even(rows: list[Row]) -> tuple[Row, ...]:
    """Fill rows up to one length."""
    width = max((len(row) for row in rows), default=0)
    return tuple([*row, *[None] * (width - len(row))] for row in rows)
