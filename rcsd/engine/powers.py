"""Powers whose exponents are mostly equal in all runs: elasticities, often 0 or 1 until somebody varies them."""

from __future__ import annotations

from rcsd.engine.lanes.block import Vector, new_block, store
from rcsd.engine.lanes.compiled import lane_function
from rcsd.engine.lanes.power import power_lanes
from rcsd.engine.lanes.width import LANES


@lane_function
def elastic_power_lanes(w: Vector, base: int, exponent: int, target: int) -> None:
    """Do what `power_lanes` does, to the bit, and quickly where all exponents are 0 or all are 1."""
    x, y, z = w[base : base + LANES], w[exponent : exponent + LANES], new_block()
    zeros = ones = 0
    for lane in range(LANES):
        zeros += y[lane] == 0.0
        ones += y[lane] == 1.0
    if zeros < LANES and ones < LANES:
        power_lanes(w, base, exponent, target)
        return
    for lane in range(LANES):
        z[lane] = 1.0 if zeros == LANES else x[lane]
    store(z, w, target)
