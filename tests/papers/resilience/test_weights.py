"""Entropy weights, against tables worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import ParameterError
from rcsd.papers.resilience.index.weights import entropies, entropy_weights


def test_a_table_worked_by_hand():
    """Three rows; shares (0, 1/3, 2/3) and (1/2, 0, 1/2): e = [ln 3 - (2/3) ln 2]/ln 3 and ln 2/ln 3."""
    table = [[0.0, 1.0], [0.5, 0.0], [1.0, 1.0]]
    e = np.array([math.log(3) - 2 / 3 * math.log(2), math.log(2)]) / math.log(3)
    np.testing.assert_allclose(entropies(table), e, rtol=1e-14)
    np.testing.assert_allclose(entropy_weights(table), (1 - e) / (1 - e).sum(), rtol=1e-13)


def test_two_rows_split_evenly_and_fully():
    """One bit of difference: shares (1/4, 3/4) and (0, 1) in two rows."""
    e = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    np.testing.assert_allclose(entropies([[1, 0], [3, 5]]), [e, 0], atol=1e-15)
    np.testing.assert_allclose(entropy_weights([[1, 0], [3, 5]]), [(1 - e) / (2 - e), 1 / (2 - e)])


def test_a_constant_column_and_a_column_of_zeros_weigh_nothing():
    """Entropy exactly 1, weight exactly 0."""
    table = np.array([[0.3, 0, 0.2], [0.3, 0, 0.9], [0.3, 0, 0.4]])
    np.testing.assert_array_equal(entropies(table)[:2], [1, 1])
    np.testing.assert_array_equal(entropy_weights(table), [0, 0, 1])


def test_a_column_that_differs_by_rounding_weighs_nothing():
    """0.1 + 0.2 is 0.3; with no other column there is nothing to weigh."""
    rounded = [[0.3], [0.1 + 0.2], [0.3]]
    np.testing.assert_array_equal(entropies(rounded), [1])
    with pytest.raises(ParameterError, match="no indicator tells the rows apart"):
        entropy_weights(rounded)


def test_ties_weigh_by_their_shares_alone():
    """Equal columns weigh the same, whatever the order of their rows."""
    np.testing.assert_allclose(entropy_weights([[1, 0, 0], [0, 1, 1], [0, 0, 0]]), np.full(3, 1 / 3))


def test_a_missing_cell_shortens_its_column():
    """Entropy over the two cells that are there, divided by ln 2; a column with one cell left tells nothing."""
    found = entropies([[1.0, np.nan], [3.0, np.nan], [np.nan, 5.0]])
    assert found[0] == pytest.approx(entropies([[1.0], [3.0]])[0])
    assert found[1] == 1


def test_a_column_of_which_most_is_missing_tells_nothing():
    """Two cells of five are always 0 and 1 once normalised: no weight; three of five count."""
    nan = np.nan
    table = np.array([[0.0, 0.0, 0.2], [1.0, 1.0, 0.4], [nan, 0.5, 0.6], [nan, nan, 0.8], [nan, nan, 1.0]])
    np.testing.assert_array_equal(entropies(table) == 1, [True, False, False])


@pytest.mark.parametrize("table", [[[0.2, 0.9]], [[1.0], [1.0]], np.full((3, 2), np.nan), np.empty((0, 2))])
def test_where_nothing_is_told_apart_there_are_no_weights(table):
    """A single row, constants alone, nothing at all: eq (7) is 0/0, and is refused with a remedy."""
    with pytest.raises(ParameterError, match="use equal weights"):
        entropy_weights(table)


@pytest.mark.parametrize("table", [[[-0.1], [1.0]], [[np.inf], [1.0]], [0.1, 0.2]])
def test_what_is_no_normalised_table_is_refused(table):
    """Negative and infinite cells, and a list in place of a table."""
    with pytest.raises(ParameterError, match="entropies need"):
        entropies(table)


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), min_size=2, max_size=9).map(np.array))
def test_weights_are_weights(table):
    """Entropies lie in [0, 1]; weights are not negative and sum to 1; order and size do not count."""
    table = np.where(table < 1e-6, 0, table)
    e = entropies(table)
    assert ((e >= 0) & (e <= 1)).all()
    np.testing.assert_allclose(entropies(table[::-1] * 7), e, atol=1e-12)
    if (e < 1).any():
        weights = entropy_weights(table)
        assert (weights >= 0).all()
        assert weights.sum() == pytest.approx(1)
