"""Finite numbers: the law of large numbers, and known chances of taking over."""

import numpy as np
import pytest

from rcsd.papers.hypercycle import fixation_probability, network_of, pure_cycle, share_path, simulate_numbers

TIMES = np.linspace(0, 60, 7)


def test_large_numbers_follow_the_network_equation():
    """The mean distance to the deterministic path falls as one over the root of N, within 40 %."""
    network = pure_cycle(0.5, n=3, replication=0.1)
    start = np.array([0.6, 0.3, 0.1])
    exact = share_path(network, TIMES, shares=start).shares
    distances = []
    for total in (100, 900):
        drawn = simulate_numbers(
            network, (start * total).astype(int).tolist(), TIMES, n_runs=40, rng=np.random.default_rng(1)
        )
        distances.append(np.sqrt(((drawn - exact) ** 2).mean()))
    assert distances[0] / distances[1] == pytest.approx(3, rel=0.4)


@pytest.mark.parametrize("fitness", [1.0, 1.1, 0.9])
def test_chances_of_taking_over_are_morans(fitness):
    """Without links the jump chain is Moran's: (1 - r^-m)/(1 - r^-N), within four standard errors of 4000 runs."""
    network = network_of(["mutant", "resident"], [fitness, 1.0], np.zeros((2, 2)))
    drawn = simulate_numbers(network, [4, 16], [0.0, 1e4], n_runs=4000, rng=np.random.default_rng(2))
    share = drawn[:, -1, 0]
    assert set(np.unique(share)) <= {0.0, 1.0}
    expected = fixation_probability(fitness, 4, 20)
    assert share.mean() == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


@pytest.mark.slow
def test_chances_with_links_are_those_of_the_birth_and_death_chain():
    """Two units that help themselves: the product formula of a one-step chain gives the chance."""
    network = network_of(["a", "b"], 1.0, [[2.0, 0.0], [0.0, 1.0]])
    total, first = 12, 5
    ratios = np.array([(1 + (total - i) / total) / (1 + 2 * i / total) for i in range(1, total)])
    sums = np.concatenate([[1.0], np.cumprod(ratios)])
    expected = sums[:first].sum() / sums.sum()
    drawn = simulate_numbers(network, [first, total - first], [0.0, 1e4], n_runs=4000, rng=np.random.default_rng(3))
    assert drawn[:, -1, 0].mean() == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 4000))


def test_members_are_whole_lost_units_stay_lost_and_seeds_repeat():
    """Counts sum to N at every time; equal generators, equal paths; a small cycle of five breaks sooner or later."""
    network = pure_cycle(1.0, n=5, replication=0.1)
    first, again = (
        simulate_numbers(network, [8] * 5, np.linspace(0, 2000, 50), n_runs=20, rng=np.random.default_rng(4))
        for _ in range(2)
    )
    assert (first == again).all()
    np.testing.assert_allclose((first * 40).sum(axis=2), 40)
    np.testing.assert_allclose(first * 40, np.rint(first * 40), atol=1e-9)
    gone = first == 0
    assert (gone[:, 1:] >= gone[:, :-1]).all()
    assert gone[:, -1].any(axis=1).all()
