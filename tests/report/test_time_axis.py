"""Axes, words and windows of a page show periods as the study dates them."""

from dataclasses import replace

import pytest
from matplotlib.figure import Figure

from rcsd.analysis.clock import IDENTITY, Clock
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.spoken import span, speaking_of, when


def ticks(result, clock: Clock, low: object, high: object) -> list[str]:
    """Return the labels of an axis from one time to another, on a page of a study with this clock."""
    axes = Figure().add_subplot()
    axes.set_xlim(clock.read(low), clock.read(high))
    with speaking_of([replace(result, info=replace(result.info, clock=clock))]):
        time_along(axes)
        return [label.get_text() for label in axes.get_xticklabels()]


@pytest.mark.parametrize(
    ("clock", "low", "high", "labels"),
    [
        (Clock(word="month"), "2009-03", "2013-02", ["2010", "2011", "2012", "2013"]),
        (Clock(word="month"), "2009-11", "2010-03", ["2009-11", "2009-12", "2010", "2010-02", "2010-03"]),
        (Clock(word="quarter"), "1950-Q1", "2010-Q4", ["1950", "1960", "1970", "1980", "1990", "2000", "2010"]),
        (Clock(word="day"), "2009-01-30", "2009-05-02", ["2009-02-01", "2009-03-01", "2009-04-01", "2009-05-01"]),
        (Clock(word="minute"), "2009-01-30 10:01", "2009-01-30 10:14", ["2009-01-30 10:05", "2009-01-30 10:10"]),
        (Clock(period=0.25), 2009, 2011, ["2009", "2009.5", "2010", "2010.5", "2011"]),
    ],
)  # fmt: skip
def test_ticks_stand_where_people_look_for_them(result, clock, low, high, labels):
    """Beginnings of years, months and days, or round times of the model; never more than seven dates."""
    assert [each for each in ticks(result, clock, low, high) if each] == labels


def test_words_of_a_page_date_its_periods(result):
    """Inside a page the study's clock, outside of it whole years; windows of dates are joined by a word."""
    clock = Clock(word="month")
    with speaking_of([replace(result, info=replace(result.info, clock=clock))]):
        assert (when(24110), span(24110, 24119), span(24110, 24110)) == ("2009-03", "2009-03 to 2009-12", "2009-03")
    assert (when(2009), span(2009, 2010)) == ("2009", "2009–2010")
    assert IDENTITY.identity
