"""Lengths of time that people name: years, quarters and months by the calendar, weeks to seconds by the second."""

from __future__ import annotations

from typing import Final, Literal, get_args

Word = Literal["year", "quarter", "month", "week", "day", "hour", "minute", "second"]
"""A length of time that has a name, longest first."""

WORDS: Final[tuple[Word, ...]] = get_args(Word)

MONTHS: Final[dict[Word, int]] = {"year": 12, "quarter": 3, "month": 1}
"""Months in each length that the calendar counts by them."""

SECONDS: Final[dict[Word, int]] = {"week": 604_800, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
"""Seconds in each of the others."""

A_YEAR: Final[dict[Word, int]] = {"quarter": 4, "month": 12, "week": 52}
"""Periods after which a season comes round, for the lengths by which people see seasons."""

_SPELT: Final[dict[str, Word]] = {
    **{word: word for word in WORDS},
    **{f"{word}s": word for word in WORDS},
    **dict.fromkeys(("yr", "yrs", "annum", "a", "年"), "year"),
    **dict.fromkeys(("qtr", "qtrs", "季", "季度"), "quarter"),
    **dict.fromkeys(("mo", "mos", "mon", "mth", "mths", "月", "个月"), "month"),
    **dict.fromkeys(("wk", "wks", "周", "星期"), "week"),
    **dict.fromkeys(("d", "天", "日"), "day"),
    **dict.fromkeys(("h", "hr", "hrs", "小时"), "hour"),
    **dict.fromkeys(("min", "mins", "分", "分钟"), "minute"),
    **dict.fromkeys(("s", "sec", "secs", "秒"), "second"),
}


def word_of(text: str) -> Word | None:
    """Return the length that a unit of time means; None for one that is not known.

    Examples
    --------
    >>> word_of("Months"), word_of("yr"), word_of("fortnight")
    ('month', 'year', None)
    """
    return _SPELT.get(text.strip().lower().rstrip("."))


def count_of(longer: Word, shorter: Word) -> int | None:
    """Return how many of one length make another; None where it depends on which, as of days in months.

    Examples
    --------
    >>> count_of("year", "month"), count_of("week", "day"), count_of("month", "day")
    (12, 7, None)
    """
    for table in (MONTHS, SECONDS):
        if longer in table and shorter in table and table[longer] % table[shorter] == 0:
            return table[longer] // table[shorter]
    return None
