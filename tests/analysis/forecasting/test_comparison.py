"""Means and tests over a panel against t tests of cluster means, statsmodels and their own size and power."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import ttest_1samp

from rcsd.analysis.forecasting import clustered_mean, diebold_mariano, encompassing, relative_skill
from rcsd.errors import SeriesError

ORIGINS = np.repeat(np.arange(2005, 2014), 30)


def panel(seed, shock=1.0):
    """Scores of 30 cells at nine origins that share a shock."""
    rng = np.random.default_rng(seed)
    return np.repeat(rng.normal(0, shock, 9), 30) + rng.normal(0, 1, 270)


def test_clusters_of_one_size_make_the_t_test_of_their_means():
    """Mean, error and p-value are those of nine numbers, not of 270."""
    first, second = panel(1), panel(2)
    found = diebold_mariano(first, second, ORIGINS)
    theirs = ttest_1samp((first - second).reshape(9, 30).mean(axis=1), 0)
    assert found.statistic == pytest.approx(theirs.statistic)
    assert found.p_value == pytest.approx(theirs.pvalue)
    assert (found.n_cells, found.n_clusters) == (270, 9)


def test_clusters_of_unequal_sizes_have_statsmodels_errors():
    """Its cluster-robust covariance with the same correction for few clusters."""
    rng = np.random.default_rng(3)
    keep = rng.random(270) < 0.6
    values, origins = panel(4)[keep], ORIGINS[keep]
    fitted = sm.OLS(values, np.ones(values.size)).fit(
        cov_type="cluster", cov_kwds={"groups": origins, "df_correction": False, "use_correction": False}
    )
    found = clustered_mean(values, origins)
    assert found.value == pytest.approx(fitted.params[0])
    assert found.error == pytest.approx(fitted.bse[0] * np.sqrt(9 / 8))


def test_neighbouring_origins_enter_with_bartletts_weights():
    """Cluster totals 1, 2, -3 about their mean: 14 plus 2 (1/2) (1*2 - 2*3) is 10, times 3/2, over 3 squared."""
    found = clustered_mean([1.0, 2.0, -3.0], [2005, 2006, 2007], n_lags=1)
    assert found.error == pytest.approx(np.sqrt(10 * 1.5) / 3)
    apart = clustered_mean([1.0, 2.0, -3.0], [2005, 2007, 2009], n_lags=1)
    assert apart.error == pytest.approx(np.sqrt(14 * 1.5) / 3)


def test_the_test_has_its_size_and_its_power():
    """Of 1000 panels without a difference 5 % are rejected at 5 %; with one of 2 shocks nearly all."""
    rejected, found = 0, 0
    for seed in range(1000):
        difference = panel(seed)
        rejected += diebold_mariano(difference, np.zeros(270), ORIGINS).p_value < 0.05
        found += diebold_mariano(difference + 2, np.zeros(270), ORIGINS).p_value < 0.05
    assert 0.03 < rejected / 1000 < 0.07
    assert found / 1000 > 0.95


def test_a_better_forecast_has_a_negative_difference():
    """The first less the second, NaN left out."""
    first = np.full(270, 1.0)
    second = panel(5, shock=0.1) + 3
    second[:10] = np.nan
    found = diebold_mariano(first, second, ORIGINS)
    assert found.estimate == pytest.approx(1 - np.nanmean(second))
    assert found.n_cells == 260
    assert found.p_value < 0.001


def test_encompassing_finds_the_best_weight():
    """Errors with sd 1 and 2: the best combination gives the second 1/(1 + 4) (Bates & Granger 1969)."""
    weights, rejected = [], 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        one, two = rng.normal(0, 1, 270), rng.normal(0, 2, 270)
        found = encompassing(one, two, ORIGINS)
        weights.append(found.estimate)
        rejected += found.p_value < 0.05
    assert np.mean(weights) == pytest.approx(1 / (1 + 4), abs=0.01)
    assert rejected / 200 > 0.9


def test_a_forecast_that_adds_noise_only_is_encompassed():
    """The second is the first and noise: its weight is zero in 95 % of 400 panels."""
    rejected = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        one = rng.normal(0, 1, 270)
        rejected += encompassing(one, one + rng.normal(0, 1, 270), ORIGINS).p_value < 0.05
    assert rejected / 400 < 0.09


def test_ten_points_are_no_panel():
    """Too few cells and too few origins are both refused, in words."""
    with pytest.raises(SeriesError, match="10 cells of 10 origins"):
        diebold_mariano(np.ones(10), np.zeros(10), np.arange(10))
    with pytest.raises(SeriesError, match="90 cells of 3 origins"):
        encompassing(np.ones(90), np.zeros(90), np.repeat([1, 2, 3], 30))
    with pytest.raises(SeriesError, match="the same in every cell"):
        encompassing(np.ones(270), np.ones(270), ORIGINS)
    with pytest.raises(SeriesError, match="one length"):
        clustered_mean([1.0, 2.0], [2005])


def test_one_origin_has_a_mean_and_no_error():
    """Nothing is known of how much origins differ."""
    found = clustered_mean([1.0, 3.0], [2005, 2005])
    assert found.value == 2
    assert np.isnan(found.error)
    assert clustered_mean([np.nan], [2005]).n_cells == 0


def test_relative_skill_on_common_cells_is_the_ratio_of_means():
    """With all cells everywhere, pairwise comparison says what means say."""
    scores = {"a": np.array([1.0, 3.0]), "b": np.array([2.0, 2.0]), "c": np.array([4.0, 4.0])}
    assert relative_skill(scores, "b") == pytest.approx({"a": 1, "b": 1, "c": 2})


def test_relative_skill_forgives_hard_cells():
    """A forecast that has only the hard cell, where it halves the other's error, is not made to look worse by it."""
    scores = {"a": np.array([1.0, 10.0]), "b": np.array([np.nan, 5.0])}
    assert relative_skill(scores, "a") == pytest.approx({"a": 1, "b": 0.5})
    with pytest.raises(SeriesError, match="none of the forecasts"):
        relative_skill(scores, "c")
    with pytest.raises(SeriesError, match="in common"):
        relative_skill({"a": np.array([1.0, np.nan]), "b": np.array([np.nan, 1.0])}, "a")
