"""Times of outcomes in documents are the model's, whatever periods a study counts."""

import math

import pytest

from rcsd.analysis.clock import IDENTITY, Clock
from rcsd.analysis.sensitivity import OutcomeIndices


def outcome(mean: float, *, is_time: bool = True, never: float | None = None) -> OutcomeIndices:
    """Make an outcome with this mean and a standard deviation of two periods."""
    return OutcomeIndices("peak", "y", "", is_time, 0, never, mean, 2.0, ())


MONTHS = Clock(word="month", origin=24109, at=2009.0, unit="year")
"""Period 24109 ends where the model's time is 2009."""


def test_a_mean_between_two_months_is_a_share_of_a_year() -> None:
    """Six and a half months after the origin; a spread of two months."""
    mean, sd, never = outcome(24109 + 6.5, never=24109 + 12).told(MONTHS)
    assert mean == pytest.approx(2009 + 6.5 / 12, rel=1e-12)
    assert sd == pytest.approx(2 / 12, rel=1e-9)
    assert never == pytest.approx(2010.0, rel=1e-12)


def test_periods_of_a_number_are_stretched() -> None:
    """Half a unit each, from ten on."""
    assert outcome(3.5).told(Clock(period=0.5, base=10.0)) == pytest.approx((11.75, 1.0, None))


def test_what_is_no_time_and_what_is_unknown_stay() -> None:
    """So do the times of a study that counts the model's own units."""
    assert outcome(5.0, is_time=False).told(MONTHS) == (5.0, 2.0, None)
    assert math.isnan(outcome(math.nan).told(MONTHS)[0])
    assert outcome(2007.25).told(IDENTITY) == (2007.25, 2.0, None)
