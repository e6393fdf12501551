"""Dates as people write them, each a stretch of time: a second, a day, a week, a month, a quarter or a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, timedelta
from typing import Final

from rcsd.analysis.clock.words import MONTHS, SECONDS, Word

_FORMS: Final = (
    re.compile(r"(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})[- ]?[qQ](?P<q>[1-4])"),
    re.compile(r"(?P<y>\d{4})(?:[-/]|[mM])(?P<m>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})[- ]?[wW](?P<w>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})(?P<by>[-/])(?P<m>\d{1,2})(?P=by)(?P<d>\d{1,2})"),
    re.compile(
        r"(?P<y>\d{4})(?P<by>[-/])(?P<m>\d{1,2})(?P=by)(?P<d>\d{1,2})"
        r"[T ]+(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?"
    ),
)

WRITTEN: Final = "2009, 2009-Q2, 2009-03, 2009-W12, 2009-03-17 or 2009-03-17 10:30"
"""The forms, for messages."""

FIRST: Final = datetime(1, 1, 1)
"""Where ordinals of weeks to seconds begin, a Monday."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A length of time by the calendar, such as March 2009.

    Attributes
    ----------
    word
        How long it is.
    begin
        Its first moment.
    """

    word: Word
    begin: datetime

    @property
    def last(self) -> datetime:
        """Its last whole second."""
        return moment_of(self.word, ordinal_of(self.word, self.begin) + 1) - timedelta(seconds=1)


def read_date(value: object) -> Stretch:
    """Read a date: text in one of the forms of `WRITTEN`, a date of TOML, or a whole number, which is a year.

    Raises
    ------
    ValueError
        For anything else, for a day that is in no calendar, and for one of the last year that a calendar has, where
        nothing follows its end.

    Examples
    --------
    >>> read_date("2009-Q2").word, read_date("2009-Q2").begin.month
    ('quarter', 4)
    """
    if isinstance(value, datetime):
        if value.tzinfo is not None:
            raise ValueError(f"{value} has a time zone: write local times without one")
        return _before_the_end(Stretch("second" if value.second else "minute", value.replace(microsecond=0)))
    if isinstance(value, date):
        return _before_the_end(Stretch("day", datetime(value.year, value.month, value.day)))
    text = str(value).strip() if isinstance(value, int | str) and not isinstance(value, bool) else ""
    match = next((found for form in _FORMS if (found := form.fullmatch(text))), None)
    if match is None:
        raise ValueError(f"{value!r} is no date that can be read: write {WRITTEN}")
    try:
        stretch = _stretch({name: int(part) for name, part in match.groupdict().items() if part and name != "by"})
    except ValueError:
        raise ValueError(f"{value!r} is in no calendar: correct it") from None
    return _before_the_end(stretch)


def _before_the_end(found: Stretch) -> Stretch:
    if found.begin.year >= MAXYEAR:
        raise ValueError(f"the year {found.begin.year} is the last of the calendar: correct it")
    return found


def _stretch(part: dict[str, int]) -> Stretch:
    year = part["y"]
    if "w" in part:
        return Stretch("week", datetime.fromisocalendar(year, part["w"], 1))
    if "q" in part:
        return Stretch("quarter", datetime(year, 3 * part["q"] - 2, 1))
    word: Word = (
        "second"
        if "s" in part
        else "minute"
        if "h" in part
        else "day"
        if "d" in part
        else "month"
        if "m" in part
        else "year"
    )
    begin = datetime(year, part.get("m", 1), part.get("d", 1), part.get("h", 0), part.get("min", 0), part.get("s", 0))
    return Stretch(word, begin)


def ordinal_of(word: Word, moment: datetime) -> int:
    """Return which stretch of a length holds a moment, counted without a gap from a fixed beginning.

    Examples
    --------
    >>> ordinal_of("year", datetime(2009, 3, 17)), ordinal_of("month", datetime(2009, 3, 17))
    (2009, 24110)
    """
    if word in MONTHS:
        return (moment.year * 12 + moment.month - 1) // MONTHS[word]
    passed = moment - FIRST
    return (passed.days * 86_400 + passed.seconds) // SECONDS[word]


def moment_of(word: Word, ordinal: int) -> datetime:
    """Return the first moment of a stretch; the opposite of `ordinal_of`.

    Raises
    ------
    OverflowError
        Beyond the year 9999.
    """
    if word in MONTHS:
        year, month = divmod(ordinal * MONTHS[word], 12)
        if not 1 <= year <= 9999:  # noqa: PLR2004 - what a calendar has
            raise OverflowError(f"year {year} is in no calendar")
        return datetime(year, month + 1, 1)
    return FIRST + timedelta(seconds=ordinal * SECONDS[word])


def written(word: Word, ordinal: int) -> str:
    """Write a stretch as `read_date` reads it.

    Examples
    --------
    >>> written("quarter", 8037), written("month", 24110), written("week", 104857), written("year", 2009)
    ('2009-Q2', '2009-03', '2010-W33', '2009')
    """
    begin = moment_of(word, ordinal)
    if word == "quarter":
        return f"{begin.year:04d}-Q{(begin.month + 2) // 3}"
    if word == "week":
        year, week, _ = begin.isocalendar()
        return f"{year:04d}-W{week:02d}"
    form = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "second": "%Y-%m-%d %H:%M:%S"}.get(
        word, "%Y-%m-%d %H:%M"
    )
    return begin.strftime(form.replace("%Y", f"{begin.year:04d}"))


def at_time(label: str) -> str:
    """Say when, with the word that goes before a year, a month, a day or a moment.

    Parameters
    ----------
    label : str
        A time as a clock writes it, or several, such as "2010 and 2013".

    Examples
    --------
    >>> at_time("2010"), at_time("2010-03"), at_time("1978-02-04 and 1978-02-11"), at_time("day 11")
    ('in 2010', 'in 2010-03', 'on 1978-02-04 and 1978-02-11', 'on day 11')
    >>> at_time("2024-03-01 06:00"), at_time("1978-01-21 to 1978-01-26, 1978-02-04")
    ('at 2024-03-01 06:00', 'from 1978-01-21 to 1978-01-26, on 1978-02-04')
    """
    if " to " in label:
        return ", ".join(f"from {each}" if " to " in each else at_time(each) for each in label.split(", "))
    if re.match(r"\d{4}-\d{2}-\d{2} \d{2}:", label):
        return f"at {label}"
    return f"on {label}" if re.match(r"\d{4}-\d{2}-\d{2}|days? ", label) else f"in {label}"
