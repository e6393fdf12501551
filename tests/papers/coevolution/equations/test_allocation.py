"""Equations 1-4: the split of the input."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.papers.coevolution import inputs_of, preference_of, relative_input


@given(x=st.floats(-1, 1), total=st.floats(1e-6, 1e6))
def test_the_split_is_undone_by_the_preference(x, total):
    """The inputs add up to 2R (eq 1) and give back x (eq 4)."""
    technological, institutional = inputs_of(x, total=total)
    assert technological + institutional == pytest.approx(total, rel=1e-15)
    assert preference_of(technological, institutional) == pytest.approx(x, abs=1e-15)


def test_the_ends_and_the_middle_mean_what_the_paper_says():
    """At -1 all input is technological, at 1 all institutional, at 0 both have half; r runs from -R to R (eq 2)."""
    technological, institutional = inputs_of(np.array([-1.0, 0.0, 1.0]), total=10.0)
    assert technological.tolist() == [10, 5, 0]
    assert institutional.tolist() == [0, 5, 10]
    assert relative_input(technological, institutional).tolist() == [-5, 0, 5]
