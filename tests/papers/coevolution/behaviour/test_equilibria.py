"""Points at rest: all of them, and rightly named."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    cusp_alpha,
    driving_force,
    equilibria,
    fixed_points,
    jacobian,
    preference_drift,
)
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters as Parameters

SETTINGS = st.builds(
    Parameters,
    nu=st.floats(0.01, 3),
    beta=st.floats(0, 6),
    omega=st.floats(0.01, 3),
    alpha0=st.floats(0, 4),
    lam=st.floats(0, 6),
)


def sign_changes(values: np.ndarray) -> int:
    """Count the sign changes of a function on a fine grid."""
    signs = np.sign(values[values != 0])
    return int((np.diff(signs) != 0).sum())


@settings(max_examples=60)
@given(parameters=SETTINGS)
def test_no_equilibrium_is_missed_and_each_is_at_rest(parameters):
    """A fine grid sees as many crossings, the drifts vanish there, and there are 1, 3 or 5 in mirrored pairs."""
    found = equilibria(parameters)
    assert len(found) in {1, 3, 5}
    assert [point.x for point in found] == [-point.x for point in reversed(found)]
    for point in found:
        scale = parameters.nu * math.exp(abs(point.alpha + parameters.beta * point.x))
        assert abs(driving_force(point.x, point.alpha, parameters)) < 1e-13 * scale
        assert abs(preference_drift(point.x, point.alpha, parameters)) < 1e-12 * parameters.omega * math.exp(6)
    y = np.linspace(-8, 8, 60_000)
    x = np.tanh(y)
    mismatch = y - parameters.beta * x + parameters.alpha0 * np.tanh(parameters.lam * x)
    gaps = np.diff([math.atanh(point.x) for point in found])
    if not len(gaps) or gaps.min() > 1e-3:  # closer ones fall between two values of the grid
        assert sign_changes(mismatch) == len(found)


@settings(max_examples=60)
@given(alpha=st.floats(-2, 2), beta=st.floats(0, 5))
def test_x_alone_has_three_fixed_points_inside_the_cusp_and_one_outside(alpha, beta):
    """X = tanh(alpha + beta x) at each; the middle one of three is unstable."""
    found = fixed_points(alpha, beta)
    for point in found:
        assert point.x == pytest.approx(math.tanh(alpha + beta * point.x), abs=1e-13)
    inside = beta > 1 and abs(alpha) < cusp_alpha(beta)
    assert [point.stable for point in found] == ([True, False, True] if inside else [True])


def test_stability_is_the_slope_of_the_force():
    """A falls through zero at stable fixed points and rises at unstable ones."""
    for point in fixed_points(0.05, 1.6):
        slope = jacobian(point.x, 0.05, CoevolutionParameters(beta=1.6))[0, 0]
        assert point.stable == (slope < 0)


@pytest.mark.parametrize(
    ("beta", "kinds"),
    [
        (0.2, ["stable node"]),
        (1.1, ["stable focus"]),
        (1.6, ["unstable focus"]),
        (2.0, ["stable node", "saddle", "unstable focus", "saddle", "stable node"]),
        (2.3, ["stable node", "saddle", "stable node"]),
    ],
)
def test_equilibria_are_named_by_their_eigenvalues(beta, kinds):
    """The worked example as beta grows; at 0.2 with a quick pace it is a node."""
    parameters = CoevolutionParameters(nu=1.5 if beta == 0.2 else 0.15, beta=beta)
    found = equilibria(parameters)
    assert [point.kind for point in found] == kinds
    for point in found:
        assert point.stable == (max(value.real for value in point.eigenvalues) < 0)


def test_a_point_that_the_linear_terms_do_not_decide_is_borderline():
    """On the Hopf line the eigenvalues are imaginary."""
    (origin,) = equilibria(CoevolutionParameters(nu=0.25, omega=0.125, beta=1.5))
    assert origin.kind == "borderline"
    assert not origin.stable


def test_a_double_eigenvalue_is_a_node_however_it_is_rounded():
    """With nu = omega the origin's eigenvalues meet where beta^2 = 4 alpha0 lambda: a node, at any pace of time."""
    for pace in np.random.default_rng(0).uniform(0.01, 3, 100):
        (point,) = equilibria(CoevolutionParameters(nu=pace, omega=pace, beta=0.6, alpha0=0.3, lam=0.3))
        assert point.eigenvalues == pytest.approx([-1.4 * pace] * 2, abs=1e-6)
        assert point.kind == "stable node"
