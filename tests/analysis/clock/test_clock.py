"""Periods, dates and the model's time agree with the calendar and with each other."""

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from rcsd.analysis.clock import IDENTITY, WORDS, Clock, calendar_clock, ends_of, word_of
from rcsd.analysis.clock.dates import moment_of, ordinal_of, read_date, written


@pytest.mark.parametrize("word", WORDS)
def test_ordinals_count_without_a_gap_and_are_read_back(word):
    """Each moment that begins a stretch has the next ordinal, and what is written of it is read as the same stretch."""
    first = ordinal_of(word, datetime(1999, 12, 28))
    for k in range(first, first + 500):
        assert ordinal_of(word, moment_of(word, k)) == k
        read = read_date(written(word, k))
        assert (read.begin, ordinal_of(word, read.last)) == (moment_of(word, k), k)


def test_weeks_are_those_of_iso_8601():
    """The week of a day is that of Python's own calendar, over years of 52 and of 53 weeks."""
    for day in pd.date_range("2015-12-20", "2027-01-10"):
        year, week, _ = day.isocalendar()
        assert written("week", ordinal_of("week", day.to_pydatetime())) == f"{year}-W{week:02d}"


@pytest.mark.parametrize(
    ("text", "word", "begin"),
    [
        (2009, "year", (2009, 1, 1)),
        ("2009-Q2", "quarter", (2009, 4, 1)),
        ("2009Q2", "quarter", (2009, 4, 1)),
        ("2009-3", "month", (2009, 3, 1)),
        ("2009M03", "month", (2009, 3, 1)),
        ("2009-W12", "week", (2009, 3, 16)),
        ("2009/3/17", "day", (2009, 3, 17)),
        (date(2009, 3, 17), "day", (2009, 3, 17)),
        ("2009-03-17T10:30", "minute", (2009, 3, 17, 10, 30)),
        (datetime(2009, 3, 17, 10, 30, 5), "second", (2009, 3, 17, 10, 30, 5)),
    ],
)
def test_dates_are_read_as_people_write_them(text, word, begin):
    """Each form is a stretch of a length that begins where the calendar says."""
    found = read_date(text)
    assert (found.word, found.begin) == (word, datetime(*begin))


@pytest.mark.parametrize(
    "text", ["2009-13", "2009-02-29", "2009-W54", "09-03", "March 2009", "", True, 2009.5, None, "2009-03/17"]
)
def test_what_is_no_date_is_refused(text):
    """The message quotes it and says what can be read, or that no calendar has it."""
    with pytest.raises(ValueError, match=r"is no date that can be read: write 2009|is in no calendar"):
        read_date(text)


@pytest.mark.parametrize(
    "date_of_the_end", ["9999", 9999, "9999-Q4", "9999-12", "9999-12-31 23:59", date(9999, 12, 31)]
)
def test_the_last_year_of_the_calendar_is_refused(date_of_the_end):
    """Nothing follows its end, where a value would stand: that is said, and no traceback is."""
    with pytest.raises(ValueError, match="the last of the calendar"):
        Clock(word="month", origin=24000).read(date_of_the_end)


def test_the_plain_clock_changes_nothing():
    """A study that says nothing of time counts in the model's own."""
    assert IDENTITY.identity
    assert IDENTITY.read(2009) == 2009
    assert IDENTITY.to_model(np.arange(5.0)).tolist() == [0, 1, 2, 3, 4]
    assert IDENTITY.within(1999.5, 2010.25) == (2000, 2010)
    assert IDENTITY.shown(2009) == 2009
    assert IDENTITY.span_words(2000, 2010) == "2000-2010"


@pytest.mark.parametrize("unit", ["day", "hour", "week"])
def test_months_in_a_model_of_days_have_their_own_lengths(unit):
    """The end of each month lies as many days after the origin as pandas counts, over a leap year."""
    clock = calendar_clock("month", "2007-12", 0.0, None).on(-5.0, unit)
    ends = pd.period_range("2008-01", "2012-12", freq="M").end_time.ceil("D")
    days = (ends - pd.Timestamp("2008-01-01")).days.to_numpy()
    k = [clock.read(str(period)) for period in pd.period_range("2008-01", "2012-12", freq="M")]
    assert clock.to_model(k) == pytest.approx(days * {"day": 1, "hour": 24, "week": 1 / 7}[unit])


@pytest.mark.parametrize(
    ("word", "unit", "per"),
    [
        ("month", "Year", 1 / 12),
        ("quarter", "years", 1 / 4),
        ("quarter", "Month", 3),
        ("year", "month", 12),
        ("day", "h", 24),
    ],
)
def test_periods_of_one_family_are_equally_long(word, unit, per):
    """Months, quarters and years in one another, days and hours in one another: the same number of units each."""
    clock = calendar_clock(word, "2009", None, None).on(100.0, unit)
    assert clock.to_model(np.arange(clock.origin, clock.origin + 50)) == pytest.approx(100 + per * np.arange(50))


def test_a_model_of_calendar_years_needs_no_origin():
    """The year y ends where the model's time is y, as in a study that says nothing of time."""
    clock = calendar_clock("quarter", None, None, None).on(1990, "Year")
    assert clock.to_model([clock.read(2009), clock.read("2010-Q1")]).tolist() == [2009, 2009.25]


@pytest.mark.parametrize(
    "clock",
    [
        Clock(period=0.25),
        Clock(period=1 / 12, base=0.3),
        calendar_clock("month", "2009-03", None, None),
        calendar_clock("day", "2009-03-17", 5.0, None),
        calendar_clock("week", "2009-W12", -3.0, None),
    ],
)
@pytest.mark.parametrize("unit", ["Year", "Month", "Day", "hour"])
def test_the_periods_of_a_model_are_those_that_end_in_its_time(clock, unit):
    """The first and last period lie inside, those beside them outside, ends on the border inside."""
    clock = clock.on(0.0, unit)
    for start, stop in ((0.0, 40.0), (0.5, 33.3), tuple(clock.to_model([clock.origin - 3, clock.origin + 9]))):
        first, last = clock.within(start, stop)
        times = clock.to_model([first - 1, first, last, last + 1])
        assert times[0] < start - 1e-9 <= times[1]
        assert times[2] <= stop + 1e-9 < times[3]


def test_windows_take_whole_years_from_their_first_to_their_last_period():
    """A year that begins a window means its first month, one that ends it its last."""
    clock = Clock(word="month")
    assert clock.label(clock.read(2009, first=True)) == "2009-01"
    assert clock.label(clock.read(2009)) == "2009-12"
    assert clock.label(clock.read("2009-Q2")) == "2009-06"


def test_longer_stretches_end_and_begin_with_their_own_periods():
    """A month of days begins after the day that ends the month before, and a year is each twelfth month."""
    days, months = Clock(word="day"), Clock(word="month")
    for month in pd.period_range("2008-01", "2012-12", freq="M"):
        k = days.read(str(month))
        assert k - days.before(k, "month") == month.days_in_month
        assert days.label(k, "month") == str(month)
    ends = ends_of(months, months.read("2008-05"), months.read("2011-11"), "year", [])
    assert months.labels(ends) == ["2008-12", "2009-12", "2010-12"]
    assert months.labels(ends, "year") == ["2008", "2009", "2010"]
    assert ends_of(Clock(period=0.25), 0, 12, 4, [5.0]) == [1, 5, 9]


def test_decimals_are_rounded_to_a_period_and_no_further():
    """A month to two decimals is one; what lies between two is refused with both of them."""
    clock = Clock(period=1 / 12)
    months = [2009 + m / 12 for m in range(12)]
    assert [clock.read(round(month, 2)) for month in months] == [round(month * 12) for month in months]
    with pytest.raises(ValueError, match=r"lies between two periods, 2009 and 2009\.083333"):
        clock.read(2009.04)


@pytest.mark.parametrize(
    ("clock", "season", "name"),
    [
        (Clock(word="month"), 12, "month"), (Clock(word="day"), 1, "day"),
        (Clock(period=0.25).on(0, "Year"), 4, "quarter"),
        (Clock(period=1 / 52).on(0, "yr"), 52, "period"), (Clock().on(0, "Month"), 12, "month"),
        (Clock(period=3.0).on(0, "Month"), 4, "quarter"), (Clock().on(2000, "Year"), 1, "year"),
        (Clock(period=0.3).on(0, "Year"), 1, "period"), (Clock().on(0, "widget"), 1, "period"),
        (Clock(period=7.0).on(0, "Day"), 1, "week"),
    ],
)  # fmt: skip
def test_seasons_come_round_with_the_year(clock, season, name):
    """Periods that divide a year have a season; a period has the name of its length."""
    assert (clock.season, clock.name) == (season, name)


def test_a_model_whose_unit_is_unknown_takes_no_dates():
    """The message names what would do."""
    with pytest.raises(ValueError, match=r"give `unit` of \[time\]"):
        calendar_clock("month", "2009-03", 0.0, None).on(0, "fortnight")
    assert calendar_clock("month", "2009-03", 0.0, "month").on(0, "fortnight").to_model(24110) == 0.0


def test_documents_hold_dates_and_numbers_of_the_models_time():
    """What a document shows is read back as the same periods."""
    for clock in (Clock(word="month"), Clock(period=0.25), Clock(word="minute")):
        k = np.arange(24_100, 24_110)
        assert [clock.read(each) for each in clock.shown(k)] == k.tolist()


def test_units_of_time_are_known_in_the_spellings_of_models():
    """Plurals, short forms and Chinese."""
    assert [word_of(each) for each in ("Years", "yr", "月", " Mth ", "hrs", "Week", "parsec", "")] == [
        "year", "year", "month", "month", "hour", "week", None, None,
    ]  # fmt: skip
