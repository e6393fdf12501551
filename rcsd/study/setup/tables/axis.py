"""Times of a whole column or row of cells: the one reading that fits them all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rcsd.study.setup.tables.moments import EXCEL_SERIAL, READERS, Position, Reader
from rcsd.study.setup.tables.numbers import NumberStyle, is_missing
from rcsd.study.setup.tables.sheet import Cell, text_of
from rcsd.study.setup.tables.times import TimeKind, Times

_DAY = 86400
_TRUSTED = 0.6
"""Share of cells that must be dates, years or their like for a column to hold times: totals stand there too."""
_TRUSTED_NUMBERS = 0.8
"""The same for plain numbers."""
_WORD = (
    "years?|yr|date|dates|time|times|datetime|timestamp|periods?|months?|quarters?|weeks?|days?|hours?|minutes?|seconds?|"
    "jahr|datum|zeit|zeitpunkt|monat|tag|woche|annee|année|mois|fecha|año|ano|mes|anno"
)
_NAMES = re.compile(
    rf"(?:{_WORD}|t|hrs?|min|sec)\s*(?:[(\[/,].*)?"  # the word alone, or with a unit
    r"|(?:date|year|period|jahr|datum)\b.*|time (?:period|point|index|step)"
    r"|.*\b(?:date|year|datum|jahr)|(?:simulation|model|elapsed|observation) (?:time|period)"
    r"|.*(?:年份|年度|日期|时间|月份|季度)|[年月日天周]",
    re.IGNORECASE,
)
_EXACT_UNITS = re.compile(
    r"\b(year|yr|quarter|month|mo|week|wk|day|hour|hr|minute|min|second|sec)s?\b|(年|月|周|天|小时|分钟|秒)",
    re.IGNORECASE,
)
_SHORT_UNITS = re.compile(r"[(\[]\s*([shdya])\s*[)\]]")
_UNIT_OF = {
    **{"s": "second", "h": "hour", "d": "day", "y": "year", "a": "year"},
    **{"yr": "year", "mo": "month", "wk": "week", "hr": "hour", "min": "minute", "sec": "second"},
    **{"年": "year", "月": "month", "周": "week", "天": "day", "小时": "hour", "分钟": "minute", "秒": "second"},
}


@dataclass(frozen=True, slots=True)
class Axis:
    """Times of cells as they stand, in any order and with gaps.

    Attributes
    ----------
    kind : TimeKind
        What they are.
    positions : tuple of float or None
        One per cell; None for a cell that is no time.
    unit : str
        Of plain numbers.
    reading : str
        How they were read, for the account.
    doubt : str
        A sentence where another reading would do as well; else empty.
    """

    kind: TimeKind
    positions: tuple[float | None, ...]
    unit: str = ""
    reading: str = ""
    doubt: str = ""

    @property
    def n_read(self) -> int:
        """Count the cells that are times."""
        return sum(position is not None for position in self.positions)


def is_time_heading(text: str) -> bool:
    """Whether a heading says that times stand below it.

    Examples
    --------
    >>> is_time_heading("Year"), is_time_heading("Time (Day)"), is_time_heading("年份"), is_time_heading("GDP")
    (True, True, True, False)
    """
    text = text.strip().replace("_", " ")
    return _NAMES.fullmatch(text) is not None and all(reader.read(text) is None for reader in READERS)


def read_axis(cells: Sequence[Cell], heading: str, style: NumberStyle) -> Axis | None:
    """Read cells as times; None where too few of them are.

    Parameters
    ----------
    cells : sequence of Cell
        Below a heading, or beside one.
    heading : str
        What stands above or before them; a plain number is a time where that says so, or where the caller does.
    style : NumberStyle
        Of the file.
    """
    present = [cell for cell in cells if not is_missing(cell)]
    if not present:
        return None
    readers = [*READERS, *([EXCEL_SERIAL] if re.search(r"date|datum|日期|fecha", heading, re.IGNORECASE) else [])]
    many = Counter(present)
    counts = [sum(n for cell, n in many.items() if reader.read(cell) is not None) for reader in readers]
    most = max(counts)
    if most < _TRUSTED * len(present):
        return _plain(cells, heading, style, len(present))
    best = readers[counts.index(most)]
    known = {cell: _read(best, cell) for cell in many}
    found = [known.get(cell) for cell in cells]
    doubt = ""
    if best.name == "dates, day first" and counts[readers.index(best) + 1] == most:
        best, found, doubt = _day_or_month(readers, readers.index(best), cells)
    units = {position[1] for position in found if position is not None}
    axis = Axis(
        best.kind,
        tuple(None if position is None else position[0] for position in found),
        units.pop() if len(units) == 1 else "",
        best.name,
        doubt,
    )
    return _coarser(axis) if best.kind == "second" else axis


def _read(reader: Reader, cell: Cell) -> Position | None:
    return None if is_missing(cell) else reader.read(cell)


def _day_or_month(
    readers: Sequence[Reader], at: int, cells: Sequence[Cell]
) -> tuple[Reader, list[Position | None], str]:
    """Choose between 3/4 as the 3rd of April and as March 4th: by the order and the steps of the times."""
    ways = [(reader, [_read(reader, cell) for cell in cells]) for reader in readers[at : at + 2]]
    steps = [_unevenness([position[0] for position in found if position is not None]) for _, found in ways]
    if steps[0][0] != steps[1][0]:
        return *ways[int(steps[1][0] < steps[0][0])], ""
    better = int(steps[1] < steps[0])
    example = text_of(next(cell for cell in cells if not is_missing(cell)))
    if "." in example:
        return *ways[0], ""  # with points the day stands first everywhere
    way = ("day", "month")[better]
    return *ways[better], f"dates such as {example!r} are read with the {way} first: write 2009-03-17 if that is wrong"


def _unevenness(seconds: Sequence[float]) -> tuple[int, int]:
    """Count the steps back, and how many lengths of steps there are."""
    steps = np.diff(np.array(seconds))
    if steps.size and np.median(steps) < 0:
        steps = -steps
    return int((steps < 0).sum()), len({round(step) for step in steps})


def _plain(cells: Sequence[Cell], heading: str, style: NumberStyle, n_present: int) -> Axis | None:
    """Read plain numbers."""
    values = [None if is_missing(cell) else style.value(cell) for cell in cells]
    if sum(value is not None for value in values) < _TRUSTED_NUMBERS * n_present:
        return None
    return Axis("number", tuple(values), unit_in(heading), "numbers")


def unit_in(heading: str) -> str:
    """Find the unit of time that a heading names, such as "Time (Day)".

    Examples
    --------
    >>> unit_in("Time (Days)"), unit_in("t [min]"), unit_in("Time")
    ('day', 'minute', '')
    """
    found = _EXACT_UNITS.search(heading) or _SHORT_UNITS.search(heading)
    if found is None:
        return ""
    name = next(part for part in found.groups() if part).casefold()
    return _UNIT_OF.get(name, name)


def _coarser(axis: Axis) -> Axis:
    """Take seconds for days where all are midnight, and days for what they stand for."""
    seconds = [position for position in axis.positions if position is not None]
    if any(position % _DAY for position in seconds):
        return axis
    days = tuple(None if position is None else position / _DAY for position in axis.positions)
    distinct = sorted({day for day in days if day is not None})
    kind, told = _stand_for([date.fromordinal(int(day)) for day in distinct])
    positions = tuple(None if day is None else _position(date.fromordinal(int(day)), kind) for day in days)
    return Axis(kind, positions, "", f"{axis.reading}{told}", axis.doubt)


_FEWEST = 3
_WEEK = 7
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _stand_for(days: Sequence[date]) -> tuple[TimeKind, str]:
    """Say what days stand for: the first or last days of months, quarters or years, or one about the same in each."""
    if len(days) < _FEWEST:
        return "day", ""
    first = all(day.day == 1 for day in days)
    last = all((day + timedelta(days=1)).day == 1 for day in days)
    months = [12 * day.year + day.month for day in days]
    one_each = all(b - a == 1 for a, b in pairwise(months)) and len(days) > 2 * _FEWEST
    alike = len({day.day for day in days}) == 1 or min(day.day for day in days) >= 25  # noqa: PLR2004 - trading days
    if not (first or last or (one_each and alike)):
        return _weeks_or_days(days)
    which = "first" if first else "last" if last else "one"
    steps = {b - a for a, b in pairwise(months)}
    if all(step % 12 == 0 for step in steps) and len({(day.month, day.day) for day in days}) == 1:
        return "year", f"; each the {days[0].day}.{days[0].month}. of a year, which stands for that"
    if first or last:
        of_year, of_quarter = (months[0] - 1) % 12, (0 if first else 2)
        if all(step % 12 == 0 for step in steps) and of_year == (0 if first else 11):
            return "year", f"; each the {which} day of a year, which stands for that"
        if all(step % 3 == 0 for step in steps) and of_year % 3 == of_quarter:
            return "quarter", f"; each the {which} day of a quarter, which stands for that"
    return "month", f"; each {'one' if which == 'one' else f'the {which}'} day of a month, which stands for that"


def _weeks_or_days(days: Sequence[date]) -> tuple[TimeKind, str]:
    """Take days that are all of one name for their weeks: else a model would be held against days without data."""
    if len(days) <= _FEWEST or any((b - a).days % _WEEK for a, b in pairwise(days)):
        return "day", ""
    return "week", f"; each the {_WEEKDAYS[days[0].weekday()]} of a week, which stands for that"


def _position(day: date, kind: TimeKind) -> float:
    if kind == "year":
        return float(day.year)
    if kind == "quarter":
        return 4.0 * day.year + (day.month - 1) // 3
    if kind == "month":
        return 12.0 * day.year + day.month - 1
    if kind == "week":
        return float((day.toordinal() - 1) // _WEEK)
    return float(day.toordinal())


def times_at(kind: TimeKind, positions: NDArray[np.float64], unit: str = "") -> Times:
    """Make the times of positions that increase, with their labels."""
    return Times(kind, positions, tuple(label(kind, position) for position in positions.tolist()), unit)


def label(kind: TimeKind, position: float) -> str:
    """Write a time as a study file does.

    Examples
    --------
    >>> label("month", 12 * 2009 + 2), label("quarter", 4 * 2009 + 1), label("year", 2009.0), label("number", 2.5)
    ('2009-03', '2009-Q2', '2009', '2.5')
    """
    whole = int(position)
    if kind == "number":
        return str(whole) if position == whole and abs(position) < _EXACT else repr(position)
    return _CALENDAR[kind](whole, position)


def _week(whole: int) -> str:
    year, week, _ = date.fromordinal(7 * whole + 1).isocalendar()
    return f"{year}-W{week:02d}"


_EXACT = 1e15
"""Below it every whole number is itself."""
_CALENDAR: dict[TimeKind, Callable[[int, float], str]] = {
    "year": lambda whole, _: str(whole),
    "quarter": lambda whole, _: f"{whole // 4}-Q{whole % 4 + 1}",
    "month": lambda whole, _: f"{whole // 12}-{whole % 12 + 1:02d}",
    "week": lambda whole, _: _week(whole),
    "day": lambda whole, _: date.fromordinal(whole).isoformat(),
    "second": lambda whole, at: (datetime.fromordinal(whole // _DAY) + timedelta(seconds=at % _DAY)).isoformat(),
}
