"""A CSV of inputs, a column a constant and a row a run, read into columns of numbers line by line."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import RowsError


def read_names(path: Path) -> tuple[str, ...]:
    """Read the first line: the names of the columns.

    Raises
    ------
    RowsError
        When the file cannot be read or is empty, or a column has no name or that of another.
    """
    with _reader(path) as reader:
        return _names(path, reader)


def read_rows(path: Path) -> dict[str, NDArray[np.float64]]:
    """Read every row; in memory are eight bytes a cell, never the text of the file.

    Returns
    -------
    dict of str to NDArray, shape (row,)

    Raises
    ------
    RowsError
        With the line and, for a cell that is not a finite number, the column; also when there is no row.
    """
    with _reader(path) as reader:
        names = _names(path, reader)
        cells = array("d")
        for row in reader:
            if row:  # a blank line is none
                cells.extend(_numbers(path, reader.line_num, names, row))
    if not cells:
        raise RowsError("has names but no row: write one row of numbers for each run", path=path)
    table = np.frombuffer(cells, dtype=np.float64).reshape(-1, len(names))
    return {name: table[:, i] for i, name in enumerate(names)}


@contextmanager
def _reader(path: Path) -> Iterator[Any]:
    """Open a CSV; what stops reading becomes a sentence."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield csv.reader(stream, strict=True)
    except OSError as error:
        raise RowsError(f"cannot be read ({error.strerror}): give the path of a CSV file", path=path) from error
    except UnicodeDecodeError as error:
        raise RowsError("is not UTF-8 text: save it as CSV in UTF-8", path=path) from error
    except csv.Error as error:
        raise RowsError(f"is no CSV ({error}): save it as CSV, with commas", path=path) from error


def _names(path: Path, reader: Iterator[list[str]]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in next(reader, []))
    if not any(names):
        raise RowsError("is empty: write the names of constants in the first line, a row for each run below", path=path)
    if len(names) == 1 and ";" in names[0]:
        raise RowsError("has semicolons between its names: save it as CSV with commas", path=path, line=1)
    for place, name in enumerate(names):
        if not name:
            raise RowsError(f"column {place + 1} has no name: write that of a constant above it", path=path, line=1)
        if name in names[:place]:
            raise RowsError(f"column {name!r} stands twice: keep one of the two", path=path, line=1)
    return names


def _numbers(path: Path, line: int, names: tuple[str, ...], row: list[str]) -> list[float]:
    """Read the numbers of a row."""
    if len(row) != len(names):
        raise RowsError(
            f"{len(row)} cells under {len(names)} names: write a number for each column, parted by commas",
            path=path,
            line=line,
        )
    try:
        numbers = [float(cell) for cell in row]
    except ValueError:
        numbers = []
    if not numbers or not all(map(isfinite, numbers)):
        name, cell = next(pair for pair in zip(names, row, strict=True) if not _is_number(pair[1]))
        what = f"{cell!r} is not a finite number" if cell.strip() else "the cell is empty"
        raise RowsError(f"column {name!r}: {what}; write it as in 0.01 or 1e-2", path=path, line=line)
    return numbers


def _is_number(cell: str) -> bool:
    try:
        return isfinite(float(cell))
    except ValueError:
        return False
