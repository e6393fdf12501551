"""The compiled loop that follows many paths of the pair, for estimates that need tens of thousands of them."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

_REACH = 0.5
"""Largest product of a step and the fastest rate: the classical method is stable up to 2.8, and accurate well below."""


@njit(nogil=True)
def _drift(x: float, alpha: float, row: NDArray[np.float64]) -> tuple[float, float]:
    """Eqs 13, 14 and 17; a row is nu, beta, omega, alpha0, lambda."""
    up, turn = math.exp(alpha + row[1] * x), math.exp(row[4] * x)
    return (
        row[0] * ((1 - x) * up - (1 + x) / up),
        row[2] * ((row[3] - alpha) / turn - (row[3] + alpha) * turn),
    )


@njit(nogil=True)
def _fastest(row: NDArray[np.float64]) -> float:
    """Bound the rates of a row: |x| <= 1, and alpha stays within alpha0."""
    of_x = 2 * row[0] * (1 + row[1]) * math.cosh(row[3] + row[1])
    of_alpha = 2 * row[2] * (1 + row[4] * row[3]) * math.cosh(row[4])
    return float(max(of_x, of_alpha))


@njit(nogil=True)
def preference_paths(rows: NDArray[np.float64], n_times: int, interval: float) -> NDArray[np.float64]:
    """Follow x from x = -1 and alpha = 0 by the classical Runge-Kutta method.

    Parameters
    ----------
    rows
        nu, beta, omega, alpha0 and lambda of each path, shape (n_runs, 5).
    n_times
        How many values of each path are noted; the first is that of the start.
    interval
        Years between two of them; a step is that or as much shorter as the rates ask for.

    Returns
    -------
    NDArray, shape (n_runs, n_times)
        x.
    """
    paths = np.empty((rows.shape[0], n_times))
    for run in range(rows.shape[0]):
        row = rows[run]
        n_steps = max(1, math.ceil(interval * _fastest(row) / _REACH))
        h = interval / n_steps
        x, alpha = -1.0, 0.0
        for time in range(n_times):
            paths[run, time] = x
            for _ in range(n_steps):
                x1, a1 = _drift(x, alpha, row)
                x2, a2 = _drift(x + h / 2 * x1, alpha + h / 2 * a1, row)
                x3, a3 = _drift(x + h / 2 * x2, alpha + h / 2 * a2, row)
                x4, a4 = _drift(x + h * x3, alpha + h * a3, row)
                x += h / 6 * (x1 + 2 * x2 + 2 * x3 + x4)
                alpha += h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
    return paths
