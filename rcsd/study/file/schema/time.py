"""`[time]`: how long a period is, and how dates go with the model's time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from rcsd.analysis.clock import IDENTITY, WORDS, Clock, Span, Word, calendar_clock, word_of
from rcsd.study.file.schema.base import Amount, Section
from rcsd.tables import shortened

CLOCK = "clock"
"""In the context of a validation: the clock by which times are read."""

WINDOW_LENGTH = 2
MOST_PERIOD = 10**12
_LAST_YEAR, _LAST_DATA = 9999, 2100


def _clock(info: ValidationInfo) -> Clock:
    found = (info.context or {}).get(CLOCK, IDENTITY)
    assert isinstance(found, Clock)
    return found


def _read(value: object, clock: Clock, *, first: bool = False) -> object:
    """Take a time as it is written to its period; whole years are left to the schema."""
    if clock.identity:
        if isinstance(value, str | date):
            raise ValueError(
                f"{value!s} is no whole number of the model's time: say in [time] what a period is, such as "
                'period = "month", so that dates can be read'
            )
        return value
    if isinstance(value, bool):
        return value
    return clock.read(value, first=first)


def _time(value: object, info: ValidationInfo) -> object:
    return _read(value, _clock(info))


def _first_time(value: object, info: ValidationInfo) -> object:
    return _read(value, _clock(info), first=True)


def _pair(value: object, info: ValidationInfo) -> object:
    """Make two periods of TOML's list of two times: where the first begins, and where the second ends."""
    if not isinstance(value, list | tuple) or len(value) != WINDOW_LENGTH:
        raise ValueError(f"a window is two years, such as [2000, 2010], found {value!r}")
    clock = _clock(info)
    return _read(value[0], clock, first=True), _read(value[1], clock)


def _bounded(value: int, info: ValidationInfo) -> int:
    """Refuse years of more than four digits, which are mistakes; periods by a stated clock may have more."""
    return _within(value, _LAST_YEAR if _clock(info).identity else MOST_PERIOD)


def _of_data(value: int, info: ValidationInfo) -> int:
    return _within(value, _LAST_DATA if _clock(info).identity else MOST_PERIOD)


def _within(value: int, most: int) -> int:
    if abs(value) > most:
        bound = f"less than or equal to {most}" if value > 0 else f"greater than or equal to {-most}"
        raise ValueError(f"a time should be {bound}, found {shortened(str(value))}")
    return value


_Whole = Annotated[int, AfterValidator(_bounded)]
Year = Annotated[_Whole, BeforeValidator(_time)]
"""A time; where a date is longer than a period, its last one."""
DataYear = Annotated[Year, AfterValidator(_of_data)]
"""The same of observed data, which no distant year has."""
FirstYear = Annotated[_Whole, BeforeValidator(_first_time)]
"""The same with the first one."""
Window = Annotated[tuple[_Whole, _Whole], BeforeValidator(_pair)]
"""Two times: where the first begins, and where the second ends."""


def _number(value: object) -> object:
    """Make a number of a whole one, or of a fraction, which decimals would miss."""
    if isinstance(value, str) and word_of(value) is None:
        try:
            return float(Fraction(value))
        except (ValueError, ZeroDivisionError):
            raise ValueError(
                f'{value!r} is no length of time: write a number, a fraction such as "1/12", or one of '
                + ", ".join(WORDS)
            ) from None
    if isinstance(value, str):
        return word_of(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


Length = Annotated[Word | Annotated[float, Field(gt=0)], BeforeValidator(_number)]
"""A length of time: a number of units of the model's time, or a word."""


def _dated(value: object) -> object:
    """Keep a date as text: it is read by the clock."""
    return str(value) if isinstance(value, date | datetime | int) and not isinstance(value, bool) else value


class TimeSection(Section):
    """`[time]`: how long a period is, and how dates go with the model's time.

    A study counts in whole periods: windows, horizons, origins, gaps and noise. Without this table a period is one unit
    of the model's time, and times are whole numbers. With a word as `period`, times are dates: 2009, "2009-Q2",
    "2009-03", "2009-W12", 2009-03-17, "2009-03-17 10:30". A value stands at the end of what it is dated with.
    """

    period: Length = 1.0
    """Length of a period: a number of units of the model's time (0.25, "1/12"), or "year", "quarter", "month", "week",
    "day", "hour", "minute" or "second"."""
    origin: Annotated[str, BeforeValidator(_dated)] | None = None
    """A date; the model's time is `at` where it ends, so that a value of this date is compared with the model at that
    time. When left out, the year y ends where the model's time is y."""
    at: Amount | None = None
    """The model's time at the end of `origin`, its initial time when left out. With a number as `period`: a time that
    is a whole one, 0 when left out. Unit: of the model's time."""
    unit: Word | None = None
    """Unit of the model's time, where the model does not say it."""
    stop: Amount | None = None
    """Final time of the model, where the study needs another than that of its file. Unit: of the model's time."""
    step: Annotated[Amount, Field(gt=0)] | None = None
    """Time step of the model, where the study needs another. Unit: of the model's time."""

    @model_validator(mode="after")
    def _makes_a_clock(self) -> TimeSection:
        """Refuse what makes no clock."""
        if isinstance(self.period, float) and self.origin is not None:
            raise ValueError('`origin` is a date, which goes with a word as `period`, such as period = "month"')
        self.clock  # noqa: B018 - raises what is wrong
        return self

    @property
    def clock(self) -> Clock:
        """The clock of the study, before its model is known."""
        if isinstance(self.period, float):
            return Clock(period=self.period, base=self.at or 0.0, unit=self.unit)
        return calendar_clock(self.period, self.origin, self.at, self.unit)


def span_of(length: Word | float | None, clock: Clock, read: Span) -> Span:
    """Return how many periods a length is, or the word where that depends on which.

    Parameters
    ----------
    length
        As a file gives it; None for that of the dates of a series.
    clock
        Of the study.
    read
        That of the dates.

    Raises
    ------
    ValueError
        For a length that is no whole number of periods.
    """
    if length is None:
        return read
    if isinstance(length, str):
        if clock.word is None:
            raise ValueError(f"{length!r} goes with a word as `period` of [time]: give a number of the model's time")
        if WORDS.index(length) > WORDS.index(clock.word):
            raise ValueError(f"a {length} is shorter than the period of the study, a {clock.word}")
        return 1 if length == clock.word else length
    if clock.word is not None:
        raise ValueError(f"{length:g} is a number, and the period of the study a {clock.word}: give a word")
    n = length / clock.period
    if round(n) < 1 or abs(n - round(n)) > 1e-6 * n:
        raise ValueError(f"{length:g} is no whole number of periods of {clock.period:g}: correct it")
    return round(n)


def context_of(table: dict[str, Any] | Any) -> dict[str, Clock]:
    """Return the context of the validation of a file: the clock that its own `[time]` makes.

    A faulty one is left to the schema, which names the fault; times are read by what is right of it, and are no faults
    of their own.
    """
    return {CLOCK: TimeSection.model_validate(_readable(table.get("time", {}))).clock}


def _readable(stated: object) -> object:
    """Return what of a table `[time]` makes a clock: all of it where nothing is wrong."""
    for some in (stated, _with(stated, "period", "unit"), _with(stated, "period")):
        try:
            TimeSection.model_validate(some)
        except ValueError:
            continue
        return some
    return {}


def _with(table: object, *keys: str) -> dict[str, Any]:
    """Keep some keys of a table; where its period is no length of time, take the shortest that dates are written in."""
    kept = {key: table[key] for key in keys if key in table} if isinstance(table, Mapping) else {}
    try:
        TimeSection.model_validate({"period": kept.get("period", 1.0)})
    except ValueError:
        kept["period"] = "day"
    return kept
