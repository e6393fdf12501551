"""Times of a table beside those of a model."""

from __future__ import annotations

import numpy as np
import pytest

from rcsd.simulation.ir import TimeAxis
from rcsd.study.setup.tables import TableColumn, TimeKind, Times
from rcsd.study.setup.timing import StudyTime, study_time


def laid(
    kind: TimeKind, labels: list[str], positions: list[float], axis: TimeAxis, unit: str = ""
) -> tuple[StudyTime, list[float]]:
    """Lay a column beside an axis; return the clock, and the model's time of every cell."""
    times = Times(kind, np.array(positions), tuple(labels), unit)
    column = TableColumn("x", "", times, np.ones(len(labels)))
    found = study_time((column,), axis)
    return found, list(found.to_model(found.periods(times)))


def test_the_model_s_own_times() -> None:
    """Whole numbers inside the model's run need no table [time]."""
    found, at = laid("number", ["0", "1", "2"], [0, 1, 2], TimeAxis(0, 20, 0.25, 1, unit="Day"))
    assert not found.section
    assert at == [0, 1, 2]


def test_decimals() -> None:
    """The period of decimals is their common step."""
    found, at = laid("number", ["0.5", "1", "2.5"], [0.5, 1, 2.5], TimeAxis(0, 20, 0.25, 1, unit="Day"))
    assert found.section["period"] == 0.5
    assert at == [0.5, 1, 2.5]


def test_years_beside_a_model_that_begins_at_zero() -> None:
    """The first year of the table is the model's first time, and a year has the model's months."""
    found, at = laid("year", ["1990", "1991", "1993"], [1990, 1991, 1993], TimeAxis(0, 100, 1, 1, unit="Month"))
    assert at == [0, 12, 36]
    assert found.by_calendar
    assert found.doubts


def test_months_beside_calendar_years() -> None:
    """Months go with the decimals of a model that counts calendar years: the year ends where its number stands."""
    labels = ["2009-03", "2009-04", "2009-12"]
    _, at = laid("month", labels, [24098, 24099, 24107], TimeAxis(2000, 2020, 0.125, 1, unit="Year"))
    assert at == pytest.approx([2008 + 3 / 12, 2008 + 4 / 12, 2009])


def test_a_model_that_ends_too_early_is_run_on() -> None:
    """A final time before that of the data is moved beyond them, and this is said."""
    found, _ = laid("number", ["0", "10", "30"], [0, 10, 30], TimeAxis(0, 20, 0.25, 1, unit="Day"))
    assert found.section["stop"] >= 30
    assert any("ends at 20" in doubt for doubt in found.doubts)


def test_a_run_too_short_for_the_calendar_counts_rows() -> None:
    """Twenty years beside a run of fifty days: a year of the table is a unit of the model, and this is said."""
    labels = [str(year) for year in range(1900, 1921)]
    positions = [float(year) for year in range(1900, 1921)]
    found, at = laid("year", labels, positions, TimeAxis(0, 50, 0.125, 1, unit="Day"))
    assert at == list(range(21))
    assert any("far too short" in doubt for doubt in found.doubts)


def test_numbers_that_count_another_unit() -> None:
    """Weeks beside a model in days are seven days each, and this is said; steps finer than the model's are its own."""
    found, at = laid("number", ["0", "1", "3"], [0, 1, 3], TimeAxis(0, 50, 0.125, 1, unit="Day"), unit="week")
    assert at == [0, 7, 21]
    assert any("weeks" in doubt for doubt in found.doubts)
    found, at = laid("number", ["0", "1", "3"], [0, 1, 3], TimeAxis(0, 50, 1, 1, unit="Month"), unit="day")
    assert at == [0, 1, 3]
    assert any("does not fit" in doubt for doubt in found.doubts)
