"""A CSV of inputs, one column per constant and one row per run, read into columns of numbers line by line."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import RowsError
from rcsd.tables import Line, length_fault, number, streamed_lines


def read_names(path: Path) -> tuple[str, ...]:
    """Read the first line: the names of the columns.

    Raises
    ------
    RowsError
        When the file cannot be read or is empty, or a column has no name or that of another.
    """
    with streamed_lines(path, RowsError) as lines:
        return _names(path, lines)


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
    with streamed_lines(path, RowsError) as lines:
        names = _names(path, lines)
        cells = array("d")
        for line, row in lines:
            cells.extend(_numbers(path, line, names, row))
    if not cells:
        raise RowsError("has names but no row: write one row of numbers for each run", path=path)
    table = np.frombuffer(cells, dtype=np.float64).reshape(-1, len(names))
    return {name: table[:, i] for i, name in enumerate(names)}


def _names(path: Path, lines: Iterator[Line]) -> tuple[str, ...]:
    line, header = next(lines, (1, []))
    names = tuple(name.strip() for name in header)
    if not any(names):
        raise RowsError("is empty: write the names of constants in the first line, a row for each run below", path=path)
    for place, name in enumerate(names):
        if not name:
            raise RowsError(f"column {place + 1} has no name: write that of a constant above it", path=path, line=line)
        if name in names[:place]:
            raise RowsError(f"column {name!r} stands twice: keep one of the two", path=path, line=line)
    return names


def _numbers(path: Path, line: int, names: tuple[str, ...], row: list[str]) -> list[float]:
    """Read the numbers of a row."""
    if fault := length_fault(row, len(names)):
        raise RowsError(f"{fault}: write a number for each column, parted by commas", path=path, line=line)
    numbers = []
    for name, cell in zip(names, row, strict=True):
        try:
            numbers.append(number(cell))
        except ValueError as words:
            raise RowsError(f"column {name!r}: {words}; write it as in 0.01 or 1e-2", path=path, line=line) from None
    return numbers
