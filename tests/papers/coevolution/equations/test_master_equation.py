"""The master equation: conservation, its stationary law, and its mean as the input is cut into more units."""

import math

import numpy as np
import pytest

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    all_rates,
    concentrated,
    generator,
    preference_grid,
    stationary_law,
    trajectory,
    transient,
)

RIGID = CoevolutionParameters(nu=0.15, beta=0.6, omega=0.0)


def test_every_column_of_the_generator_sums_to_zero():
    """What leaves a state enters its neighbours, and nothing enters or leaves at the ends."""
    matrix = generator(20, 0.3, RIGID)
    assert np.abs(matrix.sum(axis=0)).max() < 1e-14
    assert matrix.nnz <= 3 * 41 - 2
    up, down = all_rates(20, 0.3, RIGID)
    assert (up[-1], down[0]) == (0, 0)
    assert matrix[7, 6] == up[6]
    assert matrix[6, 7] == down[7]


@pytest.mark.parametrize(("half_input", "beta"), [(10, 0.6), (50, 1.5), (200, 1.1)])
def test_probability_is_conserved(half_input, beta):
    """The sum stays within 1e-12 of one over sixty years, and no probability is negative."""
    parameters = CoevolutionParameters(beta=beta)
    path = transient(half_input, 0.1, parameters, concentrated(half_input, -1.0), np.linspace(0, 60, 7))
    assert np.abs(path.sum(axis=1) - 1).max() < 1e-12
    assert path.min() > -1e-15


@pytest.mark.parametrize("alpha", [-0.4, 0.0, 0.1])
def test_the_transient_converges_to_the_stationary_law(alpha):
    """After three hundred years the distribution is the closed form, whatever it began with."""
    law = stationary_law(20, alpha, RIGID.beta)
    for x0 in (-1.0, 0.73):
        path = transient(20, alpha, RIGID, concentrated(20, x0), [0.0, 20.0, 300.0])
        distances = np.abs(path - law).sum(axis=1)
        assert distances[2] < 1e-11
        assert distances[1] > 1e-6


@pytest.mark.parametrize(("half_input", "alpha", "beta"), [(5, 0.3, 0.0), (40, 0.0, 1.8), (500, -0.05, 1.2)])
def test_the_stationary_law_is_at_rest_and_in_detailed_balance(half_input, alpha, beta):
    """K_up(r - 1) P(r - 1) = K_down(r) P(r), and so Q P = 0."""
    parameters = CoevolutionParameters(beta=beta)
    law = stationary_law(half_input, alpha, beta)
    up, down = all_rates(half_input, alpha, parameters)
    assert law.sum() == pytest.approx(1, abs=1e-13)
    np.testing.assert_allclose(up[:-1] * law[:-1], down[1:] * law[1:], rtol=1e-10, atol=1e-300)
    assert np.abs(generator(half_input, alpha, parameters) @ law).max() < 1e-12 * up.max()


def test_without_coordination_the_law_is_binomial():
    """At beta = 0 each of the 2R units is institutional with probability 1/(1 + exp(-2 alpha))."""
    share = 1 / (1 + math.exp(-0.6))
    binomial = [math.comb(12, k) * share**k * (1 - share) ** (12 - k) for k in range(13)]
    np.testing.assert_allclose(stationary_law(6, 0.3, 0.0), binomial, rtol=1e-12)


@pytest.mark.parametrize(("beta", "modes"), [(0.5, 1), (0.9, 1), (1.5, 2), (2.5, 2)])
def test_the_law_has_one_mode_or_two(beta, modes):
    """Below beta = 1 the inputs balance, above it one side leads."""
    law = stationary_law(200, 0.0, beta)
    inner = law[1:-1]
    assert int(((inner > law[:-2]) & (inner > law[2:])).sum()) == modes


def test_the_mean_nears_the_mean_field_as_one_over_the_number_of_units():
    """Twice the units, half the distance between the mean of eq 9 and eq 12, to a tenth."""
    times = np.linspace(0, 15, 16)
    field = trajectory(RIGID, times, x0=-1.0, alpha_initial=0.1).preference
    distances = []
    for half_input in (20, 40, 80, 160):
        path = transient(half_input, 0.1, RIGID, concentrated(half_input, -1.0), times)
        distances.append(np.abs(path @ preference_grid(half_input) - field).max())
    ratios = np.divide(distances[:-1], distances[1:])
    assert ratios == pytest.approx(2, rel=0.1)
    assert ratios[-1] == pytest.approx(2, rel=0.03)
    assert distances[-1] < 0.005


def test_a_concentrated_start_has_the_mean_asked_for():
    """Between two states the probability is shared; on a state, and at the ends, it is one."""
    for x0 in (-1.0, -0.33, 0.0, 0.999, 1.0):
        start = concentrated(7, x0)
        assert start.sum() == pytest.approx(1)
        assert start @ preference_grid(7) == pytest.approx(x0, abs=1e-15)
        assert (start > 0).sum() <= 2
