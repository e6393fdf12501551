"""Observed series as Python has them, written as the content of `observed.csv`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rcsd.analysis.series import ObservedSeries, name_fault
from rcsd.errors import SeriesError
from rcsd.study.made.values import written_time
from rcsd.study.setup.tables import DataTable, read_table
from rcsd.tables import csv_text, file_bytes

if TYPE_CHECKING:
    import pandas as pd

Cells = ObservedSeries | Mapping[Any, Any] | tuple[Any, Any]
"""One series: as it was read, values by time, times and values, or a `pandas.Series` with its times as index."""

UnitOf = Callable[[str], str]
"""Given the name of a series, its unit."""

_TIMES = ("time", "year")
_LONG = {"series", "value"}
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of `observed.csv`; the time as it is written there."""

    series: str
    time: str
    value: float
    unit: str
    flag: str = ""


def observed_bytes(
    data: str | Path | DataTable | pd.DataFrame | Mapping[str, Cells], unit_of: UnitOf, units: Sequence[str] = ()
) -> bytes:
    """Write observed series as the content of a data file.

    Parameters
    ----------
    data
        A file of the same form, which is taken as it is, or of any other that `read_table` understands, or what that
        has read; a frame with a column a series and its times as index; a frame
        with the columns series, time (or year) and value, with unit and flag if need be; or cells by series.
    unit_of
        Of the series that come without a unit.
    units
        Units of the model, known in the headings of a table whatever they are called.

    Raises
    ------
    SeriesError
        For what is none of these, and for a file that cannot be read.
    """
    if isinstance(data, str | Path):
        content = file_bytes(Path(data), SeriesError)
        if content.removeprefix(_BOM).lstrip().startswith((b"series,year,value", b"series,time,value")):
            return content
        data = read_table(data, units=units)
    cells = [each for each in _cells(data, unit_of) if not name_fault(each.series)]  # such a column is no series
    rows = [(each.series, each.time, each.value, each.unit, each.flag) for each in cells]
    if not rows:
        raise SeriesError("the data have no value: give each series at least one")
    whole = all(_is_year(row[1]) for row in rows)
    return csv_text(("series", "year" if whole else "time", "value", "unit", "flag"), rows).encode()


def _cells(data: object, unit_of: UnitOf) -> Iterator[Cell]:
    if isinstance(data, DataTable):
        for column in data.columns:
            for time, value in zip(column.times.labels, column.values, strict=True):
                yield Cell(column.name, time, float(value), column.unit or unit_of(column.name))
    elif hasattr(data, "columns"):
        yield from _of_frame(data, unit_of)
    elif isinstance(data, Mapping):
        for name, cells in data.items():
            yield from _of_series(str(name), cells, unit_of)
    else:
        raise SeriesError(
            f"data cannot be a {type(data).__name__}: give a path, a DataFrame, or a mapping from series to "
            "(times, values)"
        )


def _of_frame(frame: Any, unit_of: UnitOf) -> Iterator[Cell]:
    """Take a long frame by its columns, and any other as a wide one."""
    named = [each for each in _TIMES if each in frame.columns]
    if not set(frame.columns) >= _LONG:
        if named:
            frame = frame.set_index(named[0])
        for name in frame.columns:
            yield from _of_series(str(name), frame[name], unit_of)
        return
    if not named:
        raise SeriesError("a table with the columns series and value needs a third one, time or year")
    for row in frame.to_dict("records"):
        name, flag = str(row["series"]), row.get("flag")
        unit = row.get("unit")
        cell = Cell(
            name,
            _time(row[named[0]], name),
            _value(row["value"], name),
            unit if isinstance(unit, str) else unit_of(name),
            flag if isinstance(flag, str) else "",
        )
        if not np.isnan(cell.value):
            yield cell


def _of_series(name: str, cells: Any, unit_of: UnitOf) -> Iterator[Cell]:
    """Go through the cells of one series; those without a value are left out."""
    unit, flags = unit_of(name), None
    if isinstance(cells, ObservedSeries):
        times: Any = [cells.label(year) for year in cells.years] if hasattr(cells, "label") else cells.years
        values: Any = cells.values
        unit, flags = cells.unit, cells.flags
    elif hasattr(cells, "index") and hasattr(cells, "to_numpy"):
        times, values = list(cells.index), cells.to_numpy()
    elif isinstance(cells, Mapping):
        times, values = list(cells), list(cells.values())
    else:
        try:
            times, values = cells
        except (TypeError, ValueError):
            raise SeriesError(
                f"series {name!r} is neither (times, values) nor values by time: give one of these"
            ) from None
    if len(times) != len(values):
        raise SeriesError(f"series {name!r} has {len(times)} times and {len(values)} values: give one time for each")
    for index, (time, value) in enumerate(zip(times, values, strict=True)):
        number = _value(value, name)
        if not np.isnan(number):
            yield Cell(name, _time(time, name), number, unit, "" if flags is None else ";".join(flags[index]))


def _value(value: object, series: str) -> float:
    """Take a number; a cell without one is not a number."""
    if value is None:
        return float("nan")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise SeriesError(f"series {series!r} has the value {value!r}, which is no number") from None


def _time(value: object, series: str) -> str:
    """Write a time: whole numbers as such, dates as study files have them."""
    moment = written_time(value)
    if moment is not None:
        return moment
    if isinstance(value, str):
        return value.strip()
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise SeriesError(f"series {series!r} has the time {value!r}, which is neither a number nor a date") from None
    return str(int(number)) if number.is_integer() else repr(number)


def _is_year(text: str) -> bool:
    return text.lstrip("+-").isdigit()
