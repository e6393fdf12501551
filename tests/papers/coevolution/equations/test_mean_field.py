"""The drifts, their Jacobian and the potential against symbolic algebra."""

import numpy as np
import pytest
import sympy as sp

from rcsd.papers.coevolution import CoevolutionParameters, driving_force, jacobian, potential, preference_drift
from rcsd.papers.coevolution import unit_rates as rates

X, ALPHA, NU, BETA, OMEGA, ALPHA0, LAM = sp.symbols("x alpha nu beta omega alpha0 lambda", real=True)
FORCE = 2 * NU * (sp.sinh(ALPHA + BETA * X) - X * sp.cosh(ALPHA + BETA * X))
DRIFT = -2 * OMEGA * (ALPHA0 * sp.sinh(LAM * X) + ALPHA * sp.cosh(LAM * X))
POTENTIAL = 2 * NU / BETA**2 * (BETA * X * sp.sinh(ALPHA + BETA * X) - (1 + BETA) * sp.cosh(ALPHA + BETA * X))

CASES = [
    (CoevolutionParameters(), -0.7, 0.3),
    (CoevolutionParameters(nu=0.4, beta=2.3, omega=0.3, alpha0=1.2, lam=0.7), 0.35, -0.9),
    (CoevolutionParameters(nu=1.0, beta=0.2, omega=2.0, alpha0=3.0, lam=4.0), 0.99, 1.5),
]


def exact(expression, parameters, x, alpha):
    """Evaluate an expression with 40 digits."""
    values = {NU: parameters.nu, BETA: parameters.beta, OMEGA: parameters.omega, ALPHA0: parameters.alpha0}
    values |= {LAM: parameters.lam, X: x, ALPHA: alpha}
    return float(expression.evalf(40, subs={key: sp.Float(value, 40) for key, value in values.items()}))


def test_the_driving_force_is_minus_the_slope_of_the_potential():
    """A = -dV/dx (eq 15) as an identity of symbols."""
    assert sp.simplify((FORCE + sp.diff(POTENTIAL, X)).rewrite(sp.exp)) == 0


@pytest.mark.parametrize(("parameters", "x", "alpha"), CASES)
def test_force_drift_and_potential_are_their_equations(parameters, x, alpha):
    """Equations 13, 16 and 17, and A = -dV/dx, to 1e-12."""
    assert driving_force(x, alpha, parameters) == pytest.approx(exact(FORCE, parameters, x, alpha), rel=1e-12)
    assert preference_drift(x, alpha, parameters) == pytest.approx(exact(DRIFT, parameters, x, alpha), rel=1e-12)
    assert potential(x, alpha, parameters) == pytest.approx(exact(POTENTIAL, parameters, x, alpha), rel=1e-12)
    slope = exact(sp.diff(POTENTIAL, X), parameters, x, alpha)
    assert driving_force(x, alpha, parameters) == pytest.approx(-slope, rel=1e-12)


@pytest.mark.parametrize(("parameters", "x", "alpha"), CASES)
def test_the_jacobian_is_that_of_the_drifts(parameters, x, alpha):
    """All four derivatives to 1e-12."""
    matrix = sp.Matrix([FORCE, DRIFT]).jacobian([X, ALPHA])
    expected = [[exact(matrix[i, j], parameters, x, alpha) for j in (0, 1)] for i in (0, 1)]
    np.testing.assert_allclose(jacobian(x, alpha, parameters), expected, rtol=1e-12)


def test_the_force_balances_the_two_streams_of_units():
    """A = (1 - x) p_up - (1 + x) p_down (eq 13) with the rates of eq 14, whose product is nu squared."""
    parameters, x = CoevolutionParameters(), np.linspace(-1, 1, 41)
    up, down = rates(x, 0.2, parameters)
    np.testing.assert_allclose(driving_force(x, 0.2, parameters), (1 - x) * up - (1 + x) * down, atol=1e-15)
    np.testing.assert_allclose(up * down, parameters.nu**2, rtol=1e-14)


def test_the_edges_drive_inwards():
    """At x = -1 the force is positive, at 1 negative: x cannot leave [-1, 1]."""
    parameters = CoevolutionParameters(beta=3.0)
    assert driving_force(-1, -0.5, parameters) > 0 > driving_force(1, 0.5, parameters)
