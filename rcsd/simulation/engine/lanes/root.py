"""Square root: correctly rounded by the processor itself; NaN below zero, and the root of -0 is -0."""

from __future__ import annotations

import math

from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function
from rcsd.simulation.engine.lanes.width import LANES


@lane_function
def sqrt_lanes(w: Vector, source: int, target: int) -> None:
    """Write the square root of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = math.sqrt(x[lane])
    store(y, w, target)
