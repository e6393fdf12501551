"""Tables as CSV: written with every digit, line feeds at the line ends and nothing quoted that needs no quotes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rcsd.files import write_text_atomic

if TYPE_CHECKING:
    import pandas as pd

Row = Sequence[object]


class RowWriter(Protocol):
    """What writes one row after another, as `csv.writer` does."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write a row."""
        ...

    def writerows(self, rows: Iterable[Iterable[object]], /) -> None:
        """Write rows."""
        ...


def row_writer(stream: io.TextIOBase) -> RowWriter:
    """Write rows into a stream that is opened with ``newline=""``, for a table too long for memory.

    Floats are written by `repr`, so that none loses a digit, and what is not a number as ``nan``; None is an empty
    cell.
    """
    return csv.writer(stream, lineterminator="\n")


def csv_text(header: Row, rows: Iterable[Row]) -> str:
    """Write a table; its cells are those of `row_writer`.

    Examples
    --------
    >>> print(csv_text(["year", "人口"], [(2000, 0.1 + 0.2), (2001, None)]), end="")
    year,人口
    2000,0.30000000000000004
    2001,
    """
    text = io.StringIO()
    writer = row_writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_csv(path: str | Path, header: Row, rows: Iterable[Row]) -> None:
    """Write a table into a file in one step; see `csv_text` and `rcsd.files.write_bytes_atomic`."""
    write_text_atomic(path, csv_text(header, rows))


def frame_text(frame: pd.DataFrame, *, index: bool = False, float_format: str | None = None) -> str:
    """Write a data frame; what is not a number is an empty cell there.

    Parameters
    ----------
    frame
        The table.
    index
        Whether its index is the first column.
    float_format
        Such as ``%.10g``; every digit when None.
    """
    return str(frame.to_csv(index=index, lineterminator="\n", float_format=float_format))
