"""How kernels read the tables that `rcsd.engine.tables` lays out."""

from __future__ import annotations

import numpy as np

from rcsd.engine.lanes.block import Vector
from rcsd.engine.lanes.compiled import lane_function, value_function
from rcsd.engine.lanes.width import LANES


@value_function
def _segment(flat: Vector, x: int, n: int, a: float) -> int:
    """Find the last point at or before `a`, the first point when there is none."""
    low, high = 0, n
    while high - low > 1:
        middle = (low + high) >> 1
        if flat[x + middle] <= a:
            low = middle
        else:
            high = middle
    return low


@lane_function
def lookup_lanes(w: Vector, source: int, target: int, flat: Vector, start: int, n: int) -> None:
    """Read a table at ``w[source:source + LANES]`` into ``w[target:]``."""
    sign, least, greatest = flat[start], flat[start + 1], flat[start + 2]
    x, y, slope = start + 3, start + 3 + n, start + 3 + 2 * n
    for j in range(LANES):
        a = sign * w[source + j]
        a = least if a < least else a
        w[target + j] = greatest if a > greatest else a
    # runs mostly differ little, above all where time is the argument: try the segment of the first for all
    k = _segment(flat, x, n, w[target])
    left = flat[x + k] if k > 0 else -np.inf
    right = flat[x + k + 1] if k + 1 < n else np.inf
    outside = 0
    for j in range(LANES):
        outside += (w[target + j] < left) | (w[target + j] >= right)
    if outside == 0:
        x_k, y_k, slope_k = flat[x + k], flat[y + k], flat[slope + k]
        for j in range(LANES):
            w[target + j] = slope_k * (w[target + j] - x_k) + y_k
        return
    for j in range(LANES):
        a = w[target + j]
        k = _segment(flat, x, n, a)
        w[target + j] = flat[slope + k] * (a - flat[x + k]) + flat[y + k]
