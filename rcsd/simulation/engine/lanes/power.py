"""Power of a base and an exponent that both vary.

x^y = exp(y log x). An error of y log x, up to 709, is a relative error of the result, so log x is computed to some
63 bits, as the sum of two floats. It can be had by itself: powers of one base share it.
"""

from __future__ import annotations

import math

from rcsd.simulation.engine.lanes.bits import float_bits
from rcsd.simulation.engine.lanes.block import Vector, apart, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.exponential import EXPONENT_SHIFT, LN2_HIGH, LN2_LOW, ORDINARY, exp_of_sum
from rcsd.simulation.engine.lanes.logarithm import INFINITY, NAN, SMALLEST_NORMAL
from rcsd.simulation.engine.lanes.vectors import Lanes, choice, fma, pick_float, polynomial, vector_loop
from rcsd.simulation.engine.lanes.width import LANES

# x = 2^n m with m from 0.672 to 1.345, in 16 intervals told apart by the highest bits of m counted from its least.
# In each m = (1 + r)/c with a c of so few bits that r is exact; |r| < 0.0335, and c = 1 around 1.
_FIRST_BITS = 0x3FE5840000000000  # those of the least m, 1377/2048
_MANTISSA = (1 << EXPONENT_SHIFT) - 1
_INDEX_SHIFT = EXPONENT_SHIFT - 4
_C = (
    1.4375,
    1.375,
    1.34375,
    1.28125,
    1.21875,
    1.1875,
    1.15625,
    1.09375,
    1.0625,
    1.03125,
    1.0,
    0.9375,
    0.890625,
    0.84375,
    0.796875,
    0.765625,
)
# -log c in two parts; the last bit of the high one is that of LN2_HIGH, so that adding n times that is exact.
_LOG_HIGH = (
    -0.3629054936893681,
    -0.31845373111855224,
    -0.2954642128938758,
    -0.2478361639045943,
    -0.19782574332998593,
    -0.17185025692674571,
    -0.14518200984457508,
    -0.08961215868976069,
    -0.06062462181648698,
    -0.03077165866670839,
    0.0,
    0.0645385211375924,
    0.11583181552509814,
    0.16989903679541385,
    0.22705745063535687,
    0.2670627852489815,
)
_LOG_LOW = (
    -3.6708569716349383e-16,
    1.7625431312172662e-14,
    3.993416384387844e-14,
    1.3029797173308663e-14,
    6.604544877082384e-14,
    8.649239607212071e-14,
    7.718001336828099e-14,
    7.355770219435029e-14,
    5.213620639136504e-14,
    -4.529814257790929e-14,
    0.0,
    -2.1225608044809997e-14,
    2.3568822182038756e-14,
    -1.6376276414097503e-14,
    -1.078736749871691e-14,
    6.371947269815667e-14,
)
# -2 (log(1 + r) - r + r^2/2)/r^3 as 1, r, s, r s, s^2, ... with s = -r^2/2, interpolated at Chebyshev nodes; error of
# log(1 + r) below 3.7e-20 of it.
_TAIL = (
    -0.6666666666666666,
    0.49999999999999073,
    0.7999999999999828,
    -0.6666666668871829,
    -1.1428571432642594,
    0.9999985827838115,
    1.7777751632416654,
    -1.603367583483489,
    -2.9153080859196465,
)
HALF = 0.5


@vector_loop
def _log_block(x: Lanes) -> tuple[tuple[Lanes, ...], None]:
    """Work out log x as high + low; high is NaN unless x is a positive normal number."""
    bits = x.bits() - _FIRST_BITS
    m = ((bits & _MANTISSA) + _FIRST_BITS).from_bits()
    n, index = (bits >> EXPONENT_SHIFT).to_float(), bits >> _INDEX_SHIFT
    normal = (x.bits() - float_bits(SMALLEST_NORMAL)).is_below(float_bits(INFINITY) - float_bits(SMALLEST_NORMAL))
    r = fma(m, pick_float(_C, index), -1.0)
    whole = choice(normal, fma(n, LN2_HIGH, pick_float(_LOG_HIGH, index)), NAN)
    whole_rest = fma(n, LN2_LOW, pick_float(_LOG_LOW, index))
    first = whole + r
    first_rest = (whole - first) + r
    half = r * -0.5
    square = r * half
    square_rest = fma(r, half, -square)
    second = first + square
    second_rest = (first - second) + square
    cubic = r * polynomial(r, square, _TAIL)
    rest = fma(square, cubic, square_rest + (second_rest + (first_rest + whole_rest)))
    high = second + rest
    return (high, (second - high) + rest), None


@vector_loop
def _exp_block(high: Lanes, low: Lanes, y: Lanes) -> tuple[tuple[Lanes, ...], Lanes]:
    """Work out x^y from log x, or NaN where the product is not ordinary or the power is a square root."""
    product = y * high
    value = exp_of_sum(product, fma(y, low, fma(y, high, -product)))
    plain = (abs(product) < ORDINARY) & y.differs(HALF)
    return (choice(plain, value, NAN),), ~plain


@value_function
def square_root(x: float) -> float:
    """Return x^0.5, which is that of C's ``sqrt`` but for infinity and zero with a minus sign."""
    return INFINITY if x == -INFINITY else math.sqrt(x + 0.0)


@value_function
def _power_block(x: Vector, high: Vector, low: Vector, y: Vector, z: Vector) -> None:
    """Write x^y, given log x.

    Lanes whose base or result is not a positive normal number become NaN first and are then done by C, and those
    whose exponent is 0.5 by the processor's square root, so that they are what they are where all lanes are such.
    """
    if _exp_block((high, low, y), (z,)):
        for lane in range(LANES):
            if math.isnan(z[lane]):
                z[lane] = square_root(x[lane]) if y[lane] == HALF else math.pow(x[lane], y[lane])


@lane_function
def log_parts_lanes(w: Vector, base: int, high: int, low: int) -> None:
    """Write what `power_of_log_lanes` needs of the block at `base` to the blocks at `high` and `low`.

    Each of the blocks is the same as another or shares nothing with it.
    """
    _log_block((w[base : base + LANES],), (w[high : high + LANES], w[low : low + LANES]))


@lane_function
def power_of_log_lanes(w: Vector, base: int, high: int, low: int, exponent: int, target: int) -> None:
    """Do what `power_lanes` does, to the bit, given what `log_parts_lanes` wrote of the base."""
    direct = apart(base, target) & apart(exponent, target) & apart(high, target) & apart(low, target)
    z = w[target : target + LANES] if direct else new_block()
    _power_block(
        w[base : base + LANES],
        w[high : high + LANES],
        w[low : low + LANES],
        w[exponent : exponent + LANES],
        z,
    )
    if not direct:
        store(z, w, target)


@lane_function
def power_lanes(w: Vector, base: int, exponent: int, target: int) -> None:
    """Write the block at `base` to the power of the block at `exponent` to the block at `target`.

    Special cases are those of C's ``pow``: x^0 = 1^y = 1 even for NaN, a negative base has a power only for a whole
    exponent, 0 to a negative power is infinite.
    """
    direct = apart(base, target) & apart(exponent, target)
    x, high, low = w[base : base + LANES], new_block(), new_block()
    z = w[target : target + LANES] if direct else new_block()
    _log_block((x,), (high, low))
    _power_block(x, high, low, w[exponent : exponent + LANES], z)
    if not direct:
        store(z, w, target)
