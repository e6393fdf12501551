"""Limit cycles of the coupled pair around the origin, found by following paths half a turn."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from rcsd.papers.coevolution.behaviour.half_turn import half_turn
from rcsd.papers.coevolution.equations.flow import integrate
from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters, moving_omega
from rcsd.papers.rules import whole

_CLOSED = 1e-8
"""A path closes when half a turn changes alpha by less than this share."""
_INTO_THE_ORIGIN = -50.0
_N_DRAWN = 400


@dataclass(frozen=True, slots=True, eq=False)
class LimitCycle:
    """A closed path around an equilibrium, of most cycles the origin.

    Attributes
    ----------
    period : float
        Years.
    amplitude, alpha_amplitude : float
        Half of what x and alpha range over on it; around the origin they are the largest, and by symmetry the smallest
        their negatives.
    alpha_on_axis : float
        alpha where the turn begins: x passes that of the equilibrium there.
    multiplier : float
        What becomes of a small distance to the cycle in one turn; below 1 it is stable.
    times, preference, alpha : NDArray, shape (n,)
        One turn.
    centre : tuple of two float
        x and alpha of the equilibrium.
    """

    period: float
    amplitude: float
    alpha_amplitude: float
    alpha_on_axis: float
    multiplier: float
    times: NDArray[np.float64]
    preference: NDArray[np.float64]
    alpha: NDArray[np.float64]
    centre: tuple[float, float] = (0.0, 0.0)

    def mirrored(self) -> LimitCycle:
        """Return the image under (x, alpha) -> (-x, -alpha), which is a cycle as well."""
        return replace(
            self,
            alpha_on_axis=-self.alpha_on_axis,
            preference=-self.preference,
            alpha=-self.alpha,
            centre=(-self.centre[0], -self.centre[1]),
        )

    @property
    def stable(self) -> bool:
        """Whether paths nearby come to it."""
        return self.multiplier < 1


def limit_cycles(parameters: CoevolutionParameters, *, n_grid: int = 48) -> tuple[LimitCycle, ...]:
    """Find the cycles around the origin, by rising size.

    A path that leaves (0, alpha > 0) comes, if it turns around the origin, to (0, -h(alpha)). The pair is symmetric
    under (x, alpha) -> (-x, -alpha) and paths do not cross, so h rises, and its fixed points are all the cycles around
    the origin. They are looked for between `n_grid` values of alpha from alpha0/10^4 to alpha0, beyond which no cycle
    reaches; two that lie between neighbours of the grid are missed. Cycles around another point than the origin are
    found by `outer_cycles`.

    Parameters
    ----------
    parameters
        Of the pair; omega above zero.
    n_grid
        Half of the values are spaced evenly, half by a constant factor; 8 or more.

    Raises
    ------
    ParameterError
        When omega is zero.
    SimulationError
        When a path cannot be solved.
    """
    moving_omega(parameters)
    half = whole("n_grid", n_grid, 8) // 2
    if parameters.alpha0 * parameters.lam == 0:
        return ()  # alpha then just dies out
    grid = parameters.alpha0 * np.concatenate([np.geomspace(1e-4, 0.1, half)[:-1], np.linspace(0.1, 1, half)])
    gains = [_gain(alpha, parameters) for alpha in grid]
    closed = [
        _closed(low, high, parameters)
        for low, high, before, after in zip(grid[:-1], grid[1:], gains[:-1], gains[1:], strict=True)
        if before * after < 0
    ]
    cycles = [_cycle(alpha, parameters) for alpha in closed if alpha is not None]
    return tuple(cycle for cycle in cycles if cycle is not None)


def _gain(alpha: float, parameters: CoevolutionParameters) -> float:
    """Return ln(h(alpha)/alpha), little where the path goes into the origin, NaN where it comes to rest elsewhere."""
    arrival = half_turn(alpha, parameters)
    if arrival is None:
        return math.nan
    return math.log(-arrival[1] / alpha) if arrival[1] < 0 else _INTO_THE_ORIGIN


def _closed(low: float, high: float, parameters: CoevolutionParameters) -> float | None:
    """Find alpha in [low, high] where a path closes; None where h is broken between by paths that come to rest."""
    alpha, search = brentq(_gain, low, high, args=(parameters,), xtol=1e-13, rtol=1e-12, full_output=True, disp=False)
    return float(alpha) if search.converged and abs(_gain(alpha, parameters)) < _CLOSED else None


def _cycle(alpha: float, parameters: CoevolutionParameters) -> LimitCycle | None:
    turned = half_turn(alpha, parameters)
    if turned is None:
        return None
    half = turned[0]
    step = 1e-4
    # d ln h/d ln alpha; a whole turn is two halves.
    spread = _gain(alpha * (1 + step), parameters) - _gain(alpha * (1 - step), parameters)
    times = np.linspace(0, half, _N_DRAWN // 2, endpoint=False)
    x, factor = integrate(parameters, (0.0, alpha), (0.0, half), times=times).y
    return LimitCycle(
        period=2 * half,
        amplitude=_highest(0, times, np.array([x, factor]), parameters),
        alpha_amplitude=_highest(1, times, np.array([x, factor]), parameters),
        alpha_on_axis=alpha,
        multiplier=(1 + spread / (2 * step)) ** 2,
        times=np.concatenate([times, half + times, [2 * half]]),
        preference=np.concatenate([x, -x, [0.0]]),
        alpha=np.concatenate([factor, -factor, [alpha]]),
    )


def _highest(
    axis: int, times: NDArray[np.float64], states: NDArray[np.float64], parameters: CoevolutionParameters
) -> float:
    """Return the largest size of x (axis 0) or alpha (axis 1) on half a turn, solved again around its largest sample.

    Of the two extremes of alpha one lies on this half, the other, its mirror image, on the next; the samples begin at
    alpha > 0 and end below zero, so that the one on this half may be either.
    """
    at = int(np.argmax(np.abs(states[axis])))
    first, last = max(at - 1, 0), min(at + 1, times.size - 1)
    span = float(times[first]), float(times[last])
    x, alpha = states[:, first]
    near = integrate(parameters, (float(x), float(alpha)), span, times=np.linspace(*span, _N_DRAWN)).y
    return float(np.abs(near[axis]).max())
