"""The master equation whose alpha answers to the mean of x."""

import numpy as np
import pytest

from rcsd.papers.coevolution import CoevolutionParameters, concentrated, density_path, trajectory, transient

TIMES = np.linspace(0, 20, 11)
CLOCK = CoevolutionParameters()


def test_a_rigid_preference_gives_the_plain_master_equation():
    """With omega = 0 alpha keeps its value and each step is exact."""
    parameters = CoevolutionParameters(omega=0.0)
    density = density_path(15, parameters, TIMES, x0=-0.5, alpha_initial=0.1, step=0.7)
    plain = transient(15, 0.1, parameters, concentrated(15, -0.5), TIMES)
    np.testing.assert_allclose(density.probability, plain, atol=1e-12)
    assert (density.alpha == 0.1).all()


def test_the_error_falls_with_the_square_of_the_step():
    """Half the step, a quarter of the distance to a fine solution."""
    fine = density_path(10, CLOCK, TIMES, step=0.025).probability
    errors = [np.abs(density_path(10, CLOCK, TIMES, step=step).probability - fine).max() for step in (0.4, 0.2, 0.1)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=0.3)
    assert errors[1] / errors[2] == pytest.approx(4, rel=0.15)
    assert errors[1] < 2e-4


def test_many_units_follow_the_pair():
    """The mean and alpha near the solution of eqs 12 and 17 at the rate 1/R."""
    field = trajectory(CLOCK, TIMES)
    distances = []
    for half_input in (25, 50, 100):
        density = density_path(half_input, CLOCK, TIMES, step=0.25)
        assert np.abs(density.probability.sum(axis=1) - 1).max() < 1e-12
        distances.append(max(np.abs(density.mean - field.preference).max(), np.abs(density.alpha - field.alpha).max()))
    assert np.divide(distances[:-1], distances[1:]) == pytest.approx(2, rel=0.25)


def test_alpha_stays_in_its_range_however_coarse_the_step():
    """A step of two years, where rates are those of e^5, leaves alpha within alpha0 and probabilities positive."""
    wild = CoevolutionParameters(nu=1.0, beta=3.4, omega=2.5, alpha0=5.0, lam=1.0)
    density = density_path(10, wild, [0.0, 2.0, 4.0], step=2.0)
    assert np.abs(density.alpha).max() <= 5
    assert density.probability.min() > -1e-12
