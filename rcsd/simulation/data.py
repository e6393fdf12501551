"""Series for the data variables of a model, from tables that people write or that Vensim exports.

A table has time down (a column for each variable) or across (a row for each), parted by commas, or by tabs or
semicolons; or it is Vensim's ``.dat``: the name of a variable on a line of its own, then lines of time and value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import FileError, ParameterError
from rcsd.files import decoded
from rcsd.names import canonical, element_form
from rcsd.simulation.ir import Model
from rcsd.tables import Fault, Line, file_bytes, number, raise_faults, shortened, table_lines

Series = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Times, increasing, and values."""

_BINARY = {
    ".vdf": "Vensim's binary format: export it from Vensim (Model > Export Dataset) as .csv, .tab or .dat",
    ".vdfx": "Vensim's binary format: export it from Vensim (Model > Export Dataset) as .csv, .tab or .dat",
    ".xlsx": "a workbook: save its sheet as CSV",
    ".xls": "a workbook: save its sheet as CSV",
}
_DAT_VALUE = re.compile(r"\s*[-+.\d]\S*\s+\S+\s*")


def read_data(model: Model, files: Sequence[str | Path]) -> dict[str, Series]:
    """Read the series of a model's data variables.

    What else stands in the files is left alone: Vensim exports every variable. Empty cells are no points.

    Parameters
    ----------
    model
        Whose data variables they are.
    files
        A later one stands before an earlier one.

    Returns
    -------
    dict of str to (times, values)
        By name of the variable, or of the element as ``Name[a,b]``.

    Raises
    ------
    FileError
        When a file cannot be read, with the line; or when it has no data variable of the model.
    ParameterError
        When the model has no data variable.
    """
    wanted = {canonical(variable.name): variable.name for variable in model if variable.kind == "data"}
    if not wanted and files:
        raise ParameterError(f"{model.path.name} has no data variable: --data and data= have nothing to fill")
    found: dict[str, Series] = {}
    for file in files:
        path = Path(file)
        own = {_spelt(name, wanted): series for name, series in _series_in(path, wanted).items()}
        if not own:
            raise FileError(
                f"has no series of a data variable of {model.path.name}, which are {', '.join(wanted.values())}: head "
                "a column, or a row, with that name",
                path=path,
            )
        found |= own
    return found


def _spelt(name: str, wanted: dict[str, str]) -> str:
    """Name a series as the model does."""
    variable, bracket, _ = name.partition("[")
    return wanted[canonical(variable)] + (element_form(name)[element_form(name).index("[") :] if bracket else "")


def _series_in(path: Path, wanted: Collection[str]) -> dict[str, Series]:
    """Read the series of a file whose variables are wanted."""
    suffix = path.suffix.lower()
    if suffix in _BINARY:
        raise FileError(f"is {_BINARY[suffix]}", path=path)
    content = file_bytes(path, FileError)
    if suffix == ".dat":
        return _dat(path, decoded(path, content), wanted)
    separator = _separator(content)
    lines = table_lines(path, content, FileError, separator=separator)
    if len(lines) < 2 or len(lines[0][1]) < 2:  # noqa: PLR2004 - a heading and a row, a time and a value
        raise FileError(
            "is no table of series: write times in the first column and a variable in each other one, or times in the "
            "first row and a variable in each other one",
            path=path,
        )
    across = all(_is_number(cell) for cell in lines[0][1][1:] if cell.strip())
    return _gathered(path, _turned(path, lines) if across else lines, wanted)


def _separator(content: bytes) -> str:
    """Find what parts the cells of the first line."""
    first = content.replace(b"\0", b"").lstrip().splitlines()[:1]
    return max("\t;,", key=lambda mark: first[0].count(mark.encode()) if first else 0)


def _is_number(cell: str) -> bool:
    try:
        number(cell)
    except ValueError:
        return False
    return True


def _turned(path: Path, lines: Sequence[Line]) -> list[Line]:
    """Turn a table with time across into one with time down; a row keeps its line as that of its name."""
    width = len(lines[0][1])
    told = f"cells instead of the {width} of the first row"
    faults = [(line, f"{len(row)} {told}") for line, row in lines if len(row) > width]
    raise_faults(path, faults, "table", FileError)
    rows = [[*row, *[""] * (width - len(row))] for _, row in lines]
    return [(lines[0][0], list(column)) for column in zip(*rows, strict=True)]


def _gathered(path: Path, lines: Sequence[Line], wanted: Collection[str]) -> dict[str, Series]:
    """Read the columns below a heading that are wanted; the first one holds the times."""
    (line, header), *rows = lines
    names = [cell.strip() if _is_of(cell, wanted) else "" for cell in header]
    faults: list[Fault] = []
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in names[1:] if name}
    twice = sorted({name for name in names[1:] if name and names.count(name) > 1})
    faults += [(line, f"{name!r} stands twice: keep one of the two") for name in twice]
    for at, row in rows:
        try:
            time = number(row[0])
        except ValueError as words:
            faults.append((at, f"time: {words}"))
            continue
        if len(row) > len(names):
            faults.append((at, f"{len(row)} cells instead of the {len(names)} of the heading"))
            continue
        for name, cell in zip(names[1:], row[1:], strict=False):
            if not name or not cell.strip():
                continue
            try:
                points[name].append((time, number(cell)))
            except ValueError as words:
                faults.append((at, f"{name!r} at {time:g}: {words}"))
    raise_faults(path, faults, "table of series", FileError)
    return {name: _series(path, name, own) for name, own in points.items() if own}


def _is_of(name: str, wanted: Collection[str]) -> bool:
    """Whether a name is that of a variable that is wanted, or of an element of one."""
    return canonical(name.partition("[")[0]) in wanted


def _dat(path: Path, text: str | None, wanted: Collection[str]) -> dict[str, Series]:
    """Read Vensim's text format for data."""
    if text is None:
        raise FileError("is no text in any encoding that is known: export it from Vensim again", path=path)
    points: dict[str, list[tuple[float, float]]] = {}
    faults: list[Fault] = []
    name = ""
    for at, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        if not _DAT_VALUE.fullmatch(line):
            name = line.strip().strip('"')
            points.setdefault(name, [])
        elif not name:
            faults.append((at, f"{shortened(line.strip())!r} stands below no name of a variable"))
        elif _is_of(name, wanted):
            try:
                time, value = map(number, line.split())
                points[name].append((time, value))
            except ValueError as words:
                faults.append((at, f"{name!r}: {words}"))
    raise_faults(path, faults, "data", FileError)
    return {name: _series(path, name, own) for name, own in points.items() if own}


def _series(path: Path, name: str, points: Sequence[tuple[float, float]]) -> Series:
    """Put points in order of time.

    Raises
    ------
    FileError
        When there is one alone, or two at one time.
    """
    ordered = sorted(points)
    times, values = (np.array(column) for column in zip(*ordered, strict=True))
    same = np.flatnonzero(np.diff(times) == 0)
    if same.size:
        raise FileError(f"{name!r} has two values at {times[same[0]]:g}: keep one of the two", path=path)
    if times.size == 1:  # one value holds at all times
        times, values = np.array([times[0], times[0] + 1.0]), np.repeat(values, 2)
    return times, values
