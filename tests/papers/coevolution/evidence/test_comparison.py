"""Means of scores and their errors."""

import pytest

from rcsd.papers.coevolution.evidence.comparison import scores
from rcsd.papers.coevolution.evidence.forecast import Cell


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
