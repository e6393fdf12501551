"""Draws of a posterior, read from a file: what a sensitivity analysis over a posterior starts from.

The file is ``out/<study>/posterior.csv``: UTF-8, a heading line, then one line per draw. A column is headed by the name
of the constant whose values it holds, in the model's unit and on the natural scale. Other columns, such as chain, draw
and log density, may stand beside them and are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.files import is_file
from rcsd.names import canonical, near_matches

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
        table = pd.read_csv(path, encoding="utf-8", skipinitialspace=True)
    except (OSError, ValueError) as error:  # pandas' own errors, and those of decoding, are value errors
        raise ParameterError(f"{path} cannot be read as a posterior ({error}): {_LAYOUT}") from error
    if len(table) < _FEWEST:
        raise ParameterError(f"{path} holds {len(table)} draws: a distribution needs {_FEWEST} or more")
    columns = {canonical(str(column)): str(column) for column in table.columns}
    return {name: _column(table, name, columns, path) for name in names}


def _column(table: pd.DataFrame, name: str, columns: dict[str, str], path: Path) -> NDArray[np.float64]:
    column = columns.get(canonical(name))
    if column is None:
        hint = near_matches(name, columns.values()) or f"it has {', '.join(columns.values())}"
        raise ParameterError(f"{path} has no column {name!r}, which the study estimates; {hint}")
    values = np.asarray(pd.to_numeric(table[column], errors="coerce"), dtype=np.float64)
    wrong = np.flatnonzero(~np.isfinite(values))
    if wrong.size:
        raise ParameterError(
            f"{path}:{wrong[0] + 2}: {table[column].iloc[wrong[0]]!r} in the column {column!r} is not a finite number; "
            "leave the draw out"
        )
    return values
