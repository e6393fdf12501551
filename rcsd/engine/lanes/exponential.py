"""Natural exponential.

exp x = 2^n exp r with n = round(x / ln 2) and |r| <= ln(2)/2.
"""

from __future__ import annotations

from rcsd.engine.lanes.bits import float_of, fma, integer_of, quick_polynomial
from rcsd.engine.lanes.block import Vector, new_block, store
from rcsd.engine.lanes.compiled import lane_function, value_function
from rcsd.engine.lanes.width import LANES

# 1.5 * 2^52: a float of this size has no fraction, so adding it rounds to an integer, which its lowest bits then hold.
ROUNDER = 6755399441055744.0
PER_LN2 = 1.4426950408889634
# ln 2 in two parts; the high one ends in 11 zero bits, so that n times it is exact for every exponent n of a float.
LN2_HIGH, LN2_LOW = 0.6931471805598903, 5.497923018708371e-14
# (exp r - 1 - r)/r^2 on |r| <= ln(2)/2, interpolated at Chebyshev nodes; error below 2.6e-18.
TAIL = (
    0.5,
    0.1666666666666667,
    0.04166666666666667,
    0.008333333333326136,
    0.0013888888888883748,
    0.00019841269874820627,
    2.4801587325547743e-05,
    2.7557255400206422e-06,
    2.75572736431103e-07,
    2.5105217004720745e-08,
    2.091468696808687e-09,
)
EXPONENT_BIAS, EXPONENT_SHIFT = 1023, 52
# Beyond these the result is infinite or rounds to zero; within them the two scale factors below are normal numbers.
_LARGEST, _SMALLEST = 710.0, -746.0
_SHIFT, _UP, _DOWN = 64, 2.0**64, 2.0**-64


@value_function
def exp_value(x: float) -> float:
    """Return exp x for any x."""
    x = _LARGEST if x > _LARGEST else x
    x = _SMALLEST if x < _SMALLEST else x
    rounded = fma(x, PER_LN2, ROUNDER)
    n = rounded - ROUNDER
    r = fma(-n, LN2_LOW, fma(-n, LN2_HIGH, x))
    value = 1.0 + fma(r * r, quick_polynomial(r, TAIL), r)
    # Two factors, of which only the last can round: neither overflows before the result does, nor does a
    # subnormal result lose bits twice.
    exponent = integer_of(rounded) - integer_of(ROUNDER) + EXPONENT_BIAS
    first = float_of((exponent + (-_SHIFT if x > 0.0 else _SHIFT)) << EXPONENT_SHIFT)
    return value * first * (_UP if x > 0.0 else _DOWN)


@lane_function
def exp_lanes(w: Vector, source: int, target: int) -> None:
    """Write exp of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = exp_value(x[lane])
    store(y, w, target)
