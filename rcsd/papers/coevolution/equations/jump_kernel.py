"""The compiled loop of the exact stochastic simulation."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(nogil=True)
def jump_paths(
    up: NDArray[np.float64],
    down: NDArray[np.float64],
    starts: NDArray[np.int64],
    times: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    """Follow a birth-and-death process, jump by jump (Gillespie 1977, direct method).

    Parameters
    ----------
    up, down
        Rates of a step up and down from each state, shape (n_states,).
    starts
        State at the first time, shape (n_runs,).
    times
        When the state is noted, increasing, shape (n_times,).
    rng
        Source of the waiting times and directions, run after run.

    Returns
    -------
    NDArray, shape (n_runs, n_times)
        The states.
    """
    paths = np.empty((starts.size, times.size), dtype=np.int32)
    for run in range(starts.size):
        state, now, noted = starts[run], times[0], 0
        while noted < times.size:
            total = up[state] + down[state]
            # A state that nothing leaves keeps the process for ever.
            now += rng.standard_exponential() / total if total > 0 else np.inf
            while noted < times.size and times[noted] < now:
                paths[run, noted] = state
                noted += 1
            if noted < times.size:
                state += 1 if rng.random() * total < up[state] else -1
    return paths
