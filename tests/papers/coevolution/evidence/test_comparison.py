"""Means of scores and their errors."""

import numpy as np
import pytest

from rcsd.papers.coevolution.evidence.comparison import clustered_error, scores
from rcsd.papers.coevolution.evidence.forecast import Cell


def test_an_error_clustered_one_by_one_is_the_usual_one():
    """With a cluster for each value it is the standard error of a mean."""
    gains = np.random.default_rng(1).normal(size=50)
    assert clustered_error(gains, np.arange(50)) == pytest.approx(gains.std(ddof=1) / np.sqrt(50))


def test_copies_within_a_cluster_add_nothing():
    """Ten copies of five values are as uncertain as the five."""
    gains = np.random.default_rng(2).normal(size=5)
    copied = clustered_error(np.repeat(gains, 10), np.repeat(np.arange(5), 10))
    assert copied == pytest.approx(gains.std(ddof=1) / np.sqrt(5))
    assert np.isnan(clustered_error(gains, np.zeros(5)))


def test_gains_are_of_the_same_forecasts():
    """A forecast that the random walk has not made is not counted; positive is better."""
    cells = [
        Cell("walk", "p", "a", 2007, 1, 0.30, -1.0, 0.0),
        Cell("walk", "p", "a", 2008, 1, 0.20, -2.0, 0.0),
        Cell("trend", "p", "a", 2007, 1, 0.10, -0.5, 0.0),
        Cell("trend", "p", "a", 2008, 1, 0.20, -1.0, 0.0),
        Cell("trend", "p", "b", 2008, 1, 9.00, -9.0, 0.0),
    ]
    walk, trend = scores(cells)
    assert (walk.crps_gain, walk.log_gain) == (0, 0)
    assert (trend.n, trend.n_origins) == (2, 2)
    assert (trend.crps, trend.log_score) == pytest.approx((0.15, -0.75))
    assert (trend.crps_gain, trend.log_gain) == pytest.approx((0.1, 0.75))
    assert trend.crps_error == pytest.approx(0.1)
