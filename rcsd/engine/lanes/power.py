"""Power of a base and an exponent that both vary.

x^y = exp(y log x). An error of y log x, up to 709, is a relative error of the result, so log x is computed to some
63 bits, as the sum of two floats. It can be had by itself: powers of one base share it.

Each function goes over its block in several short loops: of one long one the processor could not keep enough lanes in
flight to hide that each instruction waits for the one before.
"""

from __future__ import annotations

import math

from rcsd.engine.lanes.bits import float_of, fma, integer_of, quick_polynomial
from rcsd.engine.lanes.block import Vector, new_block, store
from rcsd.engine.lanes.compiled import lane_function, value_function
from rcsd.engine.lanes.exponential import EXPONENT_SHIFT, LN2_HIGH, LN2_LOW, PER_LN2, ROUNDER
from rcsd.engine.lanes.exponential import TAIL as EXP_TAIL
from rcsd.engine.lanes.logarithm import INFINITY, NAN, SMALLEST_NORMAL
from rcsd.engine.lanes.width import LANES

# x = 2^n m with m from 16/17 to 32/17, and m = (1 + r)/c with a c of so few bits that r is exact. Where c changes, r
# is as far below zero as it was above: |r| <= 1/10, and less around 1, where the logarithm is small.
_FIRST_BITS = 0x3FEE1E1E1E1E1E1E  # those of 16/17
_MANTISSA = (1 << EXPONENT_SHIFT) - 1
_C_1, _C_2, _C_3, _C_4 = 15 / 16, 13 / 16, 11 / 16, 9 / 16
_FROM_1, _FROM_2, _FROM_3, _FROM_4 = 32 / 31, 8 / 7, 4 / 3, 8 / 5
# -log c in two parts; the last bit of the high one is that of LN2_HIGH, so that adding n times that is exact.
_LOG_1_HIGH, _LOG_1_LOW = 0.0645385211375924, -2.1225608044809997e-14
_LOG_2_HIGH, _LOG_2_LOW = 0.20763936477828793, -4.3425422595242564e-14
_LOG_3_HIGH, _LOG_3_LOW = 0.3746934494413381, 7.260466149925637e-14
_LOG_4_HIGH, _LOG_4_LOW = 0.5753641449034603, 1.0152652766306816e-13
# -2 (log(1 + r) - r + r^2/2)/r^3 is -2/3 and r times this, interpolated at Chebyshev nodes; error below 8.3e-17.
_CUBIC_HIGH, _CUBIC_LOW = -0.6666666666666666, -3.700743415417188e-17
_TAIL = (
    0.49999999999999994,
    -0.39999999999999997,
    0.3333333333337847,
    -0.2857142857147106,
    0.24999999947379595,
    -0.2222222217268866,
    0.200000224216611,
    -0.18181839287986548,
    0.1666235341077964,
    -0.1538055525733207,
    0.14667051105365594,
    -0.1369227824365407,
)
HALF = 0.5
# |y log x| below which the result is a normal number.
_LIMIT = 708.0


@value_function
def _log_start(x: float) -> tuple[float, float, float]:
    """Return r, and n log 2 - log c as high + low; high is NaN unless x is a positive normal number."""
    bits = integer_of(x) - _FIRST_BITS
    m = float_of((bits & _MANTISSA) + _FIRST_BITS)
    n = float(bits >> EXPONENT_SHIFT)
    c, high, low = 1.0, 0.0, 0.0
    c, high, low = (_C_1, _LOG_1_HIGH, _LOG_1_LOW) if m >= _FROM_1 else (c, high, low)
    c, high, low = (_C_2, _LOG_2_HIGH, _LOG_2_LOW) if m >= _FROM_2 else (c, high, low)
    c, high, low = (_C_3, _LOG_3_HIGH, _LOG_3_LOW) if m >= _FROM_3 else (c, high, low)
    c, high, low = (_C_4, _LOG_4_HIGH, _LOG_4_LOW) if m >= _FROM_4 else (c, high, low)
    normal = (x >= SMALLEST_NORMAL) & (x < INFINITY)
    return fma(m, c, -1.0), (fma(n, LN2_HIGH, high) if normal else NAN), fma(n, LN2_LOW, low)


@value_function
def _log_end(r: float, whole: float, whole_rest: float) -> tuple[float, float]:
    """Return log(1 + r) + whole + whole_rest as high + low."""
    first = whole + r
    first_rest = (whole - first) + r
    half = -0.5 * r
    square = r * half
    square_rest = fma(r, half, -square)
    second = first + square
    second_rest = (first - second) + square
    # log(1 + r) - r + r^2/2 is this square times the sum of a cubic and its rest, -2/3 r and what is smaller
    cubic = r * _CUBIC_HIGH
    cubic_rest = fma(r * r, quick_polynomial(r, _TAIL), fma(r, _CUBIC_LOW, fma(r, _CUBIC_HIGH, -cubic)))
    small = fma(square_rest, cubic, square_rest) + (second_rest + (first_rest + whole_rest))
    rest = fma(square, cubic, fma(square, cubic_rest, small))
    high = second + rest
    return high, (second - high) + rest


@value_function
def _log_block(x: Vector, high: Vector, low: Vector) -> None:
    """Write log x as the sum of two blocks, of which the first is NaN unless x is a positive normal number."""
    r = new_block()
    for lane in range(LANES):
        r[lane], high[lane], low[lane] = _log_start(x[lane])
    for lane in range(LANES):
        high[lane], low[lane] = _log_end(r[lane], high[lane], low[lane])


@value_function
def _exp_of_sum(x: float, rest: float) -> float:
    """Return exp(x + rest) for |x| up to the limit and a small rest; close enough for whole powers to be exact."""
    rounded = fma(x, PER_LN2, ROUNDER)
    n = rounded - ROUNDER
    first, second = fma(-n, LN2_HIGH, x), fma(-n, LN2_LOW, rest)
    r = first + second
    r_rest = (first - r) + second
    line = 1.0 + r
    value = line + fma(r * r, quick_polynomial(r, EXP_TAIL), ((1.0 - line) + r) + r_rest)
    # the shift drops all but the lowest bits, which hold n: adding them to the exponent is scaling by 2^n
    return float_of(integer_of(value) + (integer_of(rounded) << EXPONENT_SHIFT))


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
    left = False
    for lane in range(LANES):
        product = y[lane] * high[lane]
        value = _exp_of_sum(product, fma(y[lane], low[lane], fma(y[lane], high[lane], -product)))
        plain = (abs(product) < _LIMIT) & (y[lane] != HALF)
        z[lane] = value if plain else NAN
        left |= not plain
    if left:
        for lane in range(LANES):
            if math.isnan(z[lane]):
                z[lane] = square_root(x[lane]) if y[lane] == HALF else math.pow(x[lane], y[lane])


@lane_function
def log_parts_lanes(w: Vector, base: int, high: int, low: int) -> None:
    """Write what `power_of_log_lanes` needs of the block at `base` to the blocks at `high` and `low`."""
    first, second = new_block(), new_block()
    _log_block(w[base : base + LANES], first, second)
    store(first, w, high)
    store(second, w, low)


@lane_function
def power_of_log_lanes(w: Vector, base: int, high: int, low: int, exponent: int, target: int) -> None:
    """Do what `power_lanes` does, to the bit, given what `log_parts_lanes` wrote of the base."""
    z = new_block()
    _power_block(
        w[base : base + LANES],
        w[high : high + LANES],
        w[low : low + LANES],
        w[exponent : exponent + LANES],
        z,
    )
    store(z, w, target)


@lane_function
def power_lanes(w: Vector, base: int, exponent: int, target: int) -> None:
    """Write the block at `base` to the power of the block at `exponent` to the block at `target`.

    Special cases are those of C's ``pow``: x^0 = 1^y = 1 even for NaN, a negative base has a power only for a whole
    exponent, 0 to a negative power is infinite.
    """
    x, high, low, z = w[base : base + LANES], new_block(), new_block(), new_block()
    _log_block(x, high, low)
    _power_block(x, high, low, w[exponent : exponent + LANES], z)
    store(z, w, target)
