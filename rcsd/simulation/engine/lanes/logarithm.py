"""Natural and decimal logarithm.

x = 2^n m with sqrt(1/2) <= m < sqrt(2), f = m - 1 and s = f/(2 + f), so that log m = 2 atanh s. Written as
f - f^2/2 + s (f^2/2 + R), its leading terms are exact and only small ones round (Sun's fdlibm, e_log.c).
"""

from __future__ import annotations

from rcsd.simulation.engine.lanes.bits import float_of, fma, integer_of, polynomial
from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.exponential import EXPONENT_SHIFT, LN2_HIGH, LN2_LOW
from rcsd.simulation.engine.lanes.width import LANES

# 2 (atanh(s)/s - 1)/s^2 in powers of s^2, interpolated at Chebyshev nodes; error below 3.2e-16.
TAIL = (
    0.666666666666667,
    0.39999999999899444,
    0.2857142862600327,
    0.22222211130259878,
    0.18182889455674947,
    0.15331710618210773,
    0.14616585424888623,
)
SMALLEST_NORMAL, INFINITY = 2.0**-1022, float("inf")
NAN = float("nan")
_UP, _UP_BITS = 2.0**54, 54
# log10(2) and log10(e) in two parts; the high one of the former ends in zeros, so that n times it is exact.
_LOG10_2_HIGH, _LOG10_2_LOW = 0.30102999566395283, 2.8363394551044964e-14
_LOG10_E_HIGH, _LOG10_E_LOW = 0.4342944819032518, 1.098319650216765e-17
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_MANTISSA = (1 << EXPONENT_SHIFT) - 1


@value_function
def split(x: float) -> tuple[float, float]:
    """Return n and f = m - 1 of a positive normal x = 2^n m, m from sqrt(1/2) to sqrt(2)."""
    # Counted from sqrt(1/2), exponent and mantissa are those of n and m without a comparison.
    bits = integer_of(x) - _SQRT_HALF_BITS
    m = float_of((bits & _MANTISSA) + _SQRT_HALF_BITS)
    return float(bits >> EXPONENT_SHIFT), m - 1.0


@value_function
def split_any(x: float) -> tuple[float, float]:
    """Return n and f of any positive finite x."""
    tiny = x < SMALLEST_NORMAL
    n, f = split(x * _UP if tiny else x)
    return (n - _UP_BITS if tiny else n), f


@value_function
def special(x: float, value: float) -> float:
    """Return the logarithm, given its value for a positive finite x."""
    value = value if x < INFINITY else x
    return value if x > 0.0 else (-INFINITY if x == 0.0 else NAN)


@value_function
def log_value(x: float) -> float:
    """Return the natural logarithm of any x: -inf for either zero, NaN below."""
    n, f = split_any(x)
    s = f / (2.0 + f)
    z = s * s
    half = 0.5 * f * f
    small = fma(s, fma(z, polynomial(z, TAIL), half), n * LN2_LOW)
    return special(x, fma(n, LN2_HIGH, f - (half - small)))


@value_function
def log10_value(x: float) -> float:
    """Return the decimal logarithm of any x: -inf for either zero, NaN below."""
    n, f = split_any(x)
    s = f / (2.0 + f)
    z = s * s
    half = 0.5 * f * f
    # log m as high + low, times log10 e as high + low, plus n log10 2 as high + low.
    high = f - half
    low = fma(s, fma(z, polynomial(z, TAIL), half), (f - high) - half)
    product = high * _LOG10_E_HIGH
    rest = fma(low, _LOG10_E_HIGH, fma(high, _LOG10_E_LOW, fma(high, _LOG10_E_HIGH, -product)))
    whole = n * _LOG10_2_HIGH
    total = whole + product
    return special(x, total + (((whole - total) + product) + fma(n, _LOG10_2_LOW, rest)))


@lane_function
def log_lanes(w: Vector, source: int, target: int) -> None:
    """Write the natural logarithm of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = log_value(x[lane])
    store(y, w, target)


@lane_function
def log10_lanes(w: Vector, source: int, target: int) -> None:
    """Write the decimal logarithm of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = log10_value(x[lane])
    store(y, w, target)
