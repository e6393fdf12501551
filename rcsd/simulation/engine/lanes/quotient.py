"""Quotient of two sums of two floats, for functions that are ratios of others."""

from __future__ import annotations

from rcsd.simulation.engine.lanes.bits import fma
from rcsd.simulation.engine.lanes.compiled import value_function


@value_function
def quotient(above: float, above_rest: float, below: float, below_rest: float) -> float:
    """Return (above + above_rest)/(below + below_rest), where a rest is less than what it is added to.

    There is a single division, by `below` rounded: what that leaves is made up for, in proportion.
    """
    numerator, denominator = above + above_rest, below + below_rest
    inverse = 1.0 / denominator
    value = numerator * inverse
    numerator_rest = (above - numerator) + above_rest
    denominator_rest = (below - denominator) + below_rest
    remainder = fma(-value, denominator, numerator) + fma(-value, denominator_rest, numerator_rest)
    return fma(remainder, inverse, value)
