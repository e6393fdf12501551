"""Forecasts of national growth against hand-worked numbers, closed forms and the years that came."""

import numpy as np
import pytest

from rcsd.analysis.forecasting import draw_paths, mix
from rcsd.analysis.forecasting.driver import damped, frozen, increments
from rcsd.errors import SeriesError

# Difference of logarithms of real GDP at 2000 prices, summed over the prefecture-level cities with both years (272 to
# 2013, 268 after), from the index of real GDP in the China City Statistical Yearbook, per cent.
TO_2009 = (9.70, 9.80, 10.85, 12.08, 13.33, 12.80, 13.19, 13.94, 11.72, 11.26)
TO_2019 = (12.50, 11.39, 10.11, 9.49, 8.17, 7.61, 7.08, 7.09, 6.67, 6.19)
GROWTH = {year: value / 100 for year, value in enumerate((*TO_2009, *TO_2019), start=2000)}


def test_the_trend_of_growth_fades():
    """From 0.12 to 0.09 in three years is -0.01 a year, of which 0.8, 0.64 and 0.512 are added."""
    assert damped({2007: 0.12, 2010: 0.09}, 3) == pytest.approx([0.082, 0.0756, 0.07048])


def test_constant_increments_sum_to_a_line():
    """Growth of ln 2 doubles the level, so a half of it is added each year: 1, 1.5, 2, 2.5."""
    assert np.exp(np.cumsum(increments({2010: np.log(2)}, 3))) == pytest.approx([1.5, 2.0, 2.5])


def test_the_mix_lies_half_way():
    """Both halves of a steady growth of 0.1: 0.1 itself, and ln of 1.0952 and of 1.1903/1.0952."""
    share = 1 - np.exp(-0.1)
    halves = [(0.1 + np.log(1 + share)) / 2, (0.1 + np.log((1 + 2 * share) / (1 + share))) / 2]
    assert mix({2007: 0.1, 2010: 0.1}, 2) == pytest.approx(halves)


@pytest.mark.parametrize(("rule", "points"), [(mix, 2.9), (damped, 4.9), (increments, 4.2), (frozen, 5.7)])
def test_errors_of_cumulative_growth_over_one_to_six_years(rule, points):
    """Origins 2005 to 2013, mean over the years ahead: the mix errs half as much as frozen growth."""
    errors = []
    for origin in range(2005, 2014):
        path = np.cumsum(rule({year: growth for year, growth in GROWTH.items() if year <= origin}, 6))
        came = np.cumsum([GROWTH[origin + h] for h in range(1, 7)])
        errors.append(100 * np.abs(path - came))
    assert np.mean(errors) == pytest.approx(points, abs=0.06)


def test_draws_spread_as_a_random_walk_about_the_path():
    """The variance of year h is h times that of the first, two years covary as the earlier varies (20 seeds)."""
    path, sd = np.array([0.1, 0.09, 0.08]), 0.01
    sample = np.concatenate([draw_paths(path, 2000, sd=sd, rng=np.random.default_rng(seed)) for seed in range(20)])
    tolerance = 4 * sd * np.sqrt(3 / 40_000)
    assert sample.mean(axis=0) == pytest.approx(path, abs=tolerance)
    expected = sd**2 * np.minimum.outer([1, 2, 3], [1, 2, 3])
    assert np.cov(sample.T) == pytest.approx(expected, abs=4 * sd**2 * 3 * np.sqrt(2 / 40_000))


def test_draws_repeat_with_their_generator():
    """The same seed gives the same courses, another one others."""
    first, again, other = (draw_paths(np.zeros(4), 3, rng=np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


def test_missing_years_are_named():
    """The trend needs growth three years before the last."""
    with pytest.raises(SeriesError, match="2007"):
        mix({2008: 0.1, 2009: 0.1, 2010: 0.1}, 1)
    with pytest.raises(SeriesError, match="no growth"):
        frozen({}, 1)


def test_a_fall_that_would_use_the_level_up_is_refused():
    """A loss of half of the level is all of what is left a year later: ln 0.5 falls by as much as remains."""
    with pytest.raises(SeriesError, match="fewer years"):
        increments({2010: np.log(0.5)}, 1)
