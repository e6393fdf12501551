"""Limit cycles: onset, coexistence, and that they close."""

import math
from dataclasses import replace

import numpy as np
import pytest

from rcsd.papers.coevolution import (
    CoevolutionParameters,
    equilibria,
    hopf_point,
    limit_cycles,
    onset_amplitude,
    read_life_cycle,
    trajectory,
)

SOFT = [CoevolutionParameters(), CoevolutionParameters(nu=0.4, omega=0.3, alpha0=1.0, lam=2.0)]
HARD = CoevolutionParameters(nu=1.0, omega=2.5, alpha0=12.5, lam=0.4)


@pytest.mark.parametrize("parameters", SOFT)
@pytest.mark.parametrize("beyond", [1e-3, 1e-2])
def test_the_amplitude_just_above_a_soft_onset_is_the_predicted_one(parameters, beyond):
    """Amplitude within 2 % of the Lyapunov coefficient's, period that of the Hopf point, and the cycle attracts."""
    point = hopf_point(parameters)
    above = replace(parameters, beta=point.beta + beyond)
    (cycle,) = limit_cycles(above)
    assert cycle.stable
    assert cycle.amplitude == pytest.approx(onset_amplitude(above), rel=0.02)
    assert cycle.period == pytest.approx(point.period, rel=0.02)
    # Close to onset the multiplier is exp(-2 nu (beta - beta_H) T).
    assert math.log(cycle.multiplier) == pytest.approx(-2 * above.nu * beyond * cycle.period, rel=0.15)


@pytest.mark.parametrize("parameters", SOFT)
def test_below_a_soft_onset_there_is_no_cycle(parameters):
    """The origin attracts everything."""
    assert limit_cycles(replace(parameters, beta=hopf_point(parameters).beta - 0.01)) == ()


def test_a_hard_onset_has_a_stable_equilibrium_beside_a_large_cycle():
    """Below beta_H an unstable cycle parts two stable states; which one is reached depends on the start."""
    point = hopf_point(HARD)
    assert point.lyapunov > 0
    assert onset_amplitude(replace(HARD, beta=point.beta + 0.1)) is None
    below = replace(HARD, beta=point.beta - 0.1)
    (origin,) = equilibria(below)
    assert origin.kind == "stable focus"
    small, large = limit_cycles(below)
    assert (small.stable, large.stable) == (False, True)
    assert large.amplitude > 0.99
    assert small.amplitude == pytest.approx(math.sqrt(below.nu * 0.1 / point.lyapunov), rel=0.1)
    times = np.linspace(0, 60, 6001)
    inside = trajectory(below, times, x0=0.0, alpha_initial=0.9 * small.alpha_on_axis)
    outside = trajectory(below, times, x0=0.0, alpha_initial=1.1 * small.alpha_on_axis)
    assert np.abs(inside.preference[-500:]).max() < 0.01
    assert outside.preference[-500:].max() == pytest.approx(large.amplitude, abs=1e-3)
    assert read_life_cycle(times, outside.preference).kind == "recurrent"


def test_just_above_a_hard_onset_the_cycle_is_large_at_once():
    """Only the large stable cycle is left."""
    (cycle,) = limit_cycles(replace(HARD, beta=hopf_point(HARD).beta + 1e-3))
    assert cycle.stable
    assert cycle.amplitude > 0.99


def test_a_cycle_closes_and_is_reached():
    """After one period the path is back; a path from x = -1 ends on it with its amplitude and period."""
    parameters = CoevolutionParameters(beta=1.8)
    (cycle,) = limit_cycles(parameters)
    start = {"x0": 0.0, "alpha_initial": cycle.alpha_on_axis}
    once = trajectory(parameters, [0.0, cycle.period], **start)
    assert (once.preference[-1], once.alpha[-1]) == pytest.approx((0, cycle.alpha_on_axis), abs=1e-7)
    times = np.linspace(0, 600, 60_001)
    x = trajectory(parameters, times).preference
    late = times > 300
    assert x[late].max() == pytest.approx(cycle.amplitude, abs=1e-5)
    rises = times[1:][(x[:-1] < 0) & (x[1:] >= 0) & late[1:]]
    assert np.diff(rises).mean() == pytest.approx(cycle.period, abs=0.01)


def test_a_locked_pair_has_no_cycle():
    """Where outer equilibria catch all paths none is found, and none without an answer of alpha to x."""
    assert limit_cycles(CoevolutionParameters(beta=2.1)) == ()
    assert limit_cycles(CoevolutionParameters(alpha0=0.0)) == ()
