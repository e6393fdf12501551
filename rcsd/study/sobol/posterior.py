"""Draws of a posterior, read from a file: what a sensitivity analysis over a posterior starts from.

The file is ``out/<study>/posterior.csv``: UTF-8, a heading line, then one line per draw. A column is headed by the name
of the constant whose values it holds, in the model's unit and on the natural scale. Other columns, such as chain, draw
and log density, may stand beside them and are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import FileError, ParameterError
from rcsd.files import is_file
from rcsd.names import canonical, near_matches
from rcsd.tables import file_bytes, number, records, table_lines

FILE_NAME = "posterior.csv"
"""Name of the file in a study's output folder."""

_FEWEST = 2
_LAYOUT = "it is a CSV with one column for each estimated constant, headed by its name, and one line per draw"


def read_draws(path: Path, names: Sequence[str]) -> dict[str, NDArray[np.float64]]:
    """Read the draws of some constants.

    Parameters
    ----------
    path : Path
        The file.
    names : sequence of str
        Constants; case, blanks and underscores do not matter.

    Returns
    -------
    dict of str to NDArray, shape (draw,)
        By the names asked for.

    Raises
    ------
    ParameterError
        When there is no such file, it is no table, a constant has no column, or a value is not a finite number.
    """
    if not is_file(path):
        raise ParameterError(
            f"there is no posterior in {path}: {_LAYOUT}; write it there, or take the distribution 'bounds' or 'priors'"
        )
    try:
        table = records(
            path, table_lines(path, file_bytes(path, FileError), FileError), (), FileError, what="posterior"
        )
    except FileError as error:
        raise ParameterError(f"{error}; {_LAYOUT}") from error
    if len(table) < _FEWEST:
        raise ParameterError(f"{path} holds {len(table)} draws: a distribution needs {_FEWEST} or more")
    columns = {canonical(column): column for column in table[0][1]}
    return {name: _column(table, name, columns, path) for name in names}


def _column(
    table: Sequence[tuple[int, dict[str, str]]], name: str, columns: dict[str, str], path: Path
) -> NDArray[np.float64]:
    column = columns.get(canonical(name))
    if column is None:
        hint = near_matches(name, columns.values()) or f"it has {', '.join(columns.values())}"
        raise ParameterError(f"{path} has no column {name!r}, which the study estimates; {hint}")
    values = np.empty(len(table))
    for draw, (line, row) in enumerate(table):
        try:
            values[draw] = number(row[column])
        except ValueError as words:
            raise ParameterError(f"{path}:{line}: {words} in the column {column!r}; leave the draw out") from None
    return values
