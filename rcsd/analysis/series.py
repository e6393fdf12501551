"""An observed series on the model's clock, with its gaps and its doubtful cells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import IDENTITY, ONE, Clock, Span, ends_of
from rcsd.errors import SeriesError, UnitError
from rcsd.shown import in_one_line
from rcsd.tables import file_bytes, length_fault, number, raise_faults, rows_under, table_lines
from rcsd.units import parse_unit

COLUMNS = ("series", "year", "value", "unit", "flag")
TIMED = ("series", "time", "value", "unit", "flag")
_NAME = re.compile(r"[\w-]+")
_FLAG = re.compile(r"[a-z0-9_]+(@[0-9]{4})?")
_DIGITS = re.compile(r"\d+")
_OTHERWISE = ": dates and decimals need a table [time] in the study file, which says what a period is"
_DATED = ", with @ and a year of four digits behind it where only a later cell shows it"
_SHOWN = 40
_YEAR = re.compile(r"[+-]?[0-9]{1,4}")


@dataclass(frozen=True, slots=True, eq=False)
class ObservedSeries:
    """One quantity as it was observed, period by period of a study's clock: year by year, where it says nothing else.

    Attributes
    ----------
    name, unit : str
        As in the data file.
    years : NDArray, shape (n,)
        Strictly increasing whole periods; one without a value is absent.
    values : NDArray, shape (n,)
        Finite, in `unit`.
    flags : tuple of tuples of str, length n
        What makes each cell doubtful; empty for a cell without doubt. ``spike@2011`` is the flag ``spike``, known from
        2011 on: it rests on a cell of that year.
    path : Path or None
        The data file.
    clock : Clock
        What the periods are.
    span : int or str
        How long a cell stands for, ending with its period: so many periods, or a length by the calendar.

    Examples
    --------
    >>> series = ObservedSeries(
    ...     "stock", "thing", np.array([2000.0, 2001.0]), np.array([100.0, 112.0]), ((), ("break",))
    ... )
    >>> series
    <ObservedSeries 'stock': 2 cells, 2000 to 2001, thing>
    >>> series.value_at(2001)
    112.0
    """

    name: str
    unit: str
    years: NDArray[np.float64]
    values: NDArray[np.float64]
    flags: tuple[tuple[str, ...], ...]
    path: Path | None = None
    clock: Clock = IDENTITY
    span: Span = ONE

    def __repr__(self) -> str:
        span = f"{self.label(self.years[0])} to {self.label(self.years[-1])}" if len(self) else ""
        return in_one_line("ObservedSeries", self.name, f"{len(self)} cells", span, self.unit)

    def __len__(self) -> int:
        """Count the cells."""
        return int(self.years.size)

    @property
    def flagged(self) -> NDArray[np.bool_]:
        """Which cells carry any flag, shape (n,)."""
        return np.array([bool(flags) for flags in self.flags], dtype=np.bool_)

    def window(self, first: float, last: float) -> ObservedSeries:
        """Keep the years from `first` to `last`, both included; the result may be empty."""
        return self.where((self.years >= first) & (self.years <= last))

    def where(self, keep: NDArray[np.bool_]) -> ObservedSeries:
        """Keep the cells where a mask of shape (n,) is true."""
        return replace(
            self,
            years=self.years[keep],
            values=self.values[keep],
            flags=tuple(flags for flags, kept in zip(self.flags, keep, strict=True) if kept),
        )

    def label(self, year: float) -> str:
        """Write the time of a cell as the data file does."""
        return self.clock.label(year, self.span)

    def own(self, years: NDArray[np.float64]) -> NDArray[np.float64]:
        """Count periods in what the cells stand for, shape (n,); NaN for a period with which none of these ends."""
        if self.span == ONE:
            return years
        found = self.clock.own(years.tolist(), self.span, self._anchor)
        return np.array([math.nan if each is None else each for each in found], dtype=np.float64)

    def ended(self, year: float) -> int:
        """Count as `own` does: the last that has ended by a period."""
        return round(year) if self.span == ONE else self.clock.ended(round(year), self.span, self._anchor)

    @property
    def season(self) -> int:
        """How many cells without a gap make a year, where people see seasons; 1 where they do not."""
        return self.clock.season_of(self.span)

    @property
    def _anchor(self) -> int:
        """A period with which a cell may end: the same whatever window is cut out of the series."""
        return round(self.years[0]) % self.span if isinstance(self.span, int) and len(self) else 0

    def known_by(self, year: float) -> ObservedSeries:
        """Leave out the flags that are known only after a year; the cells stay, those after it as well."""
        flags = tuple(tuple(flag for flag in cell if known_from(flag, self.clock) <= year) for cell in self.flags)
        return replace(self, flags=flags)

    def value_at(self, year: float) -> float:
        """Return the value of one year.

        Raises
        ------
        SeriesError
            When the series has no value for that year.
        """
        found = np.flatnonzero(self.years == year)
        if found.size == 0:
            have = f"{self.label(self.years[0])} to {self.label(self.years[-1])}" if len(self) else "no year at all"
            raise SeriesError(
                f"series {self.name!r} has no value for {self.label(year)} (it covers {have}); "
                "add the year to the data or choose another",
                path=self.path,
            )
        return float(self.values[found[0]])


def name_fault(name: str) -> str:
    """Say what is wrong with the name of a series, which becomes part of file names; empty for a good one.

    Examples
    --------
    >>> name_fault("煤炭-price_1")
    ''
    >>> name_fault("../gdp")
    "the name '../gdp' must be of letters, digits, '_' and '-' only: it becomes part of file names"
    """
    if _NAME.fullmatch(name):
        return ""
    return f"the name {name!r} must be of letters, digits, '_' and '-' only: it becomes part of file names"


def flag_name(flag: str) -> str:
    """Return a flag without the year from which it is known.

    Examples
    --------
    >>> flag_name("spike@2011")
    'spike'
    """
    return flag.partition("@")[0]


def known_from(flag: str, clock: Clock = IDENTITY) -> float:
    """Return the period from which a flag is known, minus infinity for one that never waits for a later cell.

    Examples
    --------
    >>> known_from("spike@2011"), known_from("jump")
    (2011.0, -inf)
    """
    year = flag.partition("@")[2]
    return float(clock.read(year)) if year else -math.inf


@dataclass(frozen=True, slots=True)
class FlagRule:
    """What a flag does to a cell.

    Attributes
    ----------
    flag : str
        The flag.
    weight : float
        0 drops the cell, 1 keeps it whole, between the two it counts for less.
    """

    flag: str
    weight: float

    def __post_init__(self) -> None:
        """Refuse a weight outside [0, 1]."""
        if not 0 <= self.weight <= 1:
            raise SeriesError(
                f"flag {self.flag!r}: weight {self.weight!r} lies outside [0, 1]; 0 drops a cell, 1 keeps it whole"
            )


def weights(series: ObservedSeries, rules: Mapping[str, float]) -> NDArray[np.float64]:
    """Weigh each cell by its flags.

    Parameters
    ----------
    series : ObservedSeries
        n cells.
    rules : mapping of flag to weight
        Weights in [0, 1], by the flag without a year; a cell's weight is the product over its flags.

    Returns
    -------
    NDArray, shape (n,)
        1 for cells without a flag.

    Raises
    ------
    SeriesError
        When a flag has no rule, since a doubt is never silently ignored, or a weight lies
        outside [0, 1].
    """
    known = {flag: FlagRule(flag, weight).weight for flag, weight in rules.items()}
    cells = [[flag_name(flag) for flag in flags] for flags in series.flags]
    used = dict.fromkeys(flag for flags in cells for flag in flags)
    missing = [flag for flag in used if flag not in known]
    if missing:
        raise SeriesError(
            f"series {series.name!r} carries flags without a rule: {', '.join(missing)}; "
            "give each a weight from 0 (drop the cell) to 1 (keep it whole)",
            path=series.path,
        )
    return np.array([math.prod(known[flag] for flag in flags) for flags in cells], dtype=float)


def require_complete(series: ObservedSeries, first: int, last: int, *, remedy: str = "") -> None:
    """Insist on a value for every year from `first` to `last`, both included; `remedy` says what else would do.

    Raises
    ------
    SeriesError
        Naming the missing years.
    """
    have = set(series.years.tolist())
    wanted = ends_of(series.clock, int(first), int(last), series.span, series.years.tolist())
    missing = [series.label(year) for year in wanted if year not in have]
    if missing:
        begin, end = series.clock.label(first), series.clock.label(last)
        raise SeriesError(
            f"series {series.name!r} must be complete from {begin} to {end} but has no value "
            f"for {_listed(missing)}; add {'it' if len(missing) == 1 else 'them'} to the data{remedy}",
            path=series.path,
        )


def _listed(missing: list[str]) -> str:
    """Name what is missing, not all of it where that is long."""
    rest = len(missing) - _SHOWN
    return ", ".join(missing[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


@dataclass(slots=True)
class Reading:
    """Cells and faults gathered while a file is read: a table of series, or those of one city of a panel.

    Attributes
    ----------
    path : Path
        The file.
    units, cells : dict
        By series: its unit and where it was first given; values, flags and lines by year.
    faults : list of (int, str)
        Lines, and what is wrong with them.
    strange : dict
        By its shape the first time that is none, for which all of that shape stand.
    clock : Clock
        By which times are read.
    spans : dict
        By series, how long its dates last.
    """

    path: Path
    units: dict[str, tuple[str, int]] = field(default_factory=dict)
    cells: dict[str, dict[int, tuple[float, tuple[str, ...], int]]] = field(default_factory=dict)
    faults: list[tuple[int, str]] = field(default_factory=list)
    strange: dict[str, str] = field(default_factory=dict)
    clock: Clock = IDENTITY
    spans: dict[str, Span] = field(default_factory=dict)

    def add(self, line: int, row: list[str]) -> None:
        """Check one row and keep its cell, or note every fault of it."""
        if fault := length_fault(row, len(COLUMNS)):
            self.faults.append((line, fault))
            return
        name, year_text, value_text, unit, flag_text = (cell.strip() for cell in row)
        if not name:
            self.faults.append((line, "the series has no name"))
        elif fault := name_fault(name):
            self.faults.append((line, fault))
        year = self._year(line, name, year_text)
        value = self._value(line, value_text)
        self._check_unit(line, name, unit)
        flags = self._flags(line, flag_text)
        if year is None:
            return
        cells = self.cells.setdefault(name, {})
        if year in cells:
            self.faults.append(
                (line, f"series {name!r} has {self.clock.label(year)} twice, first in line {cells[year][2]}")
            )
        else:
            cells[year] = (value, flags, line)

    def _year(self, line: int, name: str, text: str) -> int | None:
        if self.clock.identity:
            if not _YEAR.fullmatch(text):
                stands = self.strange.setdefault(_DIGITS.sub("0", text), text)  # a column of dates is one fault
                self.faults.append((line, f"year {stands!r} is not a whole number of at most four digits{_OTHERWISE}"))
                return None
            return int(text)
        try:
            year, span = self.clock.read(text), self.clock.read_span(text)
        except ValueError as words:
            self.faults.append((line, f"time {words}"))
            return None
        first = self.spans.setdefault(name, span)
        if first != span:
            self.faults.append(
                (line, f"series {name!r} is dated by the {_length(span)} here, but above by the {_length(first)}")
            )
        return year

    def _value(self, line: int, text: str) -> float:
        """Read a number; NaN after noting a fault, so that the row's other faults are seen."""
        try:
            return number(text)
        except ValueError as words:
            self.faults.append((line, f"value {words}" if text else "the value is empty; leave the row out"))
            return math.nan

    def _check_unit(self, line: int, name: str, unit: str) -> None:
        try:
            parsed = parse_unit(unit)
        except UnitError as error:
            self.faults.append((line, str(error)))
            return
        first, first_line = self.units.setdefault(name, (unit, line))
        if parsed != parse_unit(first):
            self.faults.append((line, f"series {name!r} is in {unit!r} here but in {first!r} in line {first_line}"))

    def _flags(self, line: int, text: str) -> tuple[str, ...]:
        flags = tuple(flag.strip() for flag in text.split(";")) if text else ()
        for flag in flags:
            if not self._is_flag(flag):
                self.faults.append((line, f"flag {flag!r} is not of small letters, digits and underscores{_DATED}"))
        return flags

    def _is_flag(self, flag: str) -> bool:
        if self.clock.identity:
            return _FLAG.fullmatch(flag) is not None
        name, dated, when = flag.partition("@")
        try:
            return _FLAG.fullmatch(name) is not None and (not dated or bool(self.clock.read(when)))
        except ValueError:
            return False

    def series(self) -> dict[str, ObservedSeries]:
        """Sort the cells by year."""
        found = {}
        for name, cells in self.cells.items():
            years = sorted(cells)
            found[name] = ObservedSeries(
                name=name,
                unit=self.units[name][0],
                years=np.array(years, dtype=np.float64),
                values=np.array([cells[year][0] for year in years], dtype=np.float64),
                flags=tuple(cells[year][1] for year in years),
                path=self.path,
                clock=self.clock,
                span=self.spans.get(name, ONE),
            )
        return found


def _length(span: Span) -> str:
    return "period" if isinstance(span, int) else span


def read_observed(path: str | Path, content: bytes | None = None, clock: Clock = IDENTITY) -> dict[str, ObservedSeries]:
    r"""Read observed series from a tidy CSV file.

    Parameters
    ----------
    path : str or Path
        UTF-8 CSV with the header ``series,year,value,unit,flag``, or ``time`` for ``year``; one row per observed cell.
        ``flag`` may be empty or hold several flags joined by ``;``, each with ``@year`` where it is known only from
        that year on.
    content : bytes, optional
        What is in it; read now when None.
    clock : Clock
        By which times are read: whole years when left out.

    Returns
    -------
    dict of str to ObservedSeries
        In order of first appearance; each sorted by year. Names are of letters, digits, ``_`` and ``-``.

    Raises
    ------
    SeriesError
        One error that lists every fault of the file with its line.

    Examples
    --------
    >>> content = b"series,year,value,unit,flag\nstock,2000,100,thing,\nstock,2001,112,thing,\n"
    >>> read_observed("observed.csv", content)["stock"]
    <ObservedSeries 'stock': 2 cells, 2000 to 2001, thing>
    """
    path = Path(path)
    content = file_bytes(path, SeriesError) if content is None else content
    reading = Reading(path, clock=clock)
    lines = table_lines(path, content, SeriesError)
    timed = bool(lines) and "time" in [cell.strip() for cell in lines[0][1]]
    for line, row in rows_under(path, lines, TIMED if timed else COLUMNS, SeriesError):
        reading.add(line, row)
    if not reading.cells and not reading.faults:
        raise SeriesError("the file has a header but no data", path=path)
    raise_faults(path, reading.faults, "data", SeriesError)
    return reading.series()
