"""What a run may set beside the constants of a model.

Initial values of stocks, elements of arrays, whole arrays, points of tables, and times of delays that stand as numbers
in an equation. They are inputs on demand: a model without them is the same system, and has the same machine code, as
ever; with them, and none set, its numbers are the same.
"""

from rcsd.simulation.passes.settable.arrays import make_settable
from rcsd.simulation.passes.settable.delays import Delays, delays_in
from rcsd.simulation.passes.settable.naming import Asked, asked, initial_of, stock_named
from rcsd.simulation.passes.settable.points import SetPoints, place_of, points_of

__all__ = [
    "Asked",
    "Delays",
    "SetPoints",
    "asked",
    "delays_in",
    "initial_of",
    "make_settable",
    "place_of",
    "points_of",
    "stock_named",
]
