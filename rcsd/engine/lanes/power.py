"""Power of a base and an exponent that both vary.

x^y = exp(y log x). An error of y log x, up to 709, is a relative error of the result, so log x is computed to some
66 bits, as the sum of two floats.
"""

from __future__ import annotations

import math

from rcsd.engine.lanes.bits import float_of, fma, integer_of, polynomial
from rcsd.engine.lanes.block import Vector, new_block, store
from rcsd.engine.lanes.compiled import lane_function, value_function
from rcsd.engine.lanes.exponential import EXPONENT_SHIFT, LN2_HIGH, LN2_LOW, PER_LN2, ROUNDER
from rcsd.engine.lanes.exponential import TAIL as EXP_TAIL
from rcsd.engine.lanes.logarithm import INFINITY, SMALLEST_NORMAL, split
from rcsd.engine.lanes.width import LANES

_THIRD_HIGH, _THIRD_LOW = 0.3333333333333333, 1.850371707708594e-17
# (atanh(s)/s - 1 - s^2/3)/s^4 in powers of s^2, interpolated at Chebyshev nodes; error below 1.3e-17.
_TAIL = (
    0.2,
    0.14285714285714682,
    0.11111111110827943,
    0.09090909167696401,
    0.07692297481259215,
    0.06667402346923655,
    0.05853118169745603,
    0.05861589311938259,
)
# |y log x| below which the result is a normal number.
_LIMIT = 708.0


@value_function
def precise_log(x: float) -> tuple[float, float]:
    """Return log x of a positive normal x as high + low, relative error about 2^-66."""
    n, f = split(x)
    below = f + 2.0
    below_rest = f - (below - 2.0)
    inverse = 1.0 / below
    s = f * inverse
    s_rest = (fma(-s, below, f) - s * below_rest) * inverse
    z = s * s
    z_rest = fma(2.0 * s, s_rest, fma(s, s, -z))
    # t = atanh(s)/s - 1 over z, t z, t z s, s + t z s: each a sum of two floats.
    t_small = z * polynomial(z, _TAIL)
    t = _THIRD_HIGH + t_small
    t_rest = ((_THIRD_HIGH - t) + t_small) + _THIRD_LOW
    tz = z * t
    tz_rest = fma(z, t_rest, fma(z_rest, t, fma(z, t, -tz)))
    tzs = s * tz
    tzs_rest = fma(s, tz_rest, fma(s_rest, tz, fma(s, tz, -tzs)))
    half = s + tzs
    half_rest = ((s - half) + tzs) + (s_rest + tzs_rest)
    whole = n * LN2_HIGH
    high = fma(2.0, half, whole)
    return high, fma(2.0, half, whole - high) + fma(2.0, half_rest, n * LN2_LOW)


@value_function
def exp_of_sum(x: float, rest: float) -> float:
    """Return exp(x + rest) for |x| up to the limit and a small rest; close enough for whole powers to be exact."""
    rounded = fma(x, PER_LN2, ROUNDER)
    n = rounded - ROUNDER
    first, second = fma(-n, LN2_HIGH, x), fma(-n, LN2_LOW, rest)
    r = first + second
    r_rest = (first - r) + second
    line = 1.0 + r
    value = line + fma(r * r, polynomial(r, EXP_TAIL), ((1.0 - line) + r) + r_rest)
    # the shift drops all but the lowest bits, which hold n: adding them to the exponent is scaling by 2^n
    return float_of(integer_of(value) + (integer_of(rounded) << EXPONENT_SHIFT))


@value_function
def _is_plain(x: float, product: float) -> bool:
    """Whether base and result are positive normal numbers; any NaN makes it false."""
    return (x >= SMALLEST_NORMAL) & (x < INFINITY) & (abs(product) < _LIMIT)


@lane_function
def power_lanes(w: Vector, base: int, exponent: int, target: int) -> None:
    """Write the block at `base` to the power of the block at `exponent` to the block at `target`.

    Special cases are those of C's ``pow``: x^0 = 1^y = 1 even for NaN, a negative base has a power only for a whole
    exponent, 0 to a negative power is infinite.
    """
    x, y, z = w[base : base + LANES], w[exponent : exponent + LANES], new_block()
    products, left = new_block(), False
    for lane in range(LANES):
        high, low = precise_log(x[lane])
        product = y[lane] * high
        z[lane] = exp_of_sum(product, fma(y[lane], low, fma(y[lane], high, -product)))
        products[lane] = product
        left |= not _is_plain(x[lane], product)
    if left:
        for lane in range(LANES):
            if not _is_plain(x[lane], products[lane]):
                z[lane] = math.pow(x[lane], y[lane])
    store(z, w, target)
