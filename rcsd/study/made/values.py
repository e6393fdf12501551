"""Values of Python and its arrays as the plain ones of TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from rcsd.errors import StudyError


def plain(value: object, where: str = "") -> Any:
    """Make plain values of arrays, their numbers, dates, paths, and dataclasses such as `Parameter`; None is left out.

    Parameters
    ----------
    value
        Mappings, sequences and arrays are gone through.
    where
        Key of the value, for messages.

    Raises
    ------
    StudyError
        For a value that no study file can hold.

    Examples
    --------
    >>> plain({"error": np.float64(0.1), "flags": {"break": np.int64(0)}, "unit": None})
    {'error': 0.1, 'flags': {'break': 0}}
    """
    if isinstance(value, np.generic | np.ndarray) and value.dtype.kind not in "mM":
        value = value.tolist()
    if is_dataclass(value) and not isinstance(value, type):
        value = {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return {
            str(key): plain(each, f"{where}.{key}" if where else str(key))
            for key, each in value.items()
            if each is not None
        }
    if isinstance(value, list | tuple | set | frozenset | range):
        return [plain(each, where) for each in value]
    if isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Path):
        return value.as_posix()
    moment = written_time(value)
    if moment is None:
        raise StudyError(
            f"{type(value).__name__} cannot stand in a study: give numbers, texts, dates, or lists or tables of these",
            field=where or None,
        )
    return moment


def written_time(value: object) -> str | None:
    """Write a date, a moment, a period of pandas or a moment of NumPy as study files have it; None for anything else.

    Examples
    --------
    >>> written_time(date(2009, 3, 17)), written_time(np.datetime64("2009-03")), written_time(2009)
    ('2009-03-17', '2009-03', None)
    """
    import pandas as pd  # noqa: PLC0415 - takes long to import, and most studies have it by now

    if isinstance(value, np.datetime64):
        unit = np.datetime_data(value)[0]
        if unit in {"Y", "M", "D"}:
            return str(value)
        value = pd.Timestamp(value)
    if isinstance(value, pd.Period):
        return _period(value)
    if isinstance(value, datetime):
        if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.strftime("%Y-%m-%d")
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else None


def _period(value: Any) -> str:
    """Write a period of pandas: its year, quarter, month or week, or its day."""
    forms = {"Y": "%Y", "A": "%Y", "Q": "%Y-Q%q", "M": "%Y-%m", "D": "%Y-%m-%d"}
    kind = value.freqstr.partition("-")[0]
    if kind == "W":
        year, week, _ = value.start_time.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return str(value.strftime(forms.get(kind, "%Y-%m-%d %H:%M")))
