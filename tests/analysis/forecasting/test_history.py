"""What is known at an origin, and nothing of what is not."""

import numpy as np
import pytest

from rcsd.analysis.forecasting import History
from rcsd.errors import SeriesError


def test_until_cuts_series_and_reference_at_the_origin():
    """Of 2000-2004 an origin of 2002 knows three years of both."""
    history = History.until(
        2002, np.arange(2000, 2005), [1.0, 2.0, 3.0, 4.0, 5.0], {year: 0.1 for year in range(2000, 2005)}
    )
    assert history.years.tolist() == [2000, 2001, 2002]
    assert history.values.tolist() == [1, 2, 3]
    assert sorted(history.reference) == [2000, 2001, 2002]
    assert history.last_year == 2002


def test_until_drops_missing_values():
    """A NaN is no cell."""
    assert History.until(2002, [2000, 2001, 2002], [1.0, np.nan, 3.0]).years.tolist() == [2000, 2002]


def test_gaps_are_filled_by_lines_of_levels_or_of_logarithms():
    """Between 1 and 4 the line passes 2.5, that of logarithms 2."""
    history = History(np.array([2000.0, 2002.0]), np.array([1.0, 4.0]))
    assert history.filled(logs=False).tolist() == [1, 2.5, 4]
    assert np.exp(history.filled(logs=True)) == pytest.approx([1, 2, 4])


def test_jumps_are_years_whose_logarithm_moves_by_more():
    """100 to 104 is a log change of 0.039, 104 to 101 one of -0.029."""
    history = History(np.arange(2000.0, 2004.0), np.array([100.0, 100.0, 104.0, 101.0]))
    assert history.jumps(0.03) == {2002}


@pytest.mark.parametrize(
    ("years", "values", "words"),
    [
        ([2001.0, 2000.0], [1.0, 2.0], "increase"),
        ([2000.0, 2000.0], [1.0, 2.0], "increase"),
        ([2000.5], [1.0], "whole"),
        ([2000.0], [np.inf], "finite"),
        ([2000.0, 2001.0], [1.0], "one length"),
        ([], [], "above zero"),
    ],
)
def test_bad_cells_are_named(years, values, words):
    """Each fault has its own message."""
    with pytest.raises(SeriesError, match=words):
        History(np.array(years), np.array(values))


def test_an_origin_before_the_first_cell_is_refused():
    """There is nothing to forecast from."""
    with pytest.raises(SeriesError, match="no cell up to 1999"):
        History.until(1999, [2000, 2001], [1.0, 2.0])
