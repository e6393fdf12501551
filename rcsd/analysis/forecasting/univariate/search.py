"""Smallest values of many smooth functions of a few bounded arguments at once, without chance.

A grid finds the valley, a pattern search with halved steps its bottom (Hooke & Jeeves, J. ACM 8, 1961, polling every
neighbour). Series of one length share the grid, so a hundred of them cost little more than one; and the same data give
the same answer on every machine, to the tolerance below.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Objective = Callable[[Array], Array]

TOLERANCE = 1e-5
"""Step, as a share of the interval, at which the search stops."""

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
        Points of the grid along each argument.

    Returns
    -------
    tuple
        Arguments, shape (n_series, n_arguments), and the smallest values, shape (n_series,).
    """
    low, width = bounds[:, 0], bounds[:, 1] - bounds[:, 0]
    if not n_grid:
        values = objective(np.zeros((1, 1, 0)))[0]
        return np.zeros((values.size, 0)), values
    # cells' middles: the bounds themselves are degenerate for many models
    axes = [(np.arange(n) + 0.5) / n for n in n_grid]
    grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 1, len(n_grid))
    values = objective(low + width * grid)
    best = np.argmin(values, axis=0)
    return _polished(objective, low, width, grid[best, 0], np.min(values, axis=0), 0.5 / np.array(n_grid))


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
        moved = lowest < best
        point = np.where(moved[:, None], polled[at, np.arange(best.size)], point)
        best = np.where(moved, lowest, best)
        size = np.where(moved, size, size / 2)
    return low + width * point, best
