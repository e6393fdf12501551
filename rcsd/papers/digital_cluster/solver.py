"""Solves the cluster's equations, many runs as one system."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from rcsd.errors import SimulationError
from rcsd.papers.digital_cluster.dynamics import STOCKS, drift, initial_state
from rcsd.papers.digital_cluster.parameters import Columns

RELATIVE_TOLERANCE, ABSOLUTE_TOLERANCE = 1e-9, 1e-11

TOGETHER = 1024
"""Runs solved as one system at most."""

FASTEST = 250.0
"""Rates above this many a year make a run stiff: it is solved apart, by a method for such runs."""


def solve(c: Columns, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve runs from the first of the times on, shape (n_runs, n_times, 7).

    Parameters
    ----------
    c
        Parameters, arrays of shape (n_runs,), within their rules.
    times
        Increasing, the first is that of the initial state.

    Raises
    ------
    SimulationError
        When the solver gives up.
    """
    n = c["digital_ceiling"].size
    paths = np.empty((n, times.size, len(STOCKS)))
    fast = fastest(c) > FASTEST
    calm = np.flatnonzero(~fast)
    blocks = [calm[first : first + TOGETHER] for first in range(0, calm.size, TOGETHER)]
    for block in blocks:
        paths[block] = _block({name: column[block] for name, column in c.items()}, times, "DOP853")
    for row in np.flatnonzero(fast):
        paths[row] = _block({name: column[[row]] for name, column in c.items()}, times, "LSODA")[0]
    return paths


def fastest(c: Columns) -> NDArray[np.float64]:
    """Bound the rates of each run, 1/Year."""
    adoption = c["digital_external_influence"] * (1 + c["digital_support"]) + 2 * c["digital_imitation"] * (
        1 + c["saving_response"]
    )
    most_knowledge = (1 + c["exchange_gain"]) / (1 - c["distance_friction"])
    platform = c["platform_rate"] * most_knowledge + c["platform_exit_rate"]
    odds = c["initial_skilled_labour"] / (1 - c["initial_skilled_labour"])
    skills = c["skill_loss_rate"] * (1 / c["living_standard"] + odds * (1 + c["skill_response"]))
    # a shortage answers to labour over the demand, which is never below the initial labour
    skills = skills + c["skill_loss_rate"] * odds * c["skill_response"] / c["initial_skilled_labour"]
    return np.asarray(np.max([adoption, platform, skills], axis=0))


def _block(c: Columns, times: NDArray[np.float64], method: str) -> NDArray[np.float64]:
    """Solve some runs as one system, shape (n_runs, n_times, 7)."""
    start = initial_state(c)
    if times.size == 1:
        return np.asarray(start.T[:, None, :])
    # the error is judged over all runs together, so that of one may be larger by the root of their number
    margin = 1 / math.sqrt(start.shape[1])
    solved = solve_ivp(
        lambda _, state: drift(c, state.reshape(start.shape)).ravel(),
        (float(times[0]), float(times[-1])),
        start.ravel(),
        method=method,
        t_eval=times,
        rtol=max(margin * RELATIVE_TOLERANCE, 1e-12),
        atol=margin * ABSOLUTE_TOLERANCE,
    )
    if solved.status < 0 or not np.isfinite(solved.y).all():
        raise SimulationError(
            f"the digital cluster's equations could not be solved from year {times[0]:g} to {times[-1]:g}: "
            f"{solved.message}; take smaller rates or a shorter span"
        )
    return np.asarray(solved.y.reshape(*start.shape, times.size).transpose(1, 2, 0))
