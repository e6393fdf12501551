"""Limit cycles of the coupled pair around an equilibrium apart from the origin, found by following whole turns."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from rcsd.papers.coevolution.behaviour.cycles import LimitCycle
from rcsd.papers.coevolution.behaviour.equilibria import Equilibrium, equilibria
from rcsd.papers.coevolution.behaviour.outer_turn import outer_turn
from rcsd.papers.coevolution.equations.flow import integrate
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, moving_omega
from rcsd.papers.rules import whole

_CLOSED = 1e-7
"""A path closes when a turn changes its height above the equilibrium by less than this share."""
_INTO_THE_CENTRE = -50.0
_N_DRAWN = 400
_N_HALVINGS = 40


def outer_cycles(parameters: CoevolutionParameters, *, n_grid: int = 32) -> tuple[LimitCycle, ...]:
    """Find the cycles around the outermost equilibria, by rising size, each followed by its mirror image.

    An outer equilibrium that is no saddle changes its stability where the trace of its Jacobian vanishes,
    nu (beta s - 1/s) = omega cosh(lambda x) with s = sqrt(1 - x^2), and cycles can lie around it. Where they can be is
    narrow. A cycle that crosses x = 0 goes around the origin, where `limit_cycles` finds it: dx/dt has the sign of
    alpha there, so that it crosses above the origin one way and below it the other. One that does not keeps to x > 0
    (or, mirrored, x < 0). There alpha falls wherever it is not below -alpha0 tanh(lambda x), so the cycle keeps to
    alpha < 0. It goes around equilibria whose indices add up to 1; with x > 0 there are a saddle at most and the
    outermost one, so it goes around the outermost alone.

    A path that begins above that equilibrium, on the line x = x*, crosses the line upwards there only, and comes back
    to a height P. All cycles are fixed points of P between alpha* and 0. They are looked for between `n_grid` heights,
    and between the last one from which a path comes back and the first from which it does not; two that lie between
    neighbours of the grid are missed.

    Parameters
    ----------
    parameters
        Of the pair; omega above zero.
    n_grid
        Half of the heights are spaced evenly, half by a constant factor; 8 or more.

    Raises
    ------
    ParameterError
        When omega is zero.
    SimulationError
        When a path cannot be solved.
    """
    moving_omega(parameters)
    half = whole("n_grid", n_grid, 8) // 2
    outermost = equilibria(parameters)[-1]
    if outermost.x == 0 or outermost.kind == "saddle":
        return ()
    grid = -outermost.alpha * np.concatenate([np.geomspace(1e-3, 0.1, half)[:-1], np.linspace(0.1, 1, half)])
    closed = [
        _closed(low, high, outermost, parameters)
        for low, high in _brackets([float(height) for height in grid], outermost, parameters)
    ]
    return tuple(each for rise in closed if rise is not None for each in _mirrored(rise, outermost, parameters))


def _gain(rise: float, centre: Equilibrium, parameters: CoevolutionParameters) -> float:
    """Return ln(P(rise)/rise), little where the path goes into the equilibrium, NaN where it does not come back."""
    arrival = outer_turn(rise, (centre.x, centre.alpha), parameters)
    if arrival is None:
        return math.nan
    return math.log(arrival[1] / rise) if arrival[1] > 0 else _INTO_THE_CENTRE


def _brackets(grid: list[float], centre: Equilibrium, parameters: CoevolutionParameters) -> list[tuple[float, float]]:
    """Return pairs of heights between which the gain changes its sign."""
    found = []
    before, gain = grid[0], _gain(grid[0], centre, parameters)
    for height in grid[1:]:
        if math.isnan(gain):
            break  # a cycle further out would hold this path, which has left
        at, change = height, _gain(height, centre, parameters)
        if math.isnan(change):
            at, change = _furthest(before, height, gain, centre, parameters)
        if gain * change < 0:
            found.append((before, at))
        before, gain = height, math.nan if at != height else change
    return found


def _furthest(
    low: float, high: float, gain: float, centre: Equilibrium, parameters: CoevolutionParameters
) -> tuple[float, float]:
    """Return a height above `low`, from which paths come back, whose gain has another sign; else the last that does."""
    at = low
    for _ in range(_N_HALVINGS):
        middle = (at + high) / 2
        change = _gain(middle, centre, parameters)
        if math.isnan(change):
            high = middle
        elif change * gain < 0:
            return middle, change
        else:
            at, gain = middle, change
    return at, gain


def _closed(low: float, high: float, centre: Equilibrium, parameters: CoevolutionParameters) -> float | None:
    """Find the height in [low, high] where a path closes."""
    rise, search = brentq(
        _gain, low, high, args=(centre, parameters), xtol=1e-13, rtol=1e-11, full_output=True, disp=False
    )
    return float(rise) if search.converged and abs(_gain(rise, centre, parameters)) < _CLOSED else None


def _mirrored(rise: float, centre: Equilibrium, parameters: CoevolutionParameters) -> tuple[LimitCycle, ...]:
    """Return the cycle through a height above an equilibrium, and its mirror image."""
    turned = outer_turn(rise, (centre.x, centre.alpha), parameters)
    if turned is None:
        return ()
    # d ln P/d ln rise from the inner side, where paths come back even next to the saddle.
    step = 1e-4
    spread = -_gain(rise * (1 - step), centre, parameters)
    times = np.linspace(0, turned[0], _N_DRAWN)
    x, alpha = integrate(parameters, (centre.x, centre.alpha + rise), (0.0, turned[0]), times=times).y
    cycle = LimitCycle(
        period=turned[0],
        amplitude=float(np.ptp(x)) / 2,
        alpha_amplitude=float(np.ptp(alpha)) / 2,
        alpha_on_axis=centre.alpha + rise,
        multiplier=1 + spread / step,
        times=times,
        preference=x,
        alpha=alpha,
        centre=(centre.x, centre.alpha),
    )
    return cycle, cycle.mirrored()
