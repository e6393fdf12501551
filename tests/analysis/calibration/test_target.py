"""A target: which cells count and how far the model misses them."""

import numpy as np
import pytest

from rcsd.analysis.calibration import Target
from rcsd.errors import ParameterError


def test_relative_residual_is_log_ratio(observe):
    """A run e times too high under error 0.5 misses by 1 / 0.5 = 2, whatever the weight of the cell."""
    target = Target(observe([2000], [10.0]), "Y", 0.5, "relative", np.array([0.25]))
    assert target.errors.raw(np.array([[10 * np.e]])) == pytest.approx(np.array([[2.0]]))


def test_absolute_residual_is_difference_over_error(observe):
    """Simulated 13 against observed 10 under error 2 misses by 1.5."""
    target = Target(observe([2000], [10.0]), "Y", 2.0, "absolute", np.ones(1))
    assert target.errors.raw(np.array([[13.0]])) == pytest.approx(np.array([[1.5]]))


def test_cells_of_weight_zero_are_dropped(observe):
    """Of three cells one has weight 0: two residuals are left, at the other two years."""
    target = Target(observe([2000, 2001, 2002], [1.0, 99.0, 3.0]), "Y", 1.0, "absolute", np.array([1.0, 0.0, 1.0]))
    assert target.years.tolist() == [2000, 2002]
    assert target.errors.raw(np.array([1.0, 3.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("simulated", [0.0, -1.0, np.nan, np.inf])
def test_value_without_logarithm_has_no_residual(observe, simulated):
    """A simulated value that is not positive and finite gives NaN, which a problem turns into the penalty."""
    target = Target(observe([2000], [10.0]), "Y", 0.5, "relative", np.ones(1))
    assert np.isnan(target.errors.raw(np.array([simulated]))).all()


@pytest.mark.parametrize(
    ("values", "error", "weights", "words"),
    [
        ([1.0, 2.0], 0.0, [1.0, 1.0], "positive standard error"),
        ([1.0, 2.0], 0.1, [1.0], "one each"),
        ([1.0, 2.0], 0.1, [1.0, -1.0], "at least 0"),
        ([1.0, 0.0], 0.1, [1.0, 1.0], "kind 'absolute'"),
    ],
)
def test_faulty_target_is_refused_with_remedy(observe, values, error, weights, words):
    """Each broken rule of a target is one message that names the series and the remedy."""
    with pytest.raises(ParameterError, match=words) as caught:
        Target(observe([2000, 2001], values), "Y", error, "relative", np.array(weights))
    assert "'y'" in str(caught.value)


def test_dropped_cell_needs_no_logarithm(observe):
    """A zero that the rules drop does not stop a relative target."""
    target = Target(observe([2000, 2001], [1.0, 0.0]), "Y", 0.1, "relative", np.array([1.0, 0.0]))
    assert target.observed.tolist() == [1.0]


@pytest.mark.parametrize(
    ("kind", "jump", "found"),
    [
        ("relative", 0.025, [True, False, True]),
        ("absolute", 4.5, [False, False, True]),
        ("relative", None, [False] * 3),
    ],
)
def test_a_gap_jumps_where_the_series_changes_too_much_in_a_year(observe, kind, jump, found):
    """Of 100, 104, a dropped 300, 108 and 120 the first and last step are above 2.5 % a year, or the last above 4.5.

    The first is the anchor, which the model meets; the step over the dropped cell is two years' change.
    """
    series = observe([2000, 2001, 2002, 2003, 2004], [100.0, 104.0, 300.0, 108.0, 120.0])
    weights = np.array([0.0, 1.0, 0.0, 1.0, 1.0])
    target = Target(series, "Y", 0.1, kind, weights, anchor=2000.0, jump=jump)
    assert target.cells.jumps.tolist() == found
