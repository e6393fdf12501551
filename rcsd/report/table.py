"""A table before it is written as HTML."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, whether its cells are numbers (set to the right), and a longer word on it."""

    heading: str
    numeric: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and what to mark it as.

    Attributes
    ----------
    text : str
        As shown.
    mark : str
        Space-separated of "best" (lowest error of its row), "alert" (needs the reader's eye), "code" (an identifier),
        or empty.
    link : str
        Relative address that the text leads to, or empty.
    """

    text: str
    mark: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row is its heading.

    Attributes
    ----------
    caption : str
        What the table shows.
    columns : tuple of Column
        As many as each row has cells.
    rows : tuple of tuple of Cell
        From top to bottom.
    note : str
        How to read it, or empty.
    folded : bool
        Whether a page shows its caption alone until a reader asks for the rest.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    folded: bool = False

    def __post_init__(self) -> None:
        """Check that every row fills every column."""
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.caption!r}: a row of {len(row)} cells under {len(self.columns)} columns; give every "
                    "row one cell per column"
                )

    def without(self, heading: str) -> Table:
        """Return the table without the columns of one heading."""
        kept = [column.heading != heading for column in self.columns]
        rows = tuple(tuple(compress(row, kept)) for row in self.rows)
        return replace(self, columns=tuple(compress(self.columns, kept)), rows=rows)


def words(*headings: str) -> tuple[Column, ...]:
    """Return columns of words."""
    return tuple(Column(heading, numeric=False) for heading in headings)


def numbers(*headings: str) -> tuple[Column, ...]:
    """Return columns of numbers."""
    return tuple(Column(heading) for heading in headings)


def cells(*texts: str) -> tuple[Cell, ...]:
    """Return unmarked cells."""
    return tuple(Cell(text) for text in texts)
