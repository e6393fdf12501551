"""Cycles around equilibria apart from the origin."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    driving_force,
    equilibria,
    jacobian,
    limit_cycles,
    outer_cycles,
    preference_drift,
    survey,
)

BASE = CoevolutionParameters(nu=0.15, omega=0.075, alpha0=2.0, lam=0.5)


def outer_trace(beta: float) -> float:
    """Return the trace of the Jacobian at the outermost equilibrium."""
    point = equilibria(replace(BASE, beta=beta))[-1]
    return float(np.trace(jacobian(point.x, point.alpha, BASE if beta == BASE.beta else replace(BASE, beta=beta))))


@pytest.fixture(scope="module")
def onset() -> float:
    """Return beta at which the outermost equilibrium changes its stability."""
    return brentq(outer_trace, 2.05, 2.2, xtol=1e-13)


def test_an_outer_equilibrium_loses_its_stability_apart_from_the_origin(onset):
    """At x near 0.57 the trace vanishes and the determinant does not: a Hopf point that is not the origin's."""
    point = equilibria(replace(BASE, beta=onset))[-1]
    assert point.x == pytest.approx(0.57, abs=0.01)
    s = math.sqrt(1 - point.x**2)
    assert 2 * BASE.nu * (onset * s - 1 / s) == pytest.approx(2 * BASE.omega * math.cosh(BASE.lam * point.x), rel=1e-9)
    assert abs(point.eigenvalues[0].imag) > 0.05
    assert onset != pytest.approx(1 + BASE.ratio, abs=0.1)


def test_the_cycle_grows_from_the_equilibrium_as_the_root_of_the_distance(onset):
    """Above the onset the equilibrium is stable inside an unstable cycle with the period of the Hopf point."""
    amplitudes = []
    for beyond in (0.25e-3, 1e-3):
        above = replace(BASE, beta=onset + beyond)
        mirror_image, cycle = sorted(outer_cycles(above), key=lambda each: each.centre[0])
        point = equilibria(above)[-1]
        assert point.kind == "stable focus"
        assert cycle.centre == (point.x, point.alpha)
        assert not cycle.stable
        assert cycle.period == pytest.approx(2 * math.pi / abs(point.eigenvalues[0].imag), rel=0.03)
        # by the normal form a small distance to the cycle grows at twice the rate at which one to the focus dies out
        assert math.log(cycle.multiplier) == pytest.approx(-2 * point.eigenvalues[0].real * cycle.period, rel=0.15)
        assert mirror_image.centre == (-point.x, -point.alpha)
        assert (mirror_image.preference == -cycle.preference).all()
        amplitudes.append(cycle.amplitude)
    assert amplitudes[1] / amplitudes[0] == pytest.approx(2, rel=0.05)


def test_below_the_onset_there_is_none(onset):
    """The equilibrium is unstable there, and what leaves it comes to the large cycle around the origin."""
    below = replace(BASE, beta=onset - 1e-3)
    assert outer_cycles(below) == ()
    (large,) = limit_cycles(below)
    assert large.stable


@pytest.mark.parametrize("beta", [2.115, 2.13])
def test_the_cycle_closes_and_parts_what_comes_to_rest_from_what_leaves(beta):
    """Another solver returns to its start within a period; a path inside rests, one outside leaves for x < 0."""
    parameters = replace(BASE, beta=beta)
    _, cycle = sorted(outer_cycles(parameters), key=lambda each: each.centre[0])

    def drifts(_, state):
        return [float(driving_force(*state, parameters)), float(preference_drift(*state, parameters))]

    start = (cycle.centre[0], cycle.alpha_on_axis)
    turned = solve_ivp(drifts, (0, cycle.period), start, method="DOP853", rtol=1e-11, atol=1e-13).y[:, -1]
    # what the solvers differ by grows by the multiplier in a turn
    assert turned == pytest.approx(start, abs=1e-6 * cycle.multiplier)
    rise = cycle.alpha_on_axis - cycle.centre[1]
    lowest, distance = [], []
    for share in (0.97, 1.03):
        path = solve_ivp(drifts, (0, 3000), (start[0], cycle.centre[1] + share * rise), rtol=1e-8, atol=1e-10)
        lowest.append(path.y[0].min())
        distance.append(abs(path.y[0, -1] - cycle.centre[0]))
    assert lowest[0] > 0 > lowest[1]
    assert distance[0] < 1e-3


def test_a_survey_has_both_kinds():
    """The large cycle around the origin comes first, then the outer pair."""
    found = survey(replace(BASE, beta=2.115), years=50)
    assert [cycle.centre[0] == 0 for cycle in found.cycles] == [True, False, False]


def test_no_outer_equilibrium_no_outer_cycle():
    """Nor where the outermost is a stable node far out."""
    assert outer_cycles(CoevolutionParameters()) == ()
    assert outer_cycles(CoevolutionParameters(beta=4.0)) == ()
