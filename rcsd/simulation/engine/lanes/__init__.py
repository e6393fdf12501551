"""Elementary functions over lanes.

A block is LANES runs side by side in one flat float64 array `w`: a variable occupies ``w[offset : offset + LANES]``.
Each function here reads one block (`power_lanes` two) and writes another, which may be the same or overlap; offsets
count elements and are not checked. A result depends neither on the lane nor on its neighbours, is within 1.5 units in
the last place, and for special values that of C and NumPy.

The loops are vectorised by the compiler, or written as vector code where they need tables. Lanes outside the domain of
the vector code are done again one by one: angles above 2^30, and powers whose base or result is not a positive normal
number, for which the C library is called.

The first import compiles for some seconds; Numba keeps the result on disk. It looks at the file of a function only, not
at the files that it imports: after an edit in this folder, delete its ``__pycache__``. Code compiled elsewhere holds
copies of these functions, so a cache of it must change its key with them.
"""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.engine.lanes.exponential import exp_lanes
from rcsd.simulation.engine.lanes.hyperbolic import cosh_lanes, sinh_lanes, tanh_lanes
from rcsd.simulation.engine.lanes.inverse_trigonometry import arccos_lanes, arcsin_lanes, arctan_lanes
from rcsd.simulation.engine.lanes.logarithm import log10_lanes, log_lanes
from rcsd.simulation.engine.lanes.power import power_lanes
from rcsd.simulation.engine.lanes.root import sqrt_lanes
from rcsd.simulation.engine.lanes.trigonometry import cos_lanes, sin_lanes, tan_lanes
from rcsd.simulation.engine.lanes.width import LANES

LANE_FUNCTIONS: dict[str, Callable[..., None]] = {
    "arccos": arccos_lanes,
    "arcsin": arcsin_lanes,
    "arctan": arctan_lanes,
    "cos": cos_lanes,
    "cosh": cosh_lanes,
    "exp": exp_lanes,
    "log": log_lanes,
    "log10": log10_lanes,
    "power": power_lanes,
    "sin": sin_lanes,
    "sinh": sinh_lanes,
    "sqrt": sqrt_lanes,
    "tan": tan_lanes,
    "tanh": tanh_lanes,
}
"""The lane functions by NumPy's names of what they compute."""

__all__ = [
    "LANES",
    "LANE_FUNCTIONS",
    "arccos_lanes",
    "arcsin_lanes",
    "arctan_lanes",
    "cos_lanes",
    "cosh_lanes",
    "exp_lanes",
    "log10_lanes",
    "log_lanes",
    "power_lanes",
    "sin_lanes",
    "sinh_lanes",
    "sqrt_lanes",
    "tan_lanes",
    "tanh_lanes",
]
