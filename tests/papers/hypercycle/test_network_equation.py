"""The network equation: conservation, known paths, and another solver."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from rcsd.papers.hypercycle import (
    advantage,
    growth_rates,
    mean_growth,
    network_of,
    pure_cycle,
    replicase_of_inputs,
    replicase_of_preference,
    share_drift,
    share_path,
)
from rcsd.papers.hypercycle.replicase import ReplicasePath, path_of_preference


@st.composite
def networks(draw, most=6):
    """Draw a network of two units or more with links, catalysts and shares."""
    n, m = draw(st.integers(2, most)), draw(st.integers(0, 2))
    rates = st.floats(0, 1)
    rows = lambda k, size: [[draw(rates) for _ in range(size)] for _ in range(k)]  # noqa: E731
    network = network_of(
        [f"u{i}" for i in range(n)],
        [draw(st.floats(0, 0.5)) for _ in range(n)],
        rows(n, n),
        catalysts=[f"c{i}" for i in range(m)],
        support=rows(n, m) if m else None,
    )
    weights = np.array([draw(st.floats(1e-6, 1)) for _ in range(n)])
    return network, weights / weights.sum()


@settings(max_examples=25, deadline=None)
@given(networks())
def test_the_sum_of_the_shares_is_conserved_and_none_turns_negative(drawn):
    """To 1e-12 along every path, whatever the network; the drift itself sums to zero."""
    network, x = drawn
    path = share_path(network, np.linspace(0, 200, 21), shares=x)
    assert np.abs(path.shares.sum(axis=1) - 1).max() < 1e-12
    assert (path.shares >= 0).all()
    assert np.abs(share_drift(network, path.shares).sum(axis=1)).max() < 1e-14


@settings(max_examples=15, deadline=None)
@given(networks(most=4))
def test_paths_are_those_of_another_solver_in_the_shares_themselves(drawn):
    """LSODA on dx/dt, written out with sums, gives the same shares."""
    network, x = drawn
    a, s, k = network.replication, network.support.sum(axis=1), network.catalysis

    def drift(_, state):
        rates = [a[i] + s[i] + sum(k[i, j] * state[j] for j in range(len(state))) for i in range(len(state))]
        phi = sum(share * rate for share, rate in zip(state, rates, strict=True))
        return [share * (rate - phi) for share, rate in zip(state, rates, strict=True)]

    times = np.linspace(0, 30, 7)
    solved = solve_ivp(drift, (0, 30), x, "LSODA", t_eval=times, rtol=1e-10, atol=1e-13)
    np.testing.assert_allclose(share_path(network, times, shares=x).shares, solved.y.T, atol=1e-8)


def test_without_links_shares_follow_the_exponentials_and_the_fittest_ends_alone():
    """x_i ~ x_i(0) exp(a_i t) over their sum: the known competitive case."""
    network = network_of(["slow", "middle", "fast"], [0.1, 0.2, 0.3], np.zeros((3, 3)))
    times = np.array([0.0, 5.0, 20.0, 400.0])
    start = np.array([0.6, 0.3, 0.1])
    grown = start * np.exp(np.outer(times, [0.1, 0.2, 0.3]))
    path = share_path(network, times, shares=start)
    np.testing.assert_allclose(path.shares, grown / grown.sum(axis=1, keepdims=True), atol=1e-9)
    assert path.final[2] > 1 - 1e-12
    assert path.advantage[-1] == pytest.approx(0, abs=1e-12)


def test_catalysis_of_unequal_strength_without_coupling_leaves_one():
    """Units that help only themselves: the product of strength and share decides, the other vanishes."""
    network = network_of(["weak", "strong"], 0.1, [[0.2, 0], [0, 0.5]])
    path = share_path(network, [0, 500], shares=[0.6, 0.4])
    assert path.final.tolist() == pytest.approx([0, 1], abs=1e-12)
    assert path.advantage[-1] == pytest.approx(0.5)


def test_two_units_that_help_each_other_follow_a_closed_form():
    """For n = 2 and equal a, z = ln(x1/x2) moves at -k tanh(z/2): sinh(z/2) falls as exp(-k t/2)."""
    times = np.linspace(0, 20, 11)
    path = share_path(pure_cycle(0.3, n=2, replication=0.05), times, shares=[0.9, 0.1])
    z = np.log(path.shares[:, 0] / path.shares[:, 1])
    np.testing.assert_allclose(np.sinh(z / 2), np.sinh(np.log(9) / 2) * np.exp(-0.15 * times), rtol=1e-8)


def test_a_unit_that_is_not_there_never_comes():
    """A share of zero stays zero, its logarithm minus infinity."""
    path = share_path(pure_cycle(1.0, n=3), [0, 50], shares=[0.5, 0.5, 0.0])
    assert path.final[2] == 0
    assert path.log_shares[-1, 2] == -np.inf


def test_shares_below_the_smallest_number_are_told_by_their_logarithm():
    """Against a unit that grows by 10 a year more the other is at exp(-10 t) after 100 years."""
    path = share_path(network_of(["a", "b"], [0, 10], np.zeros((2, 2))), [0, 100])
    assert path.log_shares[-1, 0] == pytest.approx(-1000, rel=1e-9)
    assert path.final.sum() == 1


def test_growth_and_advantage_are_what_their_formulas_say():
    """Worked by hand: f = (0.1 + 0.2 + 0.4 x 0.5, 0.3), phi and phi - max a."""
    network = network_of(["a", "b"], [0.1, 0.3], [[0, 0.4], [0, 0]], catalysts=["c"], support=[[0.2], [0.0]])
    assert growth_rates(network, [0.5, 0.5]).tolist() == pytest.approx([0.5, 0.3])
    assert mean_growth(network, [0.5, 0.5]) == pytest.approx(0.4)
    assert advantage(network, [0.5, 0.5]) == pytest.approx(0.1)
    assert mean_growth(network.with_replicase(0.5), [0.5, 0.5]) == pytest.approx(0.3)


def test_equal_growth_of_all_units_changes_no_path():
    """Adding a constant to all a_i leaves the shares alone (an invariance of the replicator equation)."""
    times = np.linspace(0, 60, 13)
    low, high = (share_path(pure_cycle([0.3, 0.5, 0.2], replication=a), times, shares=[0.2, 0.5, 0.3]) for a in (0, 2))
    np.testing.assert_allclose(low.shares, high.shares, atol=1e-9)


def test_a_constant_replicase_is_another_pace_of_time():
    """With equal a, halving the replicase doubles the years (homogeneous links)."""
    network = pure_cycle(0.4, n=4)
    slow = share_path(network, [0, 40, 80], shares=[0.4, 0.3, 0.2, 0.1], replicase=0.5)
    quick = share_path(network, [0, 20, 40], shares=[0.4, 0.3, 0.2, 0.1])
    np.testing.assert_allclose(slow.shares, quick.shares, atol=1e-9)


def test_a_moving_replicase_is_time_stretched_by_its_integral():
    """With equal a the path at t is that of a constant replicase of one at the integral of the level."""
    network, levels = pure_cycle(0.4, n=3), np.linspace(0.0, 1.0, 21)
    times = np.linspace(0, 30, 21)  # the level is t/30, its integral t^2/60
    moving = share_path(network, times, shares=[0.7, 0.2, 0.1], replicase=ReplicasePath(times, levels))
    still = share_path(network, times**2 / 60, shares=[0.7, 0.2, 0.1])
    np.testing.assert_allclose(moving.shares, still.shares, atol=1e-8)


def test_the_replicase_needs_both_sides_and_is_largest_in_balance():
    """1 - x^2 equals 4 r_t r_i/(2R)^2 with the inputs of eqs 1-4, is symmetric, and zero at both ends."""
    x = np.linspace(-1, 1, 9)
    inputs = replicase_of_inputs(3 * (1 - x), 3 * (1 + x), reference=6.0)
    np.testing.assert_allclose(inputs, replicase_of_preference(x), atol=1e-15)
    np.testing.assert_allclose(inputs, inputs[::-1], atol=1e-15)
    assert inputs[[0, -1]].tolist() == [0, 0]
    assert inputs.argmax() == 4
    assert path_of_preference([0, 1], [0.0, -1.0]).levels.tolist() == [1, 0]
