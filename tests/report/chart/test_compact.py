"""A chart as the page's script reads it."""

import json
from datetime import datetime

import numpy as np
import pytest

from rcsd.analysis.clock import Clock
from rcsd.analysis.clock.dates import ordinal_of
from rcsd.report.chart import Chart, Line, Panel, linear, logarithmic, time
from rcsd.report.chart.compact import as_script, compact
from rcsd.report.spoken import dated_by
from tests.report.chart.conftest import HOSTILE, everything, rising


def over_time(clock: Clock, first: int, last: int) -> dict:
    """Return the horizontal axis, and the places, of a line over some periods of a clock."""
    periods = np.arange(first, last + 1, dtype=np.float64)
    with dated_by(clock):
        chart = Chart("line", (Panel((Line(periods, periods, "line"),), time(first, last)),), "A line.", "A line.")
    found = compact(chart)
    return found["panels"][0]["x"] | {"places": found["arrays"][found["panels"][0]["layers"][0]["x"]]}


def test_nothing_in_a_chart_ends_the_script_that_holds_it():
    """Names with tags, comments and JavaScript's own ends of lines stay inside, and are read back as they were."""
    text = str(as_script(everything()))
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["alt"] == HOSTILE
    assert json.loads(text)["panels"][0]["y"]["names"][0] == HOSTILE


def test_equal_arrays_stand_once():
    """Band and line over the same years name one array; what is no number is null."""
    found = compact(rising())
    band, line = found["panels"][0]["layers"][1:3]
    assert band["x"] == line["x"]
    assert found["arrays"][line["x"]] == [2000, 2001, 2002]
    assert found["arrays"][band["high"]] == [1.5, 2.5, None]


def test_an_end_that_is_not_given_is_beyond_the_data():
    """A twentieth of 2000 to 2002 is left on either side; an end that is given stays."""
    assert compact(rising())["panels"][0]["x"]["low"] == pytest.approx(1999.9)
    panel = Panel((Line([0.0, 10.0], [1.0, 100.0], "line"),), linear(low=0.0), logarithmic())
    found = compact(Chart("line", (panel,), "A line.", "A line."))["panels"][0]
    assert (found["x"]["low"], found["x"]["high"]) == (0, pytest.approx(10.5))
    # on a logarithmic axis of two decades the share is a tenth of a decade
    assert (found["y"]["low"], found["y"]["high"]) == (pytest.approx(10**-0.1), pytest.approx(10**2.1))


def test_periods_that_are_numbers_are_told_in_the_models_time():
    """Seven days to a week from day 3 on: weeks 0 to 2 are days 3 to 17."""
    found = over_time(Clock(period=7.0, base=3.0, unit="day"), 0, 2)
    assert found["places"] == [3, 10, 17]
    assert (found["low"], found["high"]) == (3, 17)


def test_periods_by_the_calendar_have_their_names_and_ticks_from_coarse_to_fine():
    """Three years of months: ticks at their beginnings, then at quarters, then every month; each month has its name."""
    first = ordinal_of("month", datetime(2020, 1, 1))
    found = over_time(Clock(word="month"), first, first + 35)
    counts = [len(level) for level in found["levels"]]
    assert counts == sorted(counts)
    assert {3, 12, 36} <= set(counts)
    assert list(found["labels"].values())[:3] == ["2020-01", "2020-02", "2020-03"]
    years = next(level for level in found["levels"] if len(level) == 3)
    assert [label for _, label in years] == ["2020", "2021", "2022"]


def test_columns_that_do_not_fit_are_refused():
    """Three places and two values make no line; the message names the line and both lengths."""
    with pytest.raises(ValueError, match=r"'run'.*3, 2"):
        Line([1.0, 2.0, 3.0], [1.0, 2.0], "run")


def test_times_far_from_zero_are_told_apart():
    """Eighths of a day in the year 1978, some 722,000 days from the calendar's beginning, keep their eighths."""
    days = 722_117 + np.arange(9) / 8
    found = compact(Chart("line", (Panel((Line(days, days, "line"),)),), "A line.", "A line."))
    assert found["arrays"] == [days.tolist()]
