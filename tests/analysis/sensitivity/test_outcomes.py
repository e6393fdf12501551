"""Numbers derived from trajectories, on paths where they are known."""

import numpy as np
import pytest

from rcsd.analysis.sensitivity import FirstCrossing, Peak, PeakYear, SettlingYear, ValueAt
from rcsd.errors import ParameterError
from rcsd.papers.coevolution import life_cycle_stages

TIMES = np.arange(2000.0, 2006.0)


def of(outcome, *path):
    """Work out one path."""
    return outcome.of(TIMES, np.array([path], dtype=float))[0]


def test_value_peak_and_its_year():
    """Of 1, 4, 9, 9, 2, 0."""
    path = (1, 4, 9, 9, 2, 0)
    assert of(ValueAt("y", 2001), *path) == 4
    assert of(Peak("y"), *path) == 9
    assert of(PeakYear("y"), *path) == 2002


@pytest.mark.parametrize(
    ("rising", "path", "year"),
    [
        (True, (-1, -1, 1, 0, -5, 3), 2001.5),
        (True, (2, 1, -1, 0, 1, 1), 2000),
        (True, (-3, -2, -1, -1, -1, 0), 2005),
        (True, (-3, -2, -1, -1, -1, -1), np.nan),
        (False, (3, 1, -3, 0, 0, 0), 2001.25),
        (False, (-3, 1, -3, 0, 0, 0), 2000),
        (False, (3, 3, 3, 3, 3, 1), np.nan),
    ],
)
def test_the_first_crossing_lies_between_saved_times(rising, path, year):
    """Placed by a straight line; the first time for a path that begins on the other side."""
    assert of(FirstCrossing("y", 0.0, rising=rising), *path) == pytest.approx(year, nan_ok=True)


@pytest.mark.parametrize(
    ("path", "year"),
    [
        ((5, 3, 1, 0, 0, 0), 2002),
        ((5, 3, 0, 0, 0, 0), 2001 + 2 / 3),
        ((-5, -3, 0, 0, 0, 0), 2001 + 2 / 3),
        ((0, 0, 3, -1, 1, 0), 2002.5),
        ((0, 0, -3, 3, -0.5, 0), 2003 + 2 / 3.5),
        ((0, 0.5, -1, 1, 0, 0), 2000),
        ((0, 0, 0, 0, 0, 2), np.nan),
    ],
)
def test_settling_is_for_good(path, year):
    """From when on |y| <= 1 to the end, from above or below."""
    assert of(SettlingYear("y", 0.0, 1.0), *path) == pytest.approx(year, nan_ok=True)


def test_the_life_cycle_is_read_off_alike():
    """Growth ends at the crossing, regeneration begins at the settling, as the study's life cycle has them."""
    times = np.arange(2000.0, 2031.0)
    path = -np.exp(-0.12 * (times - 2000)) * np.cos(0.28 * (times - 2000))
    spans = {span.stage: span for span in life_cycle_stages(times, path, band=0.05)}
    crossing = FirstCrossing("x", 0.0).of(times, path[None])[0]
    settling = SettlingYear("x", 0.0, 0.05).of(times, path[None])[0]
    assert crossing == pytest.approx(spans["growth"].last_year)
    assert settling == pytest.approx(spans["regeneration"].first_year)


def test_bad_outcomes_are_refused():
    """A band without a width, and a year that is not saved."""
    with pytest.raises(ParameterError, match="wider than 0"):
        SettlingYear("y", 0.0, 0.0)
    with pytest.raises(ParameterError, match="not saved"):
        of(ValueAt("y", 1999), *range(6))


def test_a_plateau_has_no_peak_in_its_last_digits():
    """0.3 and 0.1 + 0.2 are one height."""
    assert of(PeakYear("y"), 0, 0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2, 0) == 2001
