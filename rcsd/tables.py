"""Tables as CSV: read with the line of every row, so that all faults of a file are named at once, and written.

What is written has every digit, line feeds at the line ends and nothing quoted that needs no quotes.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from rcsd.errors import FileError
from rcsd.files import decoded, note_input, read_input, streamed_codec, write_text_atomic
from rcsd.names import near_matches

if TYPE_CHECKING:
    import pandas as pd

Row = Sequence[object]

Line = tuple[int, list[str]]
"""A row as it was read: the line of the file that it ends on, and its cells."""

Fault = tuple[int, str]
"""A line, 0 for the file as a whole, and what is wrong there."""

LARGEST = 1e100
"""Magnitude that a number in a table may have: the square of a larger one, or a sum of such, would be no number."""
_DECIMAL_COMMA = re.compile(r"[-+]?\d[\d.]*,\d*(e[-+]?\d+)?", re.IGNORECASE)
_SHOWN = 20
"""Faults that a message lists: a file with the wrong separator has thousands."""


def file_bytes(path: Path, error: type[FileError]) -> bytes:
    """Read a file.

    Parameters
    ----------
    path
        The file.
    error
        Class of what is raised, here and below: that of the kind of file.

    Raises
    ------
    FileError
        When there is none that can be read.
    """
    try:
        return read_input(path)
    except (OSError, ValueError) as failure:  # a null character in a path is a ValueError
        raise _unreadable(path, failure, error) from failure


def table_lines(path: Path, content: bytes, error: type[FileError], *, separator: str = ",") -> list[Line]:
    """Split the content of a file into its rows, those without a word left out.

    Raises
    ------
    FileError
        When it is no CSV, or no text at all.
    """
    text = decoded(path, content)
    if text is None:
        raise _no_text(path, error)
    return list(_lines(path, io.StringIO(text, newline=""), error, separator))


@contextmanager
def streamed_lines(path: Path, error: type[FileError]) -> Iterator[Iterator[Line]]:
    """Open a file too long for memory; its rows are read as they are asked for.

    Raises
    ------
    FileError
        When it cannot be read or is no CSV, also inside the block.
    """
    try:
        note_input(path)
        codec = streamed_codec(path)
        if codec is None:
            raise _no_text(path, error)
        with path.open(encoding=codec, newline="") as stream:
            yield _lines(path, stream, error)
    except (OSError, UnicodeError) as failure:
        raise _unreadable(path, failure, error) from failure


def _lines(path: Path, stream: Iterable[str], error: type[FileError], separator: str = ",") -> Iterator[Line]:
    reader = csv.reader(stream, strict=True, delimiter=separator)
    first = True
    try:
        for row in reader:
            if any("\0" in cell for cell in row):
                raise error("holds a null character: the file is damaged or no text", path=path, line=reader.line_num)
            if any(cell and not cell.isspace() for cell in row):
                if first and separator == ",":
                    _require_commas(path, reader.line_num, row, error)
                    first = False
                yield reader.line_num, row
    except csv.Error as failure:
        raise error(
            f"is no CSV ({failure}): check the quotation marks of this line and of those before it",
            path=path,
            line=reader.line_num,
        ) from failure


def _require_commas(path: Path, line: int, header: Sequence[str], error: type[FileError]) -> None:
    """Refuse a header whose cells are parted by something else, as spreadsheets of many countries save it.

    Raises
    ------
    FileError
        That says what parts them.
    """
    if len(header) > 1:
        return
    for mark, what in ((";", "semicolons"), ("\t", "tabs"), ("\uff0c", "full-width commas"), ("|", "vertical bars")):
        if mark in header[0].strip():
            raise error(
                f"its columns are parted by {what}: save it as CSV with commas, and with points in its numbers",
                path=path,
                line=line,
            )


def _unreadable(path: Path, failure: OSError | ValueError, error: type[FileError]) -> FileError:
    why = failure.strerror if isinstance(failure, OSError) else str(failure)
    return error(f"cannot be read ({why}): check the path", path=path)


def _no_text(path: Path, error: type[FileError]) -> FileError:
    return error("is no text in any encoding that is known: save it as CSV in UTF-8", path=path)


def written_rows(text: str) -> list[list[str]]:
    """Return the cells of a table that was written here, its header first."""
    return list(csv.reader(io.StringIO(text)))


def parted(lines: Iterable[str], mark: str) -> list[Line]:
    """Part lines of somebody's table at a mark; quotes hold marks and line ends together.

    Returns
    -------
    list of Line
        Each row with the line, counted from 1, that it begins on.

    Raises
    ------
    ValueError
        When quotes and marks make no table.
    """
    reader = csv.reader((line + "\n" for line in lines), delimiter=mark, skipinitialspace=True)
    rows: list[Line] = []
    begun = 1
    try:
        for row in reader:
            rows.append((begun, row))
            begun = reader.line_num + 1
    except csv.Error as fault:
        raise ValueError(str(fault)) from None
    return rows


def rows_under(path: Path, lines: Sequence[Line], columns: Sequence[str], error: type[FileError]) -> Sequence[Line]:
    """Insist on a header of exactly these columns in this order, and return the rows below it.

    Raises
    ------
    FileError
        That says which column is missing or unknown, with the nearest one.
    """
    if not lines:
        raise error(f"the file is empty; its first line must be {','.join(columns)}", path=path)
    line, header = lines[0]
    names = [cell.strip() for cell in header]
    if names == list(columns):
        return lines[1:]
    faults = [f"column {name!r} is missing" for name in columns if name not in names]
    faults += [
        f"column {name!r} is unknown" + (f" ({hint})" if (hint := near_matches(name, columns)) else "")
        for name in names
        if name not in columns
    ]
    what = "; ".join(faults) or "the columns stand in another order"
    raise error(f"the header must be exactly `{','.join(columns)}`: {what}", path=path, line=line)


def records(
    path: Path, lines: Sequence[Line], required: Sequence[str], error: type[FileError], *, what: str = "table"
) -> list[tuple[int, dict[str, str]]]:
    """Take the rows below a header of any columns by name, blanks around the cells left out.

    Parameters
    ----------
    path, lines, error
        Of the file; see `table_lines`.
    required
        Columns that must be there.
    what
        What the file is, for the message.

    Raises
    ------
    FileError
        When a required column is missing or one stands twice; listing every row of another length than the header.
    """
    line, header = lines[0] if lines else (1, [])
    names = [cell.strip() for cell in header]
    missing = [column for column in required if column not in names]
    if missing:
        raise error(
            f"the {what} has no column {' and none '.join(map(repr, missing))}: add it to the header", path=path
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise error(f"the heading {twice[0]!r} stands twice: give each column its own", path=path, line=line)
    faults = [(at, fault) for at, row in lines[1:] if (fault := length_fault(row, len(names)))]
    raise_faults(path, faults, what, error)
    return [(at, dict(zip(names, map(str.strip, row), strict=True))) for at, row in lines[1:]]


def length_fault(row: Sequence[str], n_columns: int) -> str:
    """Say what is wrong with the length of a row; empty when nothing is."""
    return "" if len(row) == n_columns else f"{len(row)} cells instead of the {n_columns} of the header"


def number(cell: str) -> float:
    """Read a finite number.

    Raises
    ------
    ValueError
        With the words for a fault.

    Examples
    --------
    >>> number(" 1e3 ")
    1000.0
    >>> number("1_000")
    Traceback (most recent call last):
    ValueError: '1_000' is not a number
    """
    try:
        value = float(cell)
    except ValueError:
        value = None
    if value is None or "_" in cell:  # Python takes 1_000 for a number, no spreadsheet does
        hint = ": write a point instead of the comma" if _DECIMAL_COMMA.fullmatch(cell.strip()) else ""
        raise ValueError(f"{shortened(cell.strip())!r} is not a number{hint}" if cell.strip() else "the cell is empty")
    if not math.isfinite(value):
        raise ValueError(f"{shortened(cell.strip())!r} is not a finite number")
    if abs(value) > LARGEST:
        raise ValueError(f"{shortened(cell.strip())} is too large: no quantity is beyond {LARGEST:g}; change its unit")
    return value


def shortened(text: str, most: int = 60) -> str:
    """Return a text for a message, cut where it is very long."""
    return text if len(text) <= most else f"{text[:most]}..."


def raise_faults(path: Path | None, faults: Sequence[Fault], what: str, error: type[FileError]) -> None:
    """Raise all faults of a file together in the order of their lines, if there are any.

    Raises
    ------
    FileError
        With the line of each.
    """
    if not faults:
        return
    where = "" if path is None else str(path)
    causes: dict[str, list[int]] = {}
    for line, words in sorted(faults, key=lambda fault: fault[0]):
        causes.setdefault(words, []).append(line)
    listed = [f"  {where}:{lines[0]}: {words}" if lines[0] else f"  {words}" for words, lines in causes.items()]
    shown = [text + _further(lines) for text, lines in zip(listed, causes.values(), strict=True)][:_SHOWN]
    if len(causes) > _SHOWN:
        shown.append(f"  and {len(causes) - _SHOWN} more")
    text = "\n".join(shown)
    raise error(
        f"{len(causes)} fault(s) in the {what}, correct each:\n{text}",
        path=path,
        line=min(line for line, _ in faults) or None,
    )


def _further(lines: Sequence[int]) -> str:
    """Name the further lines of one cause."""
    if len(lines) == 1:
        return ""
    if lines[-1] - lines[0] == len(lines) - 1:
        return f" (the same in every line to {lines[-1]})"
    return f" (the same in {len(lines) - 1} more lines, the last {lines[-1]})"


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
