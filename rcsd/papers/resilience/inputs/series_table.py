"""The series of several cities, year by year without holes in the axis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.series import COLUMNS, ObservedSeries, Reading, flag_name
from rcsd.errors import SeriesError
from rcsd.tables import length_fault, raise_faults, rows_under, table_lines

CITY_COLUMNS = ("city", *COLUMNS)
_CITY = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, eq=False)
class SeriesTable:
    """Series of cities on one axis of years.

    Attributes
    ----------
    cities
        In order of first appearance in the file.
    years
        Consecutive, shape (n_years,).
    values
        By series, shape (n_cities, n_years); NaN where there is no value.
    flags
        By series: place of the city, place of the year and the flags of every cell that has any.
    units
        By series.
    """

    cities: tuple[str, ...]
    years: NDArray[np.int64]
    values: Mapping[str, NDArray[np.float64]]
    flags: Mapping[str, tuple[tuple[int, int, tuple[str, ...]], ...]]
    units: Mapping[str, str]

    def without(self, dropped: frozenset[str]) -> SeriesTable:
        """Leave out the cells that carry one of these flags."""
        kept = {}
        for name, values in self.values.items():
            kept[name] = values.copy()
            for city, year, flags in self.flags[name]:
                if dropped.intersection(flags):
                    kept[name][city, year] = np.nan
        return replace(self, values=kept)

    def of(self, cities: tuple[str, ...]) -> SeriesTable:
        """Keep some cities, in this order."""
        at = [self.cities.index(city) for city in cities]
        values = {name: each[at] for name, each in self.values.items()}
        flags = {
            name: tuple((at.index(city), year, found) for city, year, found in each if city in at)
            for name, each in self.flags.items()
        }
        return replace(self, cities=cities, values=values, flags=flags)


def read_series_table(path: Path, content: bytes) -> SeriesTable:
    """Read the series of several cities.

    Parameters
    ----------
    path
        Where they are from.
    content
        UTF-8 CSV with the header ``city,series,year,value,unit,flag``.

    Raises
    ------
    SeriesError
        One error that lists every fault of the file with its line and city.
    """
    faults: list[tuple[int, str]] = []
    readings: dict[str, Reading] = {}
    units: dict[str, tuple[str, int]] = {}
    for line, row in rows_under(path, table_lines(path, content, SeriesError), CITY_COLUMNS, SeriesError):
        city = row[0].strip()
        if fault := length_fault(row, len(CITY_COLUMNS)):
            faults.append((line, fault))
            continue
        if not _CITY.fullmatch(city):
            faults.append((line, f"city {city!r} must be of small letters, digits, '_' and '-'"))
            continue
        reading = readings.setdefault(city, Reading(path, units))  # a series has one unit in all cities
        n_before = len(reading.faults)
        reading.add(line, row[1:])
        faults += [(at, f"city {city!r}, series {row[1]!r}: {what}") for at, what in reading.faults[n_before:]]
    raise_faults(path, sorted(faults), "data", SeriesError)
    if not readings:
        raise SeriesError("the file has a header but no data", path=path)
    return _gridded({city: reading.series() for city, reading in readings.items()})


def _gridded(read: Mapping[str, Mapping[str, ObservedSeries]]) -> SeriesTable:
    """Put what was read on one axis of years."""
    every = [series for found in read.values() for series in found.values()]
    first = int(min(series.years[0] for series in every))
    years = np.arange(first, int(max(series.years[-1] for series in every)) + 1, dtype=np.int64)
    names = dict.fromkeys(series.name for series in every)
    values = {name: np.full((len(read), years.size), np.nan) for name in names}
    flags: dict[str, list[tuple[int, int, tuple[str, ...]]]] = {name: [] for name in names}
    for city, found in enumerate(read.values()):
        for name, series in found.items():
            at = series.years.astype(int) - first
            values[name][city, at] = series.values
            named = [tuple(flag_name(flag) for flag in cell) for cell in series.flags]
            flags[name] += [(city, int(year), each) for year, each in zip(at, named, strict=True) if each]
    units = {series.name: series.unit for series in every}
    return SeriesTable(tuple(read), years, values, {name: tuple(each) for name, each in flags.items()}, units)
