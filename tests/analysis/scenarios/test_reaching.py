"""Levers that reach a target, against closed forms and linear programming."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from rcsd.analysis.scenarios.reaching import reach
from rcsd.errors import ParameterError, SimulationError


@settings(max_examples=15, deadline=None)
@given(
    pulls=st.lists(st.floats(0.05, 1.0), min_size=3, max_size=3),
    prices=st.lists(st.floats(0.2, 5.0), min_size=3, max_size=3),
    part=st.floats(0.1, 0.9),
)
def test_linear_levers_cost_what_linear_programming_says(pulls, prices, part):
    """With an outcome and a cost that are linear the least cost is that of the linear programme."""
    pull, price = np.array(pulls), np.array(prices)
    fall = part * pull.sum()
    found = reach(lambda x: (1 - x @ pull, x @ price), np.zeros(3), np.zeros(3), np.ones(3), 1 - fall)
    exact = linprog(price, A_eq=pull[np.newaxis], b_eq=[fall], bounds=[(0, 1)] * 3)
    assert found.reached
    assert found.outcome == pytest.approx(1 - fall, abs=1e-4)
    assert found.cost == pytest.approx(exact.fun, rel=2e-3, abs=1e-3)


def test_convex_costs_are_shared_as_lagrange_says():
    """With ln(outcome) = -sum a x and cost = sum x^2 the levers are pulled in proportion to a: x = a L / sum a^2."""
    a, target = np.array([1.0, 2.0, 0.5]), 0.6
    found = reach(
        lambda x: (np.exp(-x @ a), (x**2).sum(axis=1)), np.zeros(3), np.zeros(3), np.ones(3), target, tolerance=1e-7
    )
    np.testing.assert_allclose(found.settings, a * -np.log(target) / (a**2).sum(), rtol=5e-3)
    assert found.outcome == pytest.approx(target, abs=1e-6)


def test_of_two_valleys_the_lower_one_is_found():
    """A dear lever that works at once does not hide a cheap one that works only when it is pulled far."""

    def model(x):
        return 1 - 0.5 * x[:, 0] - 0.5 * x[:, 1] ** 4, 10 * x[:, 0] + x[:, 1]

    found = reach(model, [0, 0], [0, 0], [1, 1], 0.6)
    np.testing.assert_allclose(found.settings, [0, 0.8**0.25], atol=1e-3)


def test_a_target_out_of_reach_is_approached_and_said():
    """Where the ranges end, every lever that helps is at its end, one that does not stays idle."""
    found = reach(
        lambda x: (1 - x @ np.array([0.2, 0.1, 0.0]), x.sum(axis=1)), np.zeros(3), np.zeros(3), np.ones(3), 0.3
    )
    assert not found.reached
    assert found.outcome == pytest.approx(0.7, abs=2e-4)
    assert found.lowest == pytest.approx(0.7, abs=1e-6)
    np.testing.assert_allclose(found.settings, [1, 1, 0], atol=2e-3)


def test_a_target_that_is_there_already_needs_no_lever():
    """Levers stay idle, and nothing is spent on a search."""
    found = reach(lambda x: (0.2 - x[:, 0], x[:, 0]), [0.5], [0.0], [1.0], -0.3)
    assert found.reached
    assert found.settings.tolist() == [0.5]
    assert found.n_runs == 1


def test_settings_whose_runs_fail_are_avoided():
    """The search goes around a corner of the ranges in which the model does not run."""

    def model(x):
        outcome = 1 - 0.4 * x[:, 0] - 0.4 * x[:, 1]
        return np.where(x.sum(axis=1) > 1.5, np.nan, outcome), x[:, 0] + 3 * x[:, 1]

    found = reach(model, [0, 0], [0, 0], [1, 1], 0.5)
    np.testing.assert_allclose(found.settings, [1, 0.25], atol=2e-3)


def test_a_model_that_never_runs_and_a_range_that_is_none_are_refused():
    """Each with a sentence that names the remedy."""
    broken = lambda x: (np.full(len(x), np.nan), np.zeros(len(x)))  # noqa: E731 - one line
    with pytest.raises(SimulationError, match="every lever as it is"):
        reach(broken, [0], [0], [1], 0.5)
    with pytest.raises(ParameterError, match="lower below upper"):
        reach(broken, [0], [1], [1], 0.5)
