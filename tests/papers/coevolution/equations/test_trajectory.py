"""Paths of the pair: the worked example, and an independent solver."""

import mpmath
import numpy as np
import pytest

from rcsd.papers.coevolution import CoevolutionParameters, read_life_cycle, trajectory

CLOCK = CoevolutionParameters(nu=0.15, beta=1.1, omega=0.08, alpha0=0.5, lam=2.5)


def test_the_worked_example_crosses_zero_and_peaks_where_it_should():
    """From x = -1: zero near year 9, a peak of 0.26 near year 14, then it rings down through the four stages."""
    path = trajectory(CLOCK, np.linspace(0, 60, 601))
    reading = read_life_cycle(path.times, path.preference)
    assert reading.kind == "life cycle"
    assert [span.stage for span in reading.stages] == ["growth", "maturity", "decline", "regeneration"]
    assert reading.stages[0].last_year == pytest.approx(9.0, abs=0.1)
    assert path.times[path.preference.argmax()] == pytest.approx(14.3, abs=0.2)
    assert path.preference.max() == pytest.approx(0.26, abs=0.005)
    assert np.abs(path.preference[-100:]).max() < 0.05


def test_a_taylor_solver_agrees():
    """The path differs from that of mpmath's Taylor series by less than 1e-9."""
    nu, beta, omega, alpha0, lam = map(mpmath.mpf, ("0.15", "1.1", "0.08", "0.5", "2.5"))

    def drifts(_, state):
        x, alpha = state
        push = alpha + beta * x
        return [
            2 * nu * (mpmath.sinh(push) - x * mpmath.cosh(push)),
            -2 * omega * (alpha0 * mpmath.sinh(lam * x) + alpha * mpmath.cosh(lam * x)),
        ]

    with mpmath.workdps(18):
        exact = mpmath.odefun(drifts, 0, [mpmath.mpf(-1), mpmath.mpf(0)])
        expected = [[float(value) for value in exact(t)] for t in (4, 8)]
    path = trajectory(CLOCK, [0.0, 4.0, 8.0])
    assert np.abs(np.array([path.preference[1:], path.alpha[1:]]).T - expected).max() < 1e-9


def test_the_pair_is_symmetric():
    """The mirrored start gives the mirrored path."""
    path = trajectory(CLOCK, np.linspace(0, 30, 31), x0=-0.8, alpha_initial=0.2)
    mirror = trajectory(CLOCK, np.linspace(0, 30, 31), x0=0.8, alpha_initial=-0.2)
    np.testing.assert_allclose(mirror.preference, -path.preference, atol=1e-9)
    np.testing.assert_allclose(mirror.alpha, -path.alpha, atol=1e-9)
