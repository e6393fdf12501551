"""Scores by hand: which cells count, means, wins, coverage and tests."""

import numpy as np
import pytest

from rcsd.analysis.backtest.rolling import mean_change
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.calibration import origin_calibrations, scaled_measures, spread_factors
from rcsd.study.panel.scoring.cells import _came
from rcsd.study.panel.scoring.duels import duel
from rcsd.study.panel.scoring.measures import measured
from rcsd.study.panel.scoring.tables import city_median, group_score, origin_score, within
from tests.study.panel.scoring.made import cells_of_values, normal_quantiles

ORIGINS = (2005, 2006, 2007)
GROUP = Group("all", "2005-2007", ORIGINS, 2008, (2,))


def test_a_group_ends_at_its_last_year():
    """Until 2008: of 2007 the first year alone, of 2006 two."""
    mask = within(GROUP, 3, ORIGINS, (1, 3, 3))
    assert mask[0].tolist() == [[True, True, True], [True, True, False], [True, False, False]]
    assert within(GROUP, 1, ORIGINS, (1, 3, 3))[0].tolist() == [[True, False, False]] * 3


def test_errors_are_scaled_by_the_change_before_the_origin():
    """A median of 90 where 100 came, with a mean change of 5: two; 10 %; the other city is right."""
    cells = cells_of_values(np.full((2, 3, 2), 100.0), change=5.0)
    medians = np.full((2, 3, 2), 100.0)
    medians[0] = 90.0
    score = group_score("m", "gdp", "", measured(normal_quantiles(medians), cells), GROUP, 2, ORIGINS)
    assert score.n == 2 * 5
    assert score.mase == pytest.approx(1.0, rel=1e-5)
    assert score.mape == pytest.approx(5.0, rel=1e-5)  # the median of 10 and 0
    assert score.coverage == 1.0


def test_coverage_counts_what_lies_inside():
    """Spread 0.1: 100 lies outside the 90 % interval about 80 and inside that about 90."""
    cells = cells_of_values(np.full((2, 3, 1), 100.0))
    medians = np.stack([np.full((3, 1), 80.0), np.full((3, 1), 90.0)])
    found = origin_score("m", "gdp", "", measured(normal_quantiles(medians), cells), 0, 2005, 1, 2010)
    assert (found.n, found.coverage) == (2, 0.5)
    assert found.bias == pytest.approx(100 * np.mean(np.log([0.8, 0.9])), rel=1e-5)


def test_cells_that_are_not_scored_have_no_part():
    """NaN in what came: neither counted nor averaged."""
    came = np.full((2, 3, 2), 100.0)
    came[1] = np.nan
    cells = cells_of_values(came)
    score = group_score("m", "gdp", "", measured(normal_quantiles(np.full((2, 3, 2), 110.0)), cells), GROUP, 2, ORIGINS)
    assert score.n == 5
    assert score.mase == pytest.approx(10.0, rel=1e-5)


def test_wins_are_shares_of_city_origins_by_the_mean_over_the_horizon():
    """The model errs by 1 and 1, the rule by 0 and 3 in one city and by 0 and 1 in the other: a win in half."""
    cells = cells_of_values(np.full((2, 3, 2), 100.0))
    ours, theirs = np.full((2, 3, 2), 101.0), np.full((2, 3, 2), 100.0)
    theirs[0, :, 1], theirs[1, :, 1] = 103.0, 101.0
    group = Group("all", "", ORIGINS, 2010, (2,))
    both = [measured(normal_quantiles(medians), cells) for medians in (ours, theirs)]
    found = duel(*both, "rule", "gdp", group, 2, ORIGINS)
    assert (found.n, found.wins) == (6, 0.5)
    assert found.mase is None  # three origins are too few for a test


def test_the_median_is_over_cities_not_cells():
    """Cities with errors of 1, 2 and 9 in one, many and many cells."""
    percent = np.array([[[1.0, np.nan]], [[2.0, 2.0]], [[9.0, 9.0]]])
    assert city_median(percent, np.ones(percent.shape, dtype=bool)) == 2.0


def test_no_forecast_across_a_jump_is_scored():
    """A register that grows by half in 2007: from 2005 the year 2006 counts; from 2007 all does."""
    years = np.arange(2004.0, 2010)
    values = np.array([100, 101, 102, 153, 154, 155.0])
    due = np.array(ORIGINS)[:, None] + np.arange(1, 3)
    found = _came(years, values, np.ones(6, dtype=bool), due, np.log(1.03), ORIGINS)
    assert np.isfinite(found).tolist() == [[True, False], [False, False], [True, True]]
    assert np.isfinite(_came(years, values, np.ones(6, dtype=bool), due, np.inf, ORIGINS)).all()


def test_a_flat_series_has_no_scale():
    """Nor has one cell."""
    years = np.array([2000.0, 2001.0, 2002.0])
    assert mean_change(years, np.array([1.0, 3.0, 2.0])) == 1.5
    assert np.isnan(mean_change(years[:2], np.array([2.0, 2.0])))
    assert np.isnan(mean_change(years[:1], np.array([2.0])))


def test_a_change_over_a_gap_is_that_of_its_years():
    """A line of 2 a year, two of whose cells are missing."""
    years = np.array([2000.0, 2001.0, 2004.0, 2005.0])
    assert mean_change(years, 2 * years) == 2


def test_scaling_learns_from_earlier_origins_and_is_one_at_the_first():
    """Intervals that are three times too narrow are widened once that is known, and hold what they promise."""
    rng = np.random.default_rng(4)
    origins = tuple(range(2005, 2015))
    came = 100 * np.exp(0.3 * rng.standard_normal((200, 10, 1)))
    cells = cells_of_values(came, origins=origins)
    quantiles = normal_quantiles(np.full(came.shape, 100.0), sd=0.1)
    factors = spread_factors(quantiles, cells)
    assert factors[2005] == 1.0
    assert 2 < factors[2007] < factors[2014] == pytest.approx(3, abs=0.3)
    later = came.copy()
    later[:, 5:] = 1e4
    assert {
        o: f for o, f in spread_factors(quantiles, cells_of_values(later, origins=origins)).items() if o <= 2010
    } == {o: f for o, f in factors.items() if o <= 2010}
    after = scaled_measures(quantiles, cells, factors)
    found = origin_calibrations("gdp", measured(quantiles, cells), after, factors, 1, 2030)
    assert found[-1].before.share < 0.5
    assert found[-1].after.share == pytest.approx(0.9, abs=0.05)
