"""Powers as kernels call them: the exponents are elasticities, mostly equal in all runs, and often 0, 1 or 0.5."""

from __future__ import annotations

from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.power import HALF, power_lanes, power_of_log_lanes, square_root
from rcsd.simulation.engine.lanes.width import LANES


@value_function
def _is_easy(w: Vector, base: int, exponent: int, target: int) -> bool:
    """Write the power, to the bit, if all exponents are 0, or all 1, or all 0.5, and say whether they are."""
    x, y, z = w[base : base + LANES], w[exponent : exponent + LANES], new_block()
    first = y[0]
    if first not in (0.0, HALF, 1.0):
        return False
    equal = 0
    for lane in range(LANES):
        equal += y[lane] == first
    if equal < LANES:
        return False
    if first == HALF:
        for lane in range(LANES):
            z[lane] = square_root(x[lane])
    else:
        for lane in range(LANES):
            z[lane] = x[lane] if first == 1.0 else 1.0
    store(z, w, target)
    return True


@lane_function
def elastic_power_lanes(w: Vector, base: int, exponent: int, target: int) -> None:
    """Do what `power_lanes` does, to the bit, and quickly where all exponents are 0, 1 or 0.5."""
    if not _is_easy(w, base, exponent, target):
        power_lanes(w, base, exponent, target)


@lane_function
def elastic_power_of_log_lanes(w: Vector, base: int, high: int, low: int, exponent: int, target: int) -> None:
    """Do what `power_of_log_lanes` does, to the bit, and quickly where all exponents are 0, 1 or 0.5."""
    if not _is_easy(w, base, exponent, target):
        power_of_log_lanes(w, base, high, low, exponent, target)
