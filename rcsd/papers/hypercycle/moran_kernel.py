"""The compiled loop of the network at finite numbers."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(nogil=True)
def moran_paths(
    baseline: NDArray[np.float64],
    catalysis: NDArray[np.float64],
    counts: NDArray[np.int64],
    times: NDArray[np.float64],
    n_runs: int,
    rng: np.random.Generator,
) -> NDArray[np.int32]:
    """Follow births and deaths one by one (Gillespie 1977, direct method).

    Parameters
    ----------
    baseline, catalysis
        f_i = baseline_i + sum_j catalysis_ij n_j/N, shapes (unit,) and (unit, unit).
    counts
        Members of each unit at the first time, shape (unit,).
    times
        When the counts are noted, increasing, shape (n_times,).
    n_runs
        How many paths.
    rng
        Source of randomness, run after run.

    Returns
    -------
    NDArray, shape (n_runs, n_times, unit)
        The counts.
    """
    n, total = counts.size, counts.sum()
    paths = np.empty((n_runs, times.size, n), dtype=np.int32)
    births = np.empty(n)
    for run in range(n_runs):
        state, now, noted = counts.copy(), times[0], 0
        while noted < times.size:
            births_sum, alone = 0.0, False
            for i in range(n):
                gain = 0.0
                for j in range(n):
                    gain += catalysis[i, j] * state[j]
                births[i] = state[i] * (baseline[i] + gain / total)
                births_sum += births[i]
                alone = alone or state[i] == total
            # One unit alone, or none that replicates, stays as it is for ever.
            now += rng.standard_exponential() / births_sum if births_sum > 0 and not alone else np.inf
            while noted < times.size and times[noted] < now:
                paths[run, noted] = state
                noted += 1
            if noted < times.size:
                born, drawn = 0, rng.random() * births_sum
                while born < n - 1 and drawn >= births[born]:
                    drawn -= births[born]
                    born += 1
                dead, picked = 0, rng.random() * total
                while dead < n - 1 and picked >= state[dead]:
                    picked -= state[dead]
                    dead += 1
                state[born] += 1
                state[dead] -= 1
    return paths
