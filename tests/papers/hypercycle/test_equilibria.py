"""Points at rest: the formulas of Hofbauer and Sigmund, chapter 12."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from rcsd.papers.hypercycle import (
    cycle_eigenvalues,
    cycle_shares,
    interior_equilibrium,
    network_of,
    permanence,
    pure_cycle,
    rest_points,
    share_drift,
    share_path,
)


def ordered(values):
    """Sort complex numbers that differ by rounding alike."""
    return np.array(sorted(values, key=lambda z: (round(z.real, 9), round(z.imag, 9))))


@pytest.mark.parametrize("n", range(2, 13))
def test_the_pure_cycle_has_its_circulant_eigenvalues(n):
    """(k/n) exp(2 pi i j/n) at 1/n: stable for 2 and 3, neutral for 4, unstable from 5 on."""
    point = interior_equilibrium(pure_cycle(0.7, n=n, replication=0.03))
    np.testing.assert_allclose(point.shares, 1 / n, rtol=1e-12)
    expected = cycle_eigenvalues(n, 0.7)
    assert np.abs(expected).tolist() == pytest.approx([0.7 / n] * (n - 1))
    np.testing.assert_allclose(ordered(point.eigenvalues), ordered(expected), atol=1e-12)
    assert point.stability == {2: "stable", 3: "stable", 4: "neutral"}.get(n, "unstable")
    assert point.growth == pytest.approx(0.03 + 0.7 / n)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.05, 2), min_size=2, max_size=8))
def test_the_interior_point_of_unequal_strengths_is_that_of_the_formula(strengths):
    """p_i ~ 1/k_{i+1}, with mean growth 1/sum(1/k)."""
    point = interior_equilibrium(pure_cycle(strengths))
    np.testing.assert_allclose(point.shares, cycle_shares(np.array(strengths)), rtol=1e-9)
    assert point.growth == pytest.approx(1 / sum(1 / k for k in strengths))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_eigenvalues_are_those_of_the_drift_itself(seed, n):
    """At every point at rest: the drift is zero, and its numerical Jacobian has the eigenvalues besides -phi."""
    rng = np.random.default_rng(seed)
    network = network_of([f"u{i}" for i in range(n)], rng.uniform(0, 0.3, n), rng.uniform(0, 1, (n, n)))
    for point in rest_points(network):
        np.testing.assert_allclose(share_drift(network, point.shares), 0, atol=1e-12)
        jacobian = approx_fprime(point.shares, lambda x: share_drift(network, x), 1e-7)
        along = np.linalg.svd(np.ones((1, n)))[2][1:].T
        numerical = np.linalg.eigvals(along.T @ jacobian @ along)
        assert np.trace(along.T @ jacobian @ along) == pytest.approx(point.eigenvalues.sum().real, abs=1e-5)
        for value in point.eigenvalues:
            assert np.abs(numerical - value).min() < 2e-4


def test_every_face_is_looked_at():
    """Two units that compete, each better off alone: both corners stable, the point between them a saddle."""
    points = rest_points(network_of(["a", "b"], 0.0, [[1, 0], [0, 1]]))
    assert [point.support for point in points] == [(0,), (1,), (0, 1)]
    assert [point.stability for point in points] == ["stable", "stable", "unstable"]
    assert points[0].invasion_rates.tolist() == [-1]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 9])
def test_the_pure_cycle_is_permanent_whatever_its_length_and_strengths(n):
    """The known theorem; the linear programme proves it with a margin above zero."""
    strengths = 0.2 + 0.1 * np.arange(n)
    found = permanence(pure_cycle(strengths, replication=0.03))
    assert found.verdict == "permanent"
    assert found.margin > 0
    assert found.weights.sum() == pytest.approx(1)
    # where it is a matter of corners alone, sum_i p_i f_i = p_{i+1} k_{i+1} is largest at p ~ 1/k
    assert found.margin == pytest.approx(1 / (1 / strengths).sum(), rel=1e-6)


@pytest.mark.parametrize(
    ("network", "verdict", "why"),
    [
        (network_of(["a", "b"], [0.1, 0.2], np.zeros((2, 2))), "not permanent", "no single point"),
        (network_of(["a", "b"], 0.0, [[1, 0], [0, 1]]), "not permanent", "with a alone no other unit can come in"),
        (network_of(["a"], 0.1, [[0.2]]), "permanent", "a single unit"),
        (pure_cycle(0.1, n=3, replication=[0.5, 0, 0]), "not permanent", ""),
    ],
)
def test_networks_that_lose_units_are_told(network, verdict, why):
    """Competition, two that are better off alone, and a cycle with too strong a lead."""
    found = permanence(network)
    assert found.verdict == verdict
    assert why in found.why


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_permanence_is_what_paths_from_the_boundary_show(seed):
    """Where it is proved, a path from near every corner keeps all shares up; where a corner holds, one does not."""
    rng = np.random.default_rng(seed)
    network = network_of(["a", "b", "c"], rng.uniform(0, 0.2, 3), rng.uniform(0, 1, (3, 3)))
    verdict = permanence(network).verdict
    ends = []
    for corner in np.eye(3):
        x = 0.97 * corner + 0.01
        path = share_path(network, np.linspace(0, 6000, 601), shares=x)
        ends.append(path.log_shares[300:].min())
    if verdict == "permanent":
        assert min(ends) > -60
    if verdict == "not permanent":
        assert min(ends) < -5


def test_the_rock_paper_scissors_game_turns_by_the_sign_of_its_sum():
    """Zeeman's game: with gains above losses permanent and stable, with losses above gains neither."""

    def game(gain, loss):
        return network_of(
            ["r", "p", "s"], 0.0, [[1, 1 + gain, 1 - loss], [1 - loss, 1, 1 + gain], [1 + gain, 1 - loss, 1]]
        )

    assert permanence(game(0.5, 0.3)).verdict == "permanent"
    assert interior_equilibrium(game(0.5, 0.3)).stability == "stable"
    assert permanence(game(0.3, 0.5)).verdict != "permanent"
    assert interior_equilibrium(game(0.3, 0.5)).stability == "unstable"
    assert interior_equilibrium(game(0.4, 0.4)).stability == "neutral"
