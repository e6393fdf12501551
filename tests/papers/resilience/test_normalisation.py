"""Indicators on one scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import ParameterError
from rcsd.papers.resilience.index.normalisation import (
    NORMALISATIONS,
    Bounds,
    min_max,
    rank_scale,
    vector_scale,
    z_score,
)

COLUMNS = st.lists(st.integers(-1000, 1000), min_size=2, max_size=12).map(lambda v: np.array(v, dtype=float))


def test_min_max_is_equations_4_and_5():
    """Worked by hand: 10, 20, 40 between 10 and 40."""
    np.testing.assert_allclose(min_max([10, 20, 40]), [0, 1 / 3, 1])
    np.testing.assert_allclose(min_max([10, 20, 40], "lower"), [1, 2 / 3, 0])


def test_the_other_scales_by_hand():
    """z: mean 3, deviation sqrt(2); vector: 3-4-5; ranks with a tie."""
    np.testing.assert_allclose(z_score([1, 2, 3, 4, 5]), np.array([-2, -1, 0, 1, 2]) / np.sqrt(2))
    np.testing.assert_allclose(vector_scale([3, 4]), [0.6, 0.8])
    np.testing.assert_allclose(vector_scale([3, 4], "lower"), [-0.6, -0.8])
    np.testing.assert_allclose(rank_scale([5, 1, 1, 9]), [2 / 3, 1 / 6, 1 / 6, 1])


@pytest.mark.parametrize(("scale", "neutral"), [("min-max", 0.5), ("rank", 0.5), ("z-score", 0.0)])
def test_a_constant_column_orders_nothing(scale, neutral):
    """It gets the middle of its scale, what is missing stays missing."""
    found = NORMALISATIONS[scale](np.array([0.1, np.nan, 0.1]), "higher")
    np.testing.assert_array_equal(found, [neutral, np.nan, neutral])


@pytest.mark.parametrize(("scale", "neutral"), [("min-max", 0.5), ("rank", 0.5), ("z-score", 0.0)])
def test_a_column_that_differs_by_rounding_is_constant(scale, neutral):
    """0.1 + 0.2 is 0.3: its last digit is no best and no worst."""
    found = NORMALISATIONS[scale](np.array([0.3, 0.1 + 0.2, np.nan]), "higher")
    np.testing.assert_array_equal(found, [neutral, neutral, np.nan])


def test_a_column_of_zeros_stays_zero_as_a_vector():
    """No division by a length of zero."""
    np.testing.assert_array_equal(vector_scale([0, 0]), [0, 0])


@pytest.mark.parametrize("scale", NORMALISATIONS)
def test_an_empty_column_stays_empty(scale):
    """All missing: NaN, and no warning."""
    assert np.isnan(NORMALISATIONS[scale](np.array([np.nan, np.nan]), "lower")).all()


@given(COLUMNS, st.floats(0.1, 50), st.floats(-50, 50))
def test_order_and_units_survive(column, factor, shift):
    """Every scale keeps the order; all but the vector's ignore the unit and its zero; 'lower' turns it round."""
    for name, scale in NORMALISATIONS.items():
        up, down = scale(column, "higher"), scale(column, "lower")
        bigger = column[:, None] > column[None, :]
        assert (up[:, None] >= up[None, :])[bigger].all()
        assert (down[:, None] <= down[None, :])[bigger].all()
        if name != "vector":
            np.testing.assert_allclose(scale(factor * column + shift, "higher"), up, atol=1e-7)
    np.testing.assert_allclose(min_max(column) + min_max(column, "lower"), np.ones(column.size), atol=1e-12)


def test_later_values_may_leave_the_bounds():
    """The scale of 2 to 4 puts 5 at 1.5, and at -0.5 where lower is better."""
    assert Bounds.of([2, 4], "higher").apply(5.0) == 1.5
    assert Bounds.of([2, 4], "lower").apply(5.0) == -0.5


def test_what_cannot_be_scaled_is_refused():
    """A direction that is none, and an infinite value."""
    with pytest.raises(ParameterError, match="'up' is unknown: say 'higher' or 'lower'"):
        min_max([1, 2], "up")
    with pytest.raises(ParameterError, match="infinite"):
        min_max([1, np.inf])
