"""Periodic orbits: they exist from five units on, close, and are what another solver runs along."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from rcsd.papers.hypercycle import network_of, periodic_orbit, pure_cycle, share_path


@pytest.mark.parametrize("n", [2, 3, 4])
def test_up_to_four_units_come_to_rest(n):
    """No orbit, and a path nears 1/n; that of four, neutral at first order, as one over the root of time."""
    network = pure_cycle(1.0, n=n)
    assert periodic_orbit(network) is None
    x = np.full(n, 0.3 / (n - 1))
    x[0] = 0.7
    if n < 4:
        assert np.abs(share_path(network, [0, 2000], shares=x).final - 1 / n).max() < 1e-9
    else:
        assert _swing(network, x, 4000) == pytest.approx(_swing(network, x, 1000) / 2, rel=0.05)


def _swing(network, x, year):
    """Half of what the first share ranges over in one turn from a year on."""
    times = np.concatenate([[0.0], np.linspace(year, year + 8 * np.pi, 801)])
    return np.ptp(share_path(network, times, shares=x).shares[1:, 0]) / 2


@pytest.mark.parametrize("n", [5, 6, 8])
def test_from_five_units_on_a_stable_orbit_exists(n):
    """It closes, attracts, averages to 1/n, and shifted by a share of its period it passes from unit to unit."""
    orbit = periodic_orbit(pure_cycle(1.0, n=n))
    assert orbit.stable
    assert orbit.residual < 1e-8
    # time averages are the interior point (Hofbauer and Sigmund 1998, theorem 13.5.1)
    np.testing.assert_allclose(orbit.mean, 1 / n, atol=1e-6)
    np.testing.assert_allclose(orbit.amplitude, orbit.amplitude[0], rtol=1e-5)
    assert np.abs(orbit.shares.sum(axis=1) - 1).max() < 1e-12
    later = np.array([np.interp(orbit.times[:-1] + orbit.period / n, *_twice(orbit, i)) for i in range(n)]).T
    np.testing.assert_allclose(np.roll(later, -1, axis=1), orbit.shares[:-1], atol=2e-3)


def _twice(orbit, unit):
    """Two turns of a share."""
    times = np.concatenate([orbit.times[:-1], orbit.period + orbit.times])
    return times, np.concatenate([orbit.shares[:-1, unit], orbit.shares[:, unit]])


@pytest.mark.parametrize("n", [5, 6])
def test_period_and_amplitude_have_converged(n):
    """Tolerances from 1e-7 to 1e-12 change them by less and less, and the last by less than 1e-8."""
    network = pure_cycle(1.0, n=n)
    found = [periodic_orbit(network, tolerance=tolerance) for tolerance in (1e-7, 1e-10, 1e-12)]
    assert found[1].period == pytest.approx(found[2].period, rel=1e-8)
    assert found[0].period == pytest.approx(found[2].period, rel=1e-5)
    assert found[1].amplitude[0] == pytest.approx(found[2].amplitude[0], rel=1e-8)


@pytest.mark.parametrize("n", [5, 6])
def test_period_and_amplitude_are_those_of_a_long_run_in_the_shares(n):
    """LSODA on the shares themselves, after forty turns: crossings of 1/n are one period apart."""
    orbit = periodic_orbit(pure_cycle(1.0, n=n))

    def drift(_, x):
        rates = np.roll(x, 1)
        return x * (rates - x @ rates)

    def crossing(_, x):
        return x[0] - 1 / n

    crossing.direction = 1.0
    start = np.full(n, 0.1 / (n - 1))
    start[0] = 0.9
    end = 42 * orbit.period
    solved = solve_ivp(drift, (0, end), start, "LSODA", events=crossing, rtol=1e-11, atol=1e-14, max_step=0.5)
    gaps = np.diff(solved.t_events[0])[-2:]
    assert gaps == pytest.approx(orbit.period, rel=1e-6)
    late = solved.t > end - 1.2 * orbit.period
    assert np.ptp(solved.y[0, late]) / 2 == pytest.approx(orbit.amplitude[0], rel=1e-3)


def test_strength_sets_the_pace_and_nothing_else():
    """Ten times weaker links: ten times the period, the same amplitude, equal a of any size."""
    quick, slow = periodic_orbit(pure_cycle(1.0, n=5)), periodic_orbit(pure_cycle(0.1, n=5, replication=0.03))
    assert slow.period == pytest.approx(10 * quick.period, rel=1e-7)
    assert slow.amplitude[0] == pytest.approx(quick.amplitude[0], rel=1e-7)


def test_a_cycle_that_drifts_to_the_boundary_is_no_orbit_and_does_not_hang():
    """A losing game of rock, paper, scissors leaves for its corners, each turn longer than the last."""
    network = network_of(["r", "p", "s"], 0.0, [[0.5, 0.8, 0], [0, 0.5, 0.8], [0.8, 0, 0.5]])
    assert periodic_orbit(network) is None
    path = share_path(network, np.linspace(0, 50_000, 500), shares=[0.4, 0.35, 0.25])
    assert np.abs(path.shares.sum(axis=1) - 1).max() < 1e-12
    assert path.log_shares.min() < -1000


def test_a_long_cycle_over_a_long_time_keeps_its_units():
    """Twelve units, most of the time near a corner: shares fall to 1e-16 and come back, as permanence promises."""
    path = share_path(pure_cycle(1.0, n=12), np.linspace(0, 5000, 1001), shares=np.r_[0.45, np.full(11, 0.05)])
    assert path.shares.min() < 1e-12
    assert (path.shares[500:].max(axis=0) > 0.5).all()
