"""The series of many cities in one tidy CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcsd.analysis.series import COLUMNS, ObservedSeries, Reading
from rcsd.errors import SeriesError
from rcsd.files import sha256
from rcsd.tables import file_bytes, length_fault, raise_faults, rows_under, table_lines

CITY_COLUMNS = ("city", *COLUMNS)
COMMON = "*"
"""In place of a city: a series that all cities share, such as a world price."""

_CITY = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class CitySeries:
    """What the table holds of one city.

    Attributes
    ----------
    series
        By name; those common to all cities among them.
    sha256
        Hash of the rows they were read from.
    """

    series: Mapping[str, ObservedSeries]
    sha256: str


def read_panel_table(path: Path) -> dict[str, CitySeries]:
    """Read the series of many cities.

    Parameters
    ----------
    path
        UTF-8 CSV with the header ``city,series,year,value,unit,flag``: `read_observed`'s with a city in
        front, a word of small letters, digits, ``-`` and ``_``, or ``*`` for a series common to all.

    Returns
    -------
    dict of str to CitySeries
        In order of first appearance.

    Raises
    ------
    SeriesError
        One error that lists every fault of the file with its line and city.
    """
    faults: list[tuple[int, str]] = []
    readings: dict[str, Reading] = {}
    rows: dict[str, list[list[str]]] = {}
    lines = table_lines(path, file_bytes(path, SeriesError), SeriesError)
    for line, row in rows_under(path, lines, CITY_COLUMNS, SeriesError):
        city = row[0].strip()
        if city != COMMON and not _CITY.fullmatch(city):
            faults.append((line, f"city {city!r} must be of small letters, digits, '_' and '-': it names files"))
            continue
        if fault := length_fault(row, len(CITY_COLUMNS)):
            faults.append((line, f"city {city!r}: {fault}"))
            continue
        reading = readings.setdefault(city, Reading(path))
        n_before = len(reading.faults)
        reading.add(line, row[1:])
        rows.setdefault(city, []).append(row)
        faults += [(at, f"city {city!r}, series {row[1]!r}: {what}") for at, what in reading.faults[n_before:]]
    raise_faults(path, sorted(faults), "data", SeriesError)
    if not set(readings) - {COMMON}:
        raise SeriesError("the file has no rows of a city", path=path)
    common = readings[COMMON].series() if COMMON in readings else {}
    shared = rows.get(COMMON, [])
    return {
        city: CitySeries({**common, **reading.series()}, sha256(json.dumps([*shared, *rows[city]]).encode()))
        for city, reading in readings.items()
        if city != COMMON
    }
