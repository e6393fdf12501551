"""Readings of one cell as a time: a year, a quarter, a month, a week, a day, a moment, "day 3", a plain number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from rcsd.study.setup.tables.sheet import Cell
from rcsd.study.setup.tables.times import TimeKind

_FIRST_YEAR, _LAST_YEAR = 1500, 2200
"""Whole numbers that are read as years."""
_DAY = 86400
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero janeiro ene gennaio gen",
            "feb february februar fevrier fev febrero fevereiro febbraio",
            "mar march marz mrz mars marzo marco",
            "apr april avril avr abril abr aprile",
            "may mai mayo maio maggio mag",
            "jun june juni juin junio junho giugno giu",
            "jul july juli juillet juil julio julho luglio lug",
            "aug august aout agosto ago",
            "sep sept september septembre septiembre setembro settembre set",
            "oct october oktober okt octobre octubre outubro out ottobre ott",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre diciembre dezembro dic dicembre",
        ),
        1,
    )
    for name in names.split()
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_Y = r"(?P<y>(?:1[5-9]|20|21)\d\d)"
_YEAR = re.compile(
    rf"(?:fy|cy|yr|y|f|x|year|jahr)?\s?\.?{_Y}(?:\.0+)?\s?(?:年|年度|a|e|p|f|r|b|年末|年底)?(?:\s?\[[^\]]*\])?(?:\s?\*+)?",
    re.I,
)
_SPAN = re.compile(rf"{_Y}\s?[-/–]\s?(?P<next>\d\d|\d{{4}})")
_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_Y}\s?[-_/.:年]?\s?(?:q|qtr|quarter|t|k)\s?(?P<q>[1-4])",
        rf"(?:q|qtr|quarter)\s?(?P<q>[1-4])\s?[-_/.,' ]?\s?{_Y}",
        rf"(?P<q>[1-4])\s?q\s?[-_/ ]?\s?{_Y}",
        rf"{_Y}\s?年\s?第?(?P<q>[1-4一二三四])季度?",
        rf"{_Y}\s?[-/]\s?(?P<q>i|ii|iii|iv)",
    )
)
_MONTHLY = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_Y}\s?[-/]\s?(?P<m>\d{{1,2}})",
        rf"{_Y}\.(?P<m>0[1-9]|1[0-2])",  # with one digit it is a decimal
        rf"{_Y}\s?m\s?(?P<m>\d{{1,2}})",
        rf"{_Y}\s?年\s?(?P<m>\d{{1,2}})\s?月?",
        rf"(?P<m>\d{{1,2}})\s?[-/.]\s?{_Y}",
        rf"{_Y}[-_/ .]?(?P<name>[^\W\d_]{{3,10}})",
        rf"(?P<name>[^\W\d_]{{3,10}})\.?[-_/ ,]*{_Y}",
        r"(?P<name>[^\W\d_]{3,10})\.?[-_/ ,']+(?P<short>\d\d)",
    )
)
_COMPACT_MONTH = re.compile(rf"{_Y}(?P<m>0[1-9]|1[0-2])")
_WEEKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_Y}\s?[-_/ ]?\s?(?:w|kw|wk|week)\s?[-_]?(?P<w>\d{{1,2}})",
        rf"(?:w|kw|wk|week)\s?(?P<w>\d{{1,2}})\s?[-_/, ]\s?{_Y}",
        rf"{_Y}\s?年\s?第?(?P<w>\d{{1,2}})周",
    )
)
_CLOCK = (
    r"(?:[T ,]\s?(?P<H>\d{1,2}):(?P<M>\d\d)(?::(?P<S>\d\d(?:\.\d+)?))?\s?(?P<half>[ap]\.?m\.?)?\s?"
    r"(?:Z|UTC|[+-]\d\d:?\d\d)?)?"
)
_ISO = re.compile(rf"{_Y}\s?[-/.]\s?(?P<m>\d{{1,2}})\s?[-/.]\s?(?P<d>\d{{1,2}})\.?{_CLOCK}", re.IGNORECASE)
_CHINESE = re.compile(rf"{_Y}\s?年\s?(?P<m>\d{{1,2}})\s?月\s?(?P<d>\d{{1,2}})\s?日?{_CLOCK}")
_COMPACT = re.compile(rf"{_Y}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)")
_ENDS = rf"(?P<a>\d{{1,2}})\s?[-/.]\s?(?P<b>\d{{1,2}})\s?[-/.]\s?(?:{_Y}|(?P<short>\d\d)){_CLOCK}"
_EITHER = re.compile(_ENDS, re.IGNORECASE)
_WEEKDAY = r"(?:[^\W\d_]{3,10}\.?,?\s)?"
_WORDED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[-_/ ]\s?(?P<name>[^\W\d_]{{3,10}})\.?[-_/ ,]+{_Y}{_CLOCK}",
        rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,10}})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_Y}{_CLOCK}",
        r"(?P<d>\d{1,2})[-/ ](?P<name>[^\W\d_]{3,10})\.?[-/ ](?P<short>\d\d)",
    )
)
_UNITS = "second|minute|hour|day|week|month|quarter|year|step|period|generation|tag|woche|monat|jahr"
_SHORT = "sec|min|hr|wk|yr"
_COUNTED = (
    re.compile(rf"(?P<unit>{_UNITS})s?\.?\s?[-_=#:]?\s?(?P<n>\d+(?:[.,]\d+)?)", re.IGNORECASE),
    re.compile(rf"(?P<unit>{_SHORT})s?\.?(?:\s|\s?[-_=#:]\s?)(?P<n>\d+(?:[.,]\d+)?)", re.IGNORECASE),
    re.compile(r"(?P<unit>t)\s?=\s?(?P<n>\d+(?:[.,]\d+)?)", re.IGNORECASE),
    re.compile(rf"(?P<n>\d+(?:[.,]\d+)?)\s?(?P<unit>{_UNITS}|{_SHORT})s?", re.IGNORECASE),
    re.compile(r"(?P<n>\d{1,3}(?:[.,]\d+)?)\s?(?P<unit>[dhs])", re.IGNORECASE),  # 1900s are no seconds
    re.compile(r"(?P<n>\d+)(?:st|nd|rd|th)\s(?P<unit>day|week|month|quarter|year)", re.IGNORECASE),
    re.compile(r"第?\s?(?P<n>\d+)\s?(?P<unit>天|日|周|年|小时|分钟|秒)"),
)
_OF_DAY = re.compile(r"(?P<H>\d{1,3}):(?P<M>[0-5]\d)(?::(?P<S>[0-5]\d(?:\.\d+)?))?")
_UNIT_NAMES = {
    **{"sec": "second", "min": "minute", "hr": "hour", "wk": "week", "yr": "year", "tag": "day", "woche": "week"},
    **{"monat": "month", "jahr": "year", "d": "day", "h": "hour", "s": "second"},
    **{"天": "day", "日": "day", "周": "week", "年": "year", "小时": "hour", "分钟": "minute", "秒": "second"},
    **{"t": "", "step": "", "period": "", "generation": ""},
}

Position = tuple[float, str]
"""Where on its scale a time is, and the unit of a plain number."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One way to read a cell as a time.

    Attributes
    ----------
    name : str
        For the account.
    kind : TimeKind
        Of what it finds.
    read : callable
        Returns the place on the scale of `kind`, or None.
    """

    name: str
    kind: TimeKind
    read: Callable[[Cell], Position | None]


def plain_text(cell: Cell) -> str:
    """Write a cell in plain letters: accents and full-width signs go."""
    return _plain(cell) if isinstance(cell, str) else ""


@lru_cache(maxsize=65536)
def _plain(cell: str) -> str:
    if cell.isascii():
        return " ".join(cell.split())
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", cell))
    return " ".join("".join(letter for letter in spread if not unicodedata.combining(letter)).split())


def _year(cell: Cell) -> Position | None:
    if isinstance(cell, float):
        return (cell, "") if cell.is_integer() and _FIRST_YEAR <= cell <= _LAST_YEAR else None
    found = _YEAR.fullmatch(plain_text(cell))
    return (float(found["y"]), "") if found else None


def _span(cell: Cell) -> Position | None:
    """Read 2009/10 or 2009-2010 as the year that it begins in."""
    found = _SPAN.fullmatch(plain_text(cell))
    if found is None:
        return None
    year, following = int(found["y"]), int(found["next"])
    return (float(year), "") if following in (year + 1, (year + 1) % 100) else None


def _quarter(cell: Cell) -> Position | None:
    text = plain_text(cell)
    for pattern in _QUARTERS:
        if (found := pattern.fullmatch(text)) is not None:
            return 4.0 * int(found["y"]) + _ROMAN[found["q"].casefold()] - 1, ""
    return None


def _month(cell: Cell) -> Position | None:
    text = plain_text(cell)
    for pattern in _MONTHLY:
        if (found := pattern.fullmatch(text)) is not None:
            parts = found.groupdict()
            month = int(parts["m"]) if parts.get("m") else _MONTHS.get((parts.get("name") or "").casefold(), 0)
            if 1 <= month <= 12:  # noqa: PLR2004 - months of a year
                return 12.0 * _full_year(parts) + month - 1, ""
    return None


def _compact_month(cell: Cell) -> Position | None:
    text = plain_text(cell) if isinstance(cell, str) else _digits(cell)
    found = _COMPACT_MONTH.fullmatch(text)
    return (12.0 * int(found["y"]) + int(found["m"]) - 1, "") if found else None


def _week(cell: Cell) -> Position | None:
    text = plain_text(cell)
    for pattern in _WEEKS:
        if (found := pattern.fullmatch(text)) is not None:
            try:
                monday = date.fromisocalendar(int(found["y"]), int(found["w"]), 1)
            except ValueError:
                return None
            return float((monday.toordinal() - 1) // 7), ""
    return None


def _compact_day(cell: Cell) -> Position | None:
    text = plain_text(cell) if isinstance(cell, str) else _digits(cell)
    return _whole_day(_COMPACT.fullmatch(text))


def _digits(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() and 0 < cell < 1e9 else ""  # noqa: PLR2004


def _excel_serial(cell: Cell) -> Position | None:
    """Read a number as Excel counts days: 1 is the first of 1900, and that year has a leap day too many."""
    value = cell if isinstance(cell, float) else float(cell) if isinstance(cell, str) and cell.isdecimal() else 0.0
    inside = value.is_integer() and 7000 <= value <= 80000  # noqa: PLR2004 - 1919 to 2119
    return (value + date(1899, 12, 30).toordinal(), "") if inside else None


def _whole_day(found: re.Match[str] | None) -> Position | None:
    moment = _moment(found)
    return None if moment is None or moment[0] % _DAY else (moment[0] // _DAY, "")


def _moment(found: re.Match[str] | None, *, swapped: bool = False) -> Position | None:
    """Count the seconds to what a pattern found; None for a day that there is not."""
    if found is None:
        return None
    parts = found.groupdict()
    if parts.get("a"):
        day, month = int(parts["a"]), int(parts["b"])
        if swapped:
            day, month = month, day
    else:
        day = int(parts["d"])
        month = int(parts["m"]) if parts.get("m") else _MONTHS.get(parts["name"].casefold(), 0)
    try:
        whole = date(_full_year(parts), month, day).toordinal() * _DAY
    except ValueError:
        return None
    hour, half = int(parts.get("H") or 0), (parts.get("half") or "").casefold()
    if half:
        hour = hour % 12 + 12 * half.startswith("p")
    seconds = 3600 * hour + 60 * int(parts.get("M") or 0) + float(parts.get("S") or 0)
    return float(whole + seconds), ""


def _full_year(parts: dict[str, str | None]) -> int:
    if parts.get("y"):
        return int(str(parts["y"]))
    short = int(str(parts["short"]))
    return short + (1900 if short >= 50 else 2000)  # noqa: PLR2004 - as spreadsheets do


def _date(cell: Cell) -> Position | None:
    """Read a date whose order of parts is sure, as seconds."""
    if isinstance(cell, datetime):
        bare = cell.replace(tzinfo=None)
        midnight = datetime.combine(bare.date(), time())
        return float(bare.toordinal() * _DAY) + round((bare - midnight).total_seconds(), 3), ""
    if isinstance(cell, date):
        return float(cell.toordinal() * _DAY), ""
    text = plain_text(cell)
    for pattern in (_ISO, _CHINESE, *_WORDED):
        if (moment := _moment(pattern.fullmatch(text))) is not None:
            return moment
    return None


def _day_first(cell: Cell) -> Position | None:
    return _date(cell) or _moment(_EITHER.fullmatch(plain_text(cell)))


def _month_first(cell: Cell) -> Position | None:
    return _date(cell) or _moment(_EITHER.fullmatch(plain_text(cell)), swapped=True)


def _counted(cell: Cell) -> Position | None:
    """Read "day 3", "第3周" or "3 d"."""
    text = plain_text(cell)
    for pattern in _COUNTED:
        if (found := pattern.fullmatch(text)) is not None:
            unit = found["unit"].casefold()
            return float(found["n"].replace(",", ".")), _UNIT_NAMES.get(unit, unit)
    return None


def _of_day(cell: Cell) -> Position | None:
    """Read 10:30 as minutes."""
    if isinstance(cell, time):
        return 60.0 * cell.hour + cell.minute + cell.second / 60, "minute"
    found = _OF_DAY.fullmatch(plain_text(cell))
    return (60.0 * int(found["H"]) + int(found["M"]) + float(found["S"] or 0) / 60, "minute") if found else None


READERS: tuple[Reader, ...] = (
    Reader("dates", "second", _date),
    Reader("dates, day first", "second", _day_first),
    Reader("dates, month first", "second", _month_first),
    Reader("weeks", "week", _week),
    Reader("quarters", "quarter", _quarter),
    Reader("spans of two years, by the first", "year", _span),
    Reader("months", "month", _month),
    Reader("years", "year", _year),
    Reader("dates written in one number", "day", _compact_day),
    Reader("months written in one number", "month", _compact_month),
    Reader("numbered times", "number", _counted),
    Reader("times of day, in minutes", "number", _of_day),
)
"""In the order in which they are tried; a plain number is none of these."""

EXCEL_SERIAL = Reader("days as Excel counts them", "day", _excel_serial)
"""Tried below a heading that says that dates stand there."""


@lru_cache(maxsize=65536)
def is_time(cell: Cell) -> bool:
    """Whether any reader reads a cell; a text without a digit is none."""
    if isinstance(cell, str) and not any(letter.isdigit() for letter in cell):
        return False
    return any(reader.read(cell) is not None for reader in READERS)


def month_number(cell: Cell) -> int | None:
    """Read the name of a month, or its number; None for anything else.

    Examples
    --------
    >>> month_number("Mar"), month_number("3月"), month_number(12.0), month_number("spring")
    (3, 3, 12, None)
    """
    text = plain_text(cell).rstrip(".月").casefold() if isinstance(cell, str) else _digits(cell)
    if text.isdecimal() and 1 <= int(text) <= 12:  # noqa: PLR2004 - months of a year
        return int(text)
    return _MONTHS.get(text)
