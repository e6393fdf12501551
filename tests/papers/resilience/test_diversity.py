"""Shannon's index of parts of a whole."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import ParameterError
from rcsd.papers.resilience.inputs.diversity import shannon

SIZES = st.lists(st.floats(0, 1e6), min_size=2, max_size=8).filter(lambda sizes: sum(sizes) > 1e-3)


def test_equal_parts_give_the_logarithm_of_their_number():
    """The largest value there is: ln n."""
    for n in (2, 3, 19):
        assert shannon(np.full(n, 4.2)) == pytest.approx(math.log(n), abs=1e-14)


def test_a_hand_worked_value():
    """Shares 1/2, 1/4, 1/4: (1/2) ln 2 + (1/2) ln 4 = 1.5 ln 2."""
    assert shannon([20, 10, 10]) == pytest.approx(1.5 * math.log(2))


def test_a_single_part_has_no_diversity_and_a_zero_adds_none():
    """0 ln 0 = 0."""
    assert shannon([7, 0, 0]) == 0
    assert shannon([3, 5, 0]) == pytest.approx(float(shannon([3, 5])))


def test_missing_parts_and_empty_wholes_have_no_index():
    """NaN, and no warning."""
    assert np.isnan(shannon([1, np.nan]))
    assert np.isnan(shannon([0, 0]))


@pytest.mark.parametrize("bad", [-1.0, np.inf])
def test_a_part_that_cannot_be_is_refused(bad):
    """Negative and infinite sizes."""
    with pytest.raises(ParameterError, match="cannot be"):
        shannon([1.0, bad])


@given(SIZES, st.floats(0.01, 100))
def test_only_shares_count_and_the_index_is_bounded(sizes, factor):
    """Scale changes nothing, order changes nothing, 0 <= H <= ln n."""
    found = float(shannon(sizes))
    assert -1e-12 <= found <= math.log(len(sizes)) + 1e-9
    assert float(shannon(np.array(sizes) * factor)) == pytest.approx(found, abs=1e-9)
    assert float(shannon(sizes[::-1])) == pytest.approx(found, abs=1e-9)
