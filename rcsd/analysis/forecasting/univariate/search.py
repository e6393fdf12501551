"""Smallest values of many smooth functions of a few bounded arguments at once, without chance.

A grid finds the valleys, a pattern search with halved steps their bottoms (Hooke & Jeeves, J. ACM 8, 1961, polling
every neighbour). Series of one length share the grid, so a hundred of them cost little more than one; and the same data
give the same answer on every machine, to the tolerance below.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Objective = Callable[[Array], Array]

TOLERANCE = 1e-4
"""Step, as a share of the interval, at which the search stops."""

LEAST_GAIN = 1e-8
"""Share of the value by which a point must be lower to be better: rounding is no descent."""

N_STARTS = 3
"""Parts of the first argument's interval that are searched apart: likelihoods of short series have several peaks."""

MOST_ROUNDS = 200


def minimise(objective: Objective, bounds: Array, n_grid: tuple[int, ...]) -> tuple[Array, Array]:
    """Minimise one function per series.

    Parameters
    ----------
    objective
        Takes arguments of shape (n_points, n_series or 1, n_arguments), returns values of shape (n_points, n_series).
    bounds
        Lowest and highest value of each argument, shape (n_arguments, 2).
    n_grid
        Points of the grid along each argument, bounds included; `N_STARTS` or more along the first.

    Returns
    -------
    tuple
        Arguments, shape (n_series, n_arguments), and the smallest values, shape (n_series,).
    """
    low, width = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    if not n_grid:
        values = objective(np.zeros((1, 1, 0)))[0]
        return np.zeros((values.size, 0)), values
    axes = [np.linspace(0.0, 1.0, n) for n in n_grid]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 1, len(n_grid))
    steps = 0.5 / (np.array(n_grid) - 1)
    found = []
    # the first argument varies slowest: parts of the grid are parts of its interval, each with a valley of its own
    for part in np.array_split(grid, N_STARTS):
        values = objective(low + width * part)
        lowest = np.argmin(values, axis=0)
        found.append(_polished(objective, low, width, part[lowest, 0], np.min(values, axis=0), steps))
    points, values = np.stack([point for point, _ in found]), np.stack([value for _, value in found])
    best = np.argmin(values, axis=0), np.arange(values.shape[1])
    return points[best], values[best]


def _polished(
    objective: Objective, low: Array, width: Array, start: Array, values: Array, steps: Array
) -> tuple[Array, Array]:
    """Poll all neighbours of each series' best point; move to the best one, or halve the step."""
    point, best = start, values
    directions = np.array([d for d in product((-1.0, 0.0, 1.0), repeat=steps.size) if any(d)])
    size = np.ones(best.size)
    for _ in range(MOST_ROUNDS):
        if np.max(size) * np.max(steps) <= TOLERANCE:
            break
        polled = np.clip(point + directions[:, None] * (size[:, None] * steps), 0.0, 1.0)
        found = objective(low + width * polled)
        at = np.argmin(found, axis=0)
        lowest = np.take_along_axis(found, at[None], axis=0)[0]
        moved = lowest < best - LEAST_GAIN * np.abs(best)
        point = np.where(moved[:, None], polled[at, np.arange(best.size)], point)
        best = np.where(moved, lowest, best)
        size = np.where(moved, size, size / 2)
    return low + width * point, best
