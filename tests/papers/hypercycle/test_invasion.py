"""Mutants: who comes in, at which rate, and what it does."""

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle import (
    interior_equilibrium,
    invade,
    invasion_rate,
    network_of,
    periodic_orbit,
    pure_cycle,
    share_path,
)

CYCLE = pure_cycle(0.1, n=3, replication=0.03)


@pytest.mark.parametrize("gain", [0.05, 0.15])
def test_a_rare_mutant_grows_at_the_rate_of_the_formula(gain):
    """The slope of ln of its share, while it is rare, is a + k p - phi."""
    rate = invasion_rate(CYCLE, replication=0.03, gains=[0, 0, gain])
    assert rate == pytest.approx((gain - 0.1) / 3)
    found = invade(CYCLE, replication=0.03, gains=[0, 0, gain], gives=[0, 0, 0])
    start = np.append(np.full(3, (1 - 1e-9) / 3), 1e-9)
    path = share_path(found.network, [0, 10, 20], shares=start)
    assert np.diff(path.log_shares[:, 3]) / 10 == pytest.approx(rate, rel=1e-5)


def test_the_rate_holds_on_average_for_residents_that_swing():
    """Five units on their orbit: over one turn a rare mutant grows by the same mean rate."""
    residents = pure_cycle(0.1, n=5, replication=0.03)
    orbit = periodic_orbit(residents)
    found = invade(residents, replication=0.05, gains=[0.02, 0, 0, 0, 0], gives=np.zeros(5))
    start = np.append((1 - 1e-12) * orbit.shares[0], 1e-12)
    path = share_path(found.network, [0, orbit.period], shares=start)
    mean = (path.log_shares[1, 5] - path.log_shares[0, 5]) / orbit.period
    assert mean == pytest.approx(found.rate, rel=1e-3)


def test_residents_that_do_not_last_have_no_invasion_rate():
    """Two units that each help themselves most: the point between them is a saddle, one of them takes all."""
    rivals = network_of("ab", [0.03, 0.03], [[0.1, 0.01], [0.01, 0.1]])
    assert interior_equilibrium(rivals).stability == "unstable"
    with pytest.raises(ParameterError, match="is unstable and their permanence is not proved"):
        invasion_rate(rivals, replication=0.03, gains=[0, 0])
    with pytest.raises(ParameterError, match="mean shares"):
        invade(rivals, replication=0.03, gains=[0, 0], gives=[0, 0])


def test_a_mutant_comes_into_swinging_residents_on_their_orbit():
    """The mutant's path begins where the residents swing, away from their unstable point."""
    residents = pure_cycle(0.1, n=6, replication=0.03)
    found = invade(residents, replication=0.0, gains=np.zeros(6), gives=np.zeros(6), share=1e-6)
    assert np.abs(found.run.path.shares[0, :6] - 1 / 6).max() > 0.1
    assert found.outcome == "repelled"


@pytest.mark.parametrize(
    ("gains", "gives", "outcome", "left"),
    [
        ([0, 0, 0.05], [0, 0, 0], "repelled", 3),
        ([0, 0, 0.20], [0, 0, 0], "destroyed", None),
        ([0, 0, 0.20], [0, 0.2, 0], "replaced", 3),
        ([0, 0, 0.08], [0.08, 0.08, 0.08], "repelled", 3),
        ([0.08, 0.08, 0.08], [0.08, 0.08, 0.08], "joined", 4),
    ],
)
def test_what_a_mutant_does_is_named(gains, gives, outcome, left):
    """A weak parasite goes, a strong one destroys, a better member replaces, a partner of all joins."""
    found = invade(CYCLE, replication=0.03, gains=gains, gives=gives)
    assert found.outcome == outcome
    assert left is None or len(found.survivors) == left
    assert (found.rate > 0) == (outcome != "repelled")


def test_a_parasite_that_ends_the_catalysis_leaves_no_advantage():
    """The advantage of the residents was k/3; it falls as one over time."""
    found = invade(CYCLE, replication=0.03, gains=[0, 0, 0.2], gives=[0, 0, 0])
    assert found.before == pytest.approx(0.1 / 3)
    late = found.run.path.advantage
    assert late[-1] < 1e-2 * found.before
    assert late[-1] == pytest.approx(late[1000] / 2, rel=0.2)
