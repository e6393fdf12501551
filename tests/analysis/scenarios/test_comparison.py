"""Paired comparisons have the shares and bands that a linear model gives by hand."""

import numpy as np
import pytest
from scipy.stats import norm

from rcsd.analysis.scenarios import compare


@pytest.mark.parametrize("seed", range(5))
def test_the_share_of_a_linear_model_is_the_normal_probability(seed: int) -> None:
    """Y = a + b u with b ~ N(0.5, 1): u = 1 beats u = 0 where b > 0, in 69.1 % of the draws, however a scatters."""
    rng = np.random.default_rng(seed)
    a, b = 100 * rng.standard_normal((200_000, 1)), rng.normal(0.5, 1.0, (200_000, 1))
    found = compare(a + b, a, better="higher", measure="absolute")
    assert found.share_better[0] == pytest.approx(norm.cdf(0.5), abs=3e-3)
    low, median, high = norm.ppf([0.05, 0.5, 0.95], 0.5, 1.0)
    np.testing.assert_allclose([found.low[0], found.median[0], found.high[0]], [low, median, high], atol=0.02)
    assert compare(a + b, a, better="lower", measure="absolute").share_better[0] == pytest.approx(
        1 - norm.cdf(0.5), abs=3e-3
    )


@pytest.mark.parametrize("seed", range(10))
def test_a_factor_common_to_both_cancels_in_per_cent(seed: int) -> None:
    """A residual multiplies both runs of a draw: the difference in per cent is the policy's alone."""
    common = np.random.default_rng(seed).lognormal(0, 1, (1000, 3))
    found = compare(1.05 * common, common, better="higher", measure="percent")
    np.testing.assert_allclose([found.low, found.median, found.high], 5.0, rtol=1e-10)
    assert found.share_better.tolist() == [1, 1, 1]


def test_nearer_zero_counts_distance_and_equal_draws_count_for_neither() -> None:
    """-0.1 is nearer to zero than 0.2; a draw without a difference is not better."""
    found = compare(np.array([[-0.1], [0.3]]), np.array([[0.2], [0.3]]), better="nearer zero", measure="absolute")
    assert found.share_better.tolist() == [0.5]


def test_failed_runs_leave_their_pair_out() -> None:
    """A draw counts only where both runs ended well, and none at all gives no number."""
    mine, other = np.array([[2.0], [np.nan], [2.0]]), np.array([[1.0], [1.0], [np.nan]])
    found = compare(mine, other, better="higher", measure="percent")
    assert (found.n_draws, found.median.tolist()) == (1, [100.0])
    nothing = compare(mine[1:2], other[1:2], better="higher", measure="percent")
    assert nothing.n_draws == 0
    assert np.isnan(nothing.median).all()
