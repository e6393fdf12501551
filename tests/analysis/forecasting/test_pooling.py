"""The average of distributions against exact mixtures, and weights that look at nothing after the origin."""

import numpy as np
import pytest
from scipy.stats import norm

from rcsd.analysis.forecasting.levels import HIGH, LEVELS, LOW, MIDDLE
from rcsd.analysis.forecasting.pooling import learned_weights, linear_pool

NORMAL = norm.ppf(LEVELS)


@pytest.mark.parametrize(("apart", "weight"), [(0.5, 0.5), (3.0, 0.3), (3.0, 0.9)])
def test_the_pool_is_the_mixture(apart, weight):
    """Its distribution function reaches each level, within what lies beyond the outermost kept quantiles."""
    pooled = linear_pool(np.stack([NORMAL, apart + NORMAL]), [1 - weight, weight])
    reached = (1 - weight) * norm.cdf(pooled) + weight * norm.cdf(pooled - apart)
    np.testing.assert_allclose(reached, LEVELS, atol=5e-3)


def test_equal_models_make_a_pool_of_themselves_and_disagreement_widens_it():
    """The mean of quantiles would be as narrow as its parts; the mixture is wider."""
    same = linear_pool(np.stack([NORMAL, NORMAL, NORMAL]), [0.2, 0.3, 0.5])
    np.testing.assert_allclose(same, NORMAL, atol=1e-12)
    apart = linear_pool(np.stack([NORMAL - 2, NORMAL + 2]), [0.5, 0.5])
    assert apart[HIGH] - apart[LOW] > 1.7 * (NORMAL[HIGH] - NORMAL[LOW])


def test_a_model_without_a_cell_has_no_part_in_it():
    """Weights are scaled to those that are there; no model at all leaves NaN."""
    models = np.stack(
        [np.stack([NORMAL, NORMAL, NORMAL + np.nan]), np.stack([NORMAL + 5, NORMAL + np.nan, NORMAL + np.nan])]
    )
    pooled = linear_pool(models, [0.1, 0.9])
    np.testing.assert_allclose(pooled[1], NORMAL)
    assert np.isnan(pooled[2]).all()
    assert pooled[0, MIDDLE] > 4


def test_weights_are_equal_before_anything_is_known_and_bayes_rule_after():
    """An origin whose known horizons score log 2 more on average doubles the odds, worked by hand."""
    scores = np.zeros((2, 3, 2))
    scores[1] = [np.log(2) - 0.5, np.log(2) + 0.5]
    scores[1, 1] = np.log(2)
    origins = [2005, 2006, 2007]
    assert learned_weights(scores, origins, 2005).tolist() == [0.5, 0.5]
    # known in 2006: 2005 + 1; in 2007: 2005 + 1 and + 2, which score log 2 on average, and 2006 + 1
    odds = 2 * np.exp(-0.5)
    np.testing.assert_allclose(learned_weights(scores, origins, 2006), [1 / (1 + odds), odds / (1 + odds)])
    np.testing.assert_allclose(learned_weights(scores, origins, 2007), [1 / 5, 4 / 5])
    np.testing.assert_allclose(learned_weights(scores, origins, 2007, temper=1 / 2), [1 / 3, 2 / 3])


def test_no_score_of_a_later_year_moves_a_weight():
    """Whatever stands where the year lies after the origin, or the origin is not an earlier one."""
    rng = np.random.default_rng(0)
    scores, origins = rng.normal(size=(3, 5, 4)), np.arange(2005, 2010)
    for origin in range(2005, 2012):
        spoilt = scores.copy()
        due = origins[:, None] + np.arange(1, 5)
        spoilt[:, due > origin] = 1e6
        np.testing.assert_array_equal(
            learned_weights(spoilt, origins, origin), learned_weights(scores, origins, origin)
        )


def test_a_year_that_one_model_lacks_counts_for_none():
    """Else the model that skips hard years would gain."""
    scores = np.array([[[np.nan, -1.0]], [[-50.0, -1.0]]])
    assert learned_weights(scores, [2005], 2010).tolist() == [0.5, 0.5]
