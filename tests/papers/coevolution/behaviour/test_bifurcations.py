"""Cusp, pitchfork and Hopf: found by a search and known in closed form."""

import math
from dataclasses import replace

import pytest
import sympy as sp

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    bifurcation_set,
    cusp_alpha,
    equilibria,
    fixed_points,
    hopf_point,
    locate_cusp,
    locate_fold,
    locate_hopf,
    locate_outer_fold,
    locate_pitchfork,
    pitchfork_beta,
)

CASES = [
    CoevolutionParameters(),
    CoevolutionParameters(nu=1.0, omega=2.5, alpha0=12.5, lam=0.4),
    CoevolutionParameters(nu=0.3, omega=0.1, alpha0=0.7, lam=1.3),
]


@pytest.mark.parametrize("beta", [1.001, 1.05, 1.5, 2.0, 5.0, 15.0])
def test_the_fold_found_lies_on_the_cusp(beta):
    """Where A and dA/dx vanish, x^2 = 1 - 1/beta and |alpha| = alpha_c, to 1e-8."""
    x, alpha = locate_fold(beta)
    assert x == pytest.approx(math.sqrt(1 - 1 / beta), abs=1e-8)
    assert alpha == pytest.approx(-cusp_alpha(beta), abs=1e-8)


def test_the_tip_of_the_cusp_is_found():
    """The tip lies at x = 0, alpha = 0, beta = 1, to 1e-8; the formula gives alpha_c = 0 there."""
    assert locate_cusp() == pytest.approx((0, 0, 1), abs=1e-8)
    assert cusp_alpha(1.0) == 0


def test_fixed_points_appear_as_alpha_enters_the_cusp():
    """One just outside, three just inside."""
    edge = cusp_alpha(1.7)
    assert len(fixed_points(edge * (1 + 1e-9), 1.7)) == 1
    assert len(fixed_points(edge * (1 - 1e-9), 1.7)) == 3


def test_x_alone_splits_at_beta_one_softly():
    """At alpha = 0 the outer points leave zero as sqrt(3 (beta - 1)): a supercritical pitchfork."""
    assert len(fixed_points(0.0, 1.0)) == 1
    point = fixed_points(0.0, 1 + 1e-6)[-1]
    assert point.x == pytest.approx(math.sqrt(3e-6), rel=1e-4)
    assert point.stable


@pytest.mark.parametrize("parameters", CASES)
def test_hopf_and_pitchfork_found_are_those_of_the_formulas(parameters):
    """beta_H, the frequency and the pitchfork's beta to 1e-8."""
    point = hopf_point(parameters)
    assert point is not None
    assert locate_hopf(parameters) == pytest.approx((point.beta, point.frequency), abs=1e-8)
    assert locate_pitchfork(parameters) == pytest.approx(pitchfork_beta(parameters), abs=1e-8)


def test_a_slow_answer_has_no_hopf_point():
    """With alpha0 lambda <= omega/nu the eigenvalues at zero trace are real."""
    assert hopf_point(CoevolutionParameters(nu=0.1, omega=0.2, alpha0=0.5, lam=2.0)) is None


def test_the_lyapunov_coefficient_is_that_of_the_normal_form():
    """Guckenheimer and Holmes, eq 3.4.11, worked out in symbols for coordinates in which the linear part turns."""
    nu, ratio, alpha0, lam, u, v = sp.symbols("nu r alpha0 lambda u v", positive=True)
    frequency = 2 * nu * sp.sqrt(ratio * alpha0 * lam - ratio**2)
    alpha = -(frequency * v + 2 * ratio * nu * u) / (2 * nu)
    push = alpha + (1 + ratio) * u
    first = 2 * nu * (sp.sinh(push) - u * sp.cosh(push))
    drift = -2 * ratio * nu * (alpha0 * sp.sinh(lam * u) + alpha * sp.cosh(lam * u))
    second = -(2 * ratio * nu * first + 2 * nu * drift) / frequency

    def at_origin(expression, *by):
        return sp.diff(expression, *by).subs({u: 0, v: 0})

    assert sp.simplify(at_origin(first, v) + frequency) == 0
    assert sp.simplify(at_origin(second, u) - frequency) == 0
    terms = ((first, (u, u, u)), (first, (u, v, v)), (second, (u, u, v)), (second, (v, v, v)))
    coefficient = sum(at_origin(expression, *by) for expression, by in terms) / 16
    formula = nu / 8 * (alpha0 * lam * ratio**2 - lam**2 * ratio - 2 - ratio - ratio**3)
    assert sp.simplify(coefficient - formula) == 0
    for case in CASES:
        values = {nu: case.nu, ratio: case.ratio, alpha0: case.alpha0, lam: case.lam}
        assert hopf_point(case).lyapunov == pytest.approx(float(formula.subs(values)), rel=1e-12)


def test_outer_equilibria_are_born_at_the_fold():
    """One equilibrium just below, five just above, three beyond the pitchfork; none apart if alpha0 is small."""
    parameters = CoevolutionParameters()
    fold = locate_outer_fold(parameters)
    assert fold == pytest.approx(1.9046, abs=1e-4)
    counts = [len(equilibria(replace(parameters, beta=beta))) for beta in (fold - 1e-7, fold + 1e-7, 2.2, 2.3)]
    assert counts == [1, 5, 5, 3]
    assert locate_outer_fold(CoevolutionParameters(alpha0=0.06)) is None


def test_the_bifurcation_set_changes_from_soft_to_hard_where_the_coefficient_does():
    """With alpha0 = 5 and lambda = 1 the onset is hard for omega/nu from 1.07 to 4.51, roots of the cubic."""
    found = bifurcation_set(CoevolutionParameters(nu=1.0, omega=2.5, alpha0=5.0, lam=1.0))
    ratio = sp.symbols("r")
    roots = sorted(
        float(root) for root in sp.nroots(5 * ratio**2 - ratio - 2 - ratio - ratio**3) if abs(sp.im(root)) < 1e-9
    )
    hard = found.ratios[~found.soft]
    step = found.ratios[1] - found.ratios[0]
    assert hard[0] == pytest.approx(roots[1], abs=step)
    assert hard[-1] == pytest.approx(roots[2], abs=step)
    assert found.pitchfork == 6
    assert found.hopf_betas == pytest.approx(1 + found.ratios)
