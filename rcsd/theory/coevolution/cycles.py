"""Limit cycles of the coupled pair around the origin, found by following paths half a turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from rcsd.theory.coevolution.flow import integrate, velocity
from rcsd.theory.coevolution.parameters import CoevolutionParameters, moving_omega
from rcsd.theory.rules import whole

_PATIENCE = 60.0
"""A half turn that takes longer than this many of the times 1/nu and 1/omega together never ends: it has come to rest.
"""
_N_DRAWN = 400


@dataclass(frozen=True, slots=True, eq=False)
class LimitCycle:
    """A closed path around the origin.

    Attributes
    ----------
    period : float
        Years.
    amplitude, alpha_amplitude : float
        Largest x and largest alpha on it; by symmetry the smallest are their negatives.
    alpha_on_axis : float
        alpha where x rises through zero.
    multiplier : float
        What becomes of a small distance to the cycle in one turn; below 1 it is stable.
    times, preference, alpha : NDArray, shape (n,)
        One turn from x = 0 on, with x rising.
    """

    period: float
    amplitude: float
    alpha_amplitude: float
    alpha_on_axis: float
    multiplier: float
    times: NDArray[np.float64]
    preference: NDArray[np.float64]
    alpha: NDArray[np.float64]

    @property
    def stable(self) -> bool:
        """Whether paths nearby come to it."""
        return self.multiplier < 1


def limit_cycles(parameters: CoevolutionParameters, *, n_grid: int = 48) -> tuple[LimitCycle, ...]:
    """Find the cycles around the origin, by rising size.

    A path that leaves (0, alpha > 0) comes, if it turns around the origin, to (0, -h(alpha)). The pair is symmetric
    under (x, alpha) -> (-x, -alpha) and paths do not cross, so h rises, and its fixed points are all the cycles around
    the origin. They are looked for between `n_grid` values of alpha from alpha0/10^4 to alpha0, beyond which no cycle
    reaches; two that lie between neighbours of the grid are missed, as are cycles around another point than the origin.

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
    return tuple(
        _cycle(float(brentq(_gain, low, high, args=(parameters,), xtol=1e-13, rtol=1e-12)), parameters)
        for low, high, before, after in zip(grid[:-1], grid[1:], gains[:-1], gains[1:], strict=True)
        if before * after < 0
    )


def _falls_through_zero(_: float, state: Sequence[float]) -> float:
    return state[0]


_falls_through_zero.terminal = True  # type: ignore[attr-defined]
_falls_through_zero.direction = -1.0  # type: ignore[attr-defined]


def _half_turn(alpha: float, parameters: CoevolutionParameters, events: Sequence[Any] = ()) -> Any:
    longest = _PATIENCE * (1 / parameters.nu + 1 / parameters.omega)
    return integrate(parameters, (0.0, alpha), (0.0, longest), events=(_falls_through_zero, *events))


def _gain(alpha: float, parameters: CoevolutionParameters) -> float:
    """Return ln(h(alpha)/alpha), NaN where the path does not turn around the origin."""
    arrival = _half_turn(alpha, parameters).y_events[0]
    return math.log(-arrival[0, 1] / alpha) if len(arrival) and arrival[0, 1] < 0 else math.nan


def _cycle(alpha: float, parameters: CoevolutionParameters) -> LimitCycle:
    drifts = velocity(parameters)
    extremes = [lambda t, state, axis=axis: drifts(t, state)[axis] for axis in (0, 1)]
    turn = _half_turn(alpha, parameters, extremes)
    half = float(turn.t_events[0][0])
    step = 1e-4
    # d ln h/d ln alpha; a whole turn is two halves.
    spread = _gain(alpha * (1 + step), parameters) - _gain(alpha * (1 - step), parameters)
    times = np.linspace(0, half, _N_DRAWN // 2, endpoint=False)
    x, factor = integrate(parameters, (0.0, alpha), (0.0, half), times=times).y
    return LimitCycle(
        period=2 * half,
        amplitude=float(np.abs(turn.y_events[1][:, 0]).max()),
        alpha_amplitude=float(np.abs(turn.y_events[2][:, 1]).max(initial=alpha)),
        alpha_on_axis=alpha,
        multiplier=(1 + spread / (2 * step)) ** 2,
        times=np.concatenate([times, half + times, [2 * half]]),
        preference=np.concatenate([x, -x, [0.0]]),
        alpha=np.concatenate([factor, -factor, [alpha]]),
    )
