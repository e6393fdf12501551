"""The clock of a study: whole periods, and what each of them is in the model's time and by the calendar.

All analysis counts in whole periods k, so that gaps, noise, horizons and origins mean the same at any frequency. What a
file, a table or a figure says of time goes through this module, and nowhere else.

A value that is dated with a stretch of time (the year 2009, the month 2009-03) stands at its end: it is compared with
the model where the stretch ends, or over all of it. Without any statement a period is one unit of the model's time, and
the value of year y stands at the model's time y.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.clock.dates import WRITTEN, moment_of, ordinal_of, read_date, written
from rcsd.analysis.clock.words import A_YEAR, MONTHS, SECONDS, WORDS, Word, count_of, word_of

Span = int | Word
"""How long what a cell stands for lasts: so many periods, or a length by the calendar."""

ONE: Final = 1
"""The span of a cell that stands for one period."""

NEAR: Final = 0.05
"""Share of a period by which a decimal may miss a whole one: 2009.08 is a month of 2009, to two decimals."""

_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Clock:
    """Whole periods k, in the model's time and by the calendar.

    Attributes
    ----------
    period
        Units of the model's time in a period, where that is a number.
    base
        The model's time at k = 0, where the period is a number.
    word
        The length of a period by the calendar, in which case k counts such lengths from the calendar's beginning; None
        where the period is a number.
    origin
        A period by the calendar.
    at
        The model's time where that period ends; None until the model is known (see `on`).
    unit
        The model's unit of time, as a length by the calendar; None until it is known.
    """

    period: float = 1.0
    base: float = 0.0
    word: Word | None = None
    origin: int = 0
    at: float | None = None
    unit: Word | None = None

    @property
    def identity(self) -> bool:
        """Whether k is the model's time itself."""
        return self.word is None and self.period == 1 and self.base == 0

    @property
    def season(self) -> int:
        """How many periods make a year, where people see seasons; 1 where they do not."""
        if self.word is not None:
            return A_YEAR.get(self.word, 1)
        in_a_year = None if self.unit is None else count_of("year", self.unit)
        periods = 1.0 if in_a_year is None else in_a_year / self.period
        whole = round(periods)
        return whole if math.isclose(periods, whole, rel_tol=1e-3) and 1 < whole <= max(A_YEAR.values()) else 1

    @property
    def name(self) -> str:
        """What a period is called: "month", or "period" where it has no name."""
        if self.word is not None:
            return self.word
        if self.unit is None:
            return "period"
        return next((word for word in WORDS if self._lasts(word)), "period")

    def _lasts(self, word: Word) -> bool:
        """Whether a period that is a number of the model's units lasts so long."""
        assert self.unit is not None
        more, less = count_of(word, self.unit), count_of(self.unit, word)
        units = more if more is not None else None if less is None else 1 / less
        return units is not None and math.isclose(units, self.period, rel_tol=1e-6)

    # what is read

    def read(self, value: object, *, first: bool = False) -> int:
        """Return the period of a time as a file gives it: a date, or a number of the model's time.

        Parameters
        ----------
        value
            By the calendar: text, a date of TOML, or a year. Else a number, which may be text.
        first
            Whether a date longer than a period means the first of its periods and not the last.

        Raises
        ------
        ValueError
            For what is no time of this clock.
        """
        if self.word is None:
            return self._nearest(value)
        stretch = read_date(value)
        return ordinal_of(self.word, stretch.begin if first else stretch.last)

    def read_span(self, value: object) -> Span:
        """Return how long a date lasts, by this clock."""
        if self.word is None:
            return ONE
        word = read_date(value).word
        return word if WORDS.index(word) < WORDS.index(self.word) else ONE

    def _nearest(self, value: object) -> int:
        number = _number(value)
        if number is None:
            raise ValueError(f'{value!r} is no number: say in [time] what a period is, such as period = "month"')
        exact = (number - self.base) / self.period
        k = round(exact)
        if abs(exact - k) > NEAR:
            raise ValueError(
                f"{number:.{_DIGITS}g} lies between two periods, {self.label(math.floor(exact))} and "
                f"{self.label(math.floor(exact) + 1)}: correct it, or give `period` of [time] that holds "
                "every time"
            )
        return k

    # the model's time

    def on(self, start: float, unit: str) -> Clock:
        """Return this clock for a model.

        Parameters
        ----------
        start
            Its initial time, where the origin ends unless `at` says otherwise.
        unit
            Its unit of time.

        Raises
        ------
        ValueError
            When dates are to be taken to the time of a model whose unit is unknown.
        """
        word = self.unit or word_of(unit)
        if self.word is None:
            return replace(self, unit=word)
        if word is None:
            raise ValueError(
                f"the model counts time in {unit or 'no unit'!r}, which is no known length: give `unit` of [time], one "
                f"of {', '.join(WORDS)}, or a number as `period`"
            )
        return replace(self, unit=word, at=start if self.at is None else self.at)

    def to_model(self, periods: ArrayLike) -> NDArray[np.float64]:
        """Return the model's time at the end of periods, of the same shape."""
        k = np.asarray(periods, dtype=np.float64)
        if self.word is None:
            return k if self.identity else np.asarray(self.base + k * self.period)
        assert self.at is not None  # the clock of a study has its model
        if self.unit in MONTHS and self.word in MONTHS:
            return np.asarray(self.at + (k - self.origin) * (MONTHS[self.word] / MONTHS[self.unit]))
        if self.unit in SECONDS and self.word in SECONDS:
            return np.asarray(self.at + (k - self.origin) * (SECONDS[self.word] / SECONDS[self.unit]))
        here = self._units(self.origin)
        return np.array([self.at + (self._units(each) - here) for each in k.ravel()]).reshape(k.shape)

    def _units(self, k: float) -> float:
        """Count units of the model's time from the calendar's beginning to the end of a period."""
        assert self.word is not None and self.unit is not None
        end = moment_of(self.word, round(k) + 1)
        if self.unit in SECONDS:
            return (end - moment_of("day", 0)).total_seconds() / SECONDS[self.unit]
        month = ordinal_of("month", end)
        begin, after = moment_of("month", month), moment_of("month", month + 1)
        return (month + (end - begin) / (after - begin)) / MONTHS[self.unit]

    def within(self, start: float, stop: float) -> tuple[int, int]:
        """Return the first and the last period whose end lies within a model's time."""
        if self.word is None:
            slack = 1e-6
            return math.ceil((start - self.base) / self.period - slack), math.floor(
                (stop - self.base) / self.period + slack
            )
        return self._first_from(start), self._first_from(stop, after=True) - 1

    def _first_from(self, time: float, *, after: bool = False) -> int:
        """Return the first period that ends at a model's time or later, or only later."""
        assert self.at is not None
        a_period = float(self.to_model(self.origin + 1) - self.at)
        slack = 1e-6 * a_period
        k = self.origin + math.floor((time - self.at) / a_period)
        wanted = time + slack if after else time - slack
        while float(self.to_model(k)) > wanted:
            k -= 1
        while float(self.to_model(k)) <= wanted if after else float(self.to_model(k)) < wanted:
            k += 1
        return k

    # spans

    def before(self, k: int, span: Span) -> int:
        """Return the last period before what a cell stands for that ends with the period k."""
        if isinstance(span, int):
            return k - span
        assert self.word is not None
        end = moment_of(self.word, k + 1)
        if span in SECONDS:
            return round(k - SECONDS[span] / SECONDS[self.word])
        months = ordinal_of("month", end) - MONTHS[span]
        into = end - moment_of("month", months + MONTHS[span])
        # the 31st of a month that has fewer days is the end of it
        earlier = min(moment_of("month", months) + into, moment_of("month", months + 1))
        return ordinal_of(self.word, earlier) - 1

    def own(self, periods: Iterable[float], span: Span, anchor: int) -> list[int | None]:
        """Count in spans: by period, which span ends with it; None where none does.

        Parameters
        ----------
        periods
            Of this clock.
        span
            How long one lasts.
        anchor
            A period with which one ends, where the span is a number of periods.
        """
        found: list[int | None] = []
        for k in map(round, periods):
            ended = self.ended(k, span, anchor)
            found.append(ended if self.ended(k - 1, span, anchor) != ended else None)
        return found

    def ended(self, k: int, span: Span, anchor: int) -> int:
        """Count in spans as `own` does: which one is the last that has ended with a period or before it."""
        if isinstance(span, int):
            return (k - anchor) // span
        assert self.word is not None
        return ordinal_of(span, moment_of(self.word, k + 1)) - 1

    def season_of(self, span: Span) -> int:
        """How many spans make a year, where people see seasons; 1 where they do not."""
        if isinstance(span, str):
            return A_YEAR.get(span, 1)
        return self.season // span if self.season % span == 0 else 1

    # what is shown

    def label(self, k: float, span: Span = ONE) -> str:
        """Write a period, or what a cell that ends with it stands for.

        Examples
        --------
        >>> Clock().label(2009), Clock(word="month").label(24110), Clock(period=0.25).label(8037)
        ('2009', '2009-03', '2009.25')
        """
        if self.word is None:
            return f"{self.base + k * self.period:.{_DIGITS}g}"
        if isinstance(span, int):
            return written(self.word, round(k))
        return written(span, ordinal_of(span, moment_of(self.word, round(k))))

    def labels(self, periods: Iterable[float], span: Span = ONE) -> list[str]:
        """Write several periods."""
        return [self.label(each, span) for each in periods]

    def shown(self, periods: ArrayLike, span: Span = ONE) -> Any:
        """Return periods as a document holds them: numbers of the model's time, or dates as text.

        Parameters
        ----------
        periods
            One, or an array of shape (n,).
        span
            Of what the cells stand for.
        """
        if self.identity:
            return periods
        k = np.asarray(periods, dtype=np.float64)
        if self.word is None:
            found: list[Any] = [float(self.label(each)) for each in k.ravel()]
        else:
            found = self.labels(k.ravel().tolist(), span)
        return found if k.ndim else found[0]

    @property
    def document(self) -> dict[str, Any]:
        """Say what a period is and where it lies in the model's time, as plain values."""
        here = self.origin if self.word is not None else 0
        return {
            "period": self.word or self.period,
            "unit": self.unit,
            "origin": self.label(here),
            "at": float(self.to_model(here)),
        }

    def axis(self, periods: ArrayLike) -> NDArray[Any]:
        """Return periods as a figure's axis takes them: the model's time, or the dates on which they begin."""
        k = np.asarray(periods, dtype=np.float64)
        if self.word is None:
            return self.to_model(k)
        return np.array([moment_of(self.word, round(each)) for each in k.ravel()], dtype="datetime64[s]").reshape(
            k.shape
        )

    def span_words(self, first: float, last: float) -> str:
        """Write a window, such as "2000-2010" or "2009-03 to 2012-12"."""
        join = "-" if self.identity else " to "
        return f"{self.label(first)}{join}{self.label(last)}"


IDENTITY: Final = Clock()
"""The clock of a study that says nothing of time: whole years, as the model counts them."""


def calendar_clock(word: Word, origin: object | None, at: float | None, unit: Word | None) -> Clock:
    """Make a clock by the calendar.

    Parameters
    ----------
    word
        How long a period is.
    origin
        A date: the model's time is `at` where it ends. None for a model whose time is the calendar's year.
    at
        None for the model's initial time.
    unit
        Of the model's time, where the file states it.

    Raises
    ------
    ValueError
        For an origin that is no date.
    """
    if origin is None:
        if at is not None:
            raise ValueError(f"`at` is the model's time at a date: give that date as `origin`, such as {WRITTEN}")
        # the year y ends where the model's time is y, as in a study that says nothing of time
        return Clock(word=word, origin=ordinal_of(word, read_date(2000).last), at=2000.0, unit=unit)
    return Clock(word=word, origin=ordinal_of(word, read_date(origin).last), at=at, unit=unit)


def ends_of(clock: Clock, first: int, last: int, span: Span, cells: Sequence[float]) -> list[int]:
    """List the periods from first to last with which a series' spans end; `cells` are the ends that it has."""
    if span == ONE:
        return list(range(first, last + 1))
    anchor = round(cells[0]) if len(cells) else first
    own = clock.own(range(first, last + 1), span, anchor)
    return [k for k, found in zip(range(first, last + 1), own, strict=True) if found is not None]


def _number(value: object) -> float | None:
    """Read a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None
