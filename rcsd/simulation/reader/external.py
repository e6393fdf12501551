"""Tables and constants that a model reads from spreadsheet files, through PySD's own readers."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pysd.py_backend.external import Excels, ExtConstant, ExtData, ExtLookup, ExtSubscript

from rcsd.errors import RcsdWarning
from rcsd.simulation.ir.expression import Between, Points
from rcsd.simulation.reader.pysd_calls import FILE_FAULTS, PYSD_FAULTS, quiet_pysd

BETWEEN: dict[str, Between] = {"interpolate": "linear", "look_forward": "next", "hold_backward": "previous"}
Coordinates = Mapping[str, list[str]]
"""Elements of each axis that a piece of a variable covers, by subscript."""


class Unreadable(Exception):  # noqa: N818 - no error yet: PySD, which then runs the model, says more
    """A file that cannot be read, or not in this way."""


def forget_files() -> None:
    """Forget what PySD has kept of data files: it would not look whether they have changed."""
    Excels.clean()


def constants(ast: Any, coordinates: Coordinates, folder: Path) -> NDArray[np.float64]:
    """Read what GET XLS CONSTANTS or GET DIRECT CONSTANTS names.

    Returns
    -------
    NDArray
        Shaped as the coordinates, without axes for a scalar. A cell that holds no number counts as 0, as in Vensim,
        with a warning.
    """
    source = ExtConstant(ast.file, ast.tab, ast.cell, dict(coordinates), folder, dict(coordinates), "constants")
    values = np.asarray(_loaded(source), dtype=np.float64)
    if np.isnan(values).any():
        warnings.warn(f"{ast.file}: a cell that holds no number counts as 0, as in Vensim", RcsdWarning, stacklevel=2)
    return np.nan_to_num(values, nan=0.0)


def subscripts(defined: Mapping[str, str], folder: Path) -> list[str]:
    """Read what GET XLS SUBSCRIPT or GET DIRECT SUBSCRIPT names: the elements of a range."""
    try:
        with quiet_pysd():
            read = ExtSubscript(*(defined[key] for key in ("file", "tab", "firstcell", "lastcell", "prefix")), folder)
    except (*PYSD_FAULTS, *FILE_FAULTS) as error:
        raise Unreadable(f"reads a file that cannot be read ({str(error).strip().splitlines()[0]})") from error
    return [str(element) for element in read.subscript]


def lookups(ast: Any, coordinates: Coordinates, folder: Path) -> Iterator[tuple[tuple[str, ...], Points]]:
    """Read what GET XLS LOOKUPS or GET DIRECT LOOKUPS names: the points of each element."""
    source = ExtLookup(
        ast.file, ast.tab, ast.x_row_or_col, ast.cell, dict(coordinates), folder, dict(coordinates), "lookups"
    )
    yield from _points(_loaded(source), "lookup_dim", coordinates, "linear")


def series(
    ast: Any, keyword: str | None, coordinates: Coordinates, folder: Path
) -> Iterator[tuple[tuple[str, ...], Points]]:
    """Read what GET XLS DATA or GET DIRECT DATA names: the points of each element, to be read at the time."""
    way = (keyword or "interpolate").replace(" ", "_")
    if way not in BETWEEN:
        raise Unreadable(f"reads a series {way!r}")
    source = ExtData(
        ast.file, ast.tab, ast.time_row_or_col, ast.cell, way, dict(coordinates), folder, dict(coordinates), "series"
    )
    yield from _points(_loaded(source), "time", coordinates, BETWEEN[way])


def _loaded(source: Any) -> Any:
    try:
        with quiet_pysd():
            source.initialize()
    except (*PYSD_FAULTS, *FILE_FAULTS) as error:
        said = str(error).strip() or type(error).__name__
        raise Unreadable(f"reads a file that cannot be read ({said.splitlines()[-1].strip()})") from error
    return source.data


def _points(
    data: Any, axis: str, coordinates: Coordinates, between: Between
) -> Iterator[tuple[tuple[str, ...], Points]]:
    x = tuple(float(v) for v in data.coords[axis].values)
    for elements in itertools.product(*coordinates.values()):
        values = data.loc[dict(zip(coordinates, elements, strict=True))] if elements else data
        y = np.asarray(values.values, dtype=np.float64).reshape(-1)
        known = np.isfinite(y)  # a cell left empty is bridged
        xs, ys = (tuple(float(v) for v in np.asarray(part)[known]) for part in (x, y))
        if not xs or any(b <= a for a, b in itertools.pairwise(xs)):
            raise Unreadable("reads a table whose x do not increase")
        yield elements, Points(xs, ys, between, "hold")
