"""How kernels read the tables that `rcsd.simulation.engine.tables` lays out."""

from __future__ import annotations

import numpy as np

from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.width import LANES


@value_function
def _segment(x: Vector, a: float) -> int:
    """Find the last point at or before `a`, the first point when there is none."""
    low, high = 0, x.size
    while high - low > 1:
        middle = (low + high) >> 1
        if x[middle] <= a:
            low = middle
        else:
            high = middle
    return low


@lane_function
def lookup_lanes(w: Vector, source: int, target: int, flat: Vector, start: int, n: int) -> None:
    """Read a table at ``w[source : source + LANES]`` into ``w[target : target + LANES]``."""
    sign, least, greatest = flat[start], flat[start + 1], flat[start + 2]
    first = start + 3
    x, y, slope = flat[first : first + n], flat[first + n : first + 2 * n], flat[first + 2 * n : first + 3 * n]
    given, a = w[source : source + LANES], new_block()
    for lane in range(LANES):
        argument = sign * given[lane]
        argument = least if argument < least else argument
        a[lane] = greatest if argument > greatest else argument
    # runs mostly differ little, above all where time is the argument: try the segment of the first for all
    k = _segment(x, a[0])
    left = x[k] if k > 0 else -np.inf
    right = x[k + 1] if k + 1 < n else np.inf
    outside = 0
    for lane in range(LANES):
        outside += (a[lane] < left) | (a[lane] >= right)
    if outside == 0:
        x_k, y_k, slope_k = x[k], y[k], slope[k]
        for lane in range(LANES):
            a[lane] = slope_k * (a[lane] - x_k) + y_k
    else:
        for lane in range(LANES):
            k = _segment(x, a[lane])
            a[lane] = slope[k] * (a[lane] - x[k]) + y[k]
    store(a, w, target)
