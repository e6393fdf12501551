"""Hyperbolic sine, cosine and tangent.

|x| = k ln 2 + r with |r| <= ln(2)/2. Of r both functions are short polynomials, of k ln 2 they are sums of powers of
two, and the addition theorems join them. For k = 0 the sine is that of r itself; for others, where r may be negative,
what products and sums round off is kept, so that nothing is lost when they cancel.
"""

from __future__ import annotations

from rcsd.simulation.engine.lanes.bits import float_of, fma, integer_of, polynomial, with_sign
from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.exponential import EXPONENT_BIAS, EXPONENT_SHIFT, LN2_HIGH, LN2_LOW, PER_LN2, ROUNDER
from rcsd.simulation.engine.lanes.quotient import quotient
from rcsd.simulation.engine.lanes.width import LANES

# (sinh(r)/r - 1)/z and (cosh r - 1)/z in powers of z = r^2, interpolated at Chebyshev nodes; errors below 9.4e-18 and
# 2e-19.
_SINH_TAIL = (
    0.16666666666666666,
    0.008333333333333333,
    0.00019841269841263298,
    2.755731924721873e-06,
    2.505207109429355e-08,
    1.608662795678037e-10,
)
_COSH_TAIL = (
    0.5,
    0.04166666666666668,
    0.0013888888888879073,
    2.4801587336442236e-05,
    2.75572632790885e-07,
    2.0918137737642736e-09,
)
# From here on sinh and cosh are infinite, and tanh rounds to 1.
_LARGEST, _TANH_LARGEST = 711.0, 22.0
# 2^-2k from here on is lost beside 1.
_K_LARGEST = 64
_UP_BITS, _UP = 64, 2.0**64


@value_function
def _parts(x: float) -> tuple[int, float, float, float, float]:
    """Return k, 2^-2k/2, r, sinh r - r and cosh r - 1 of a size x."""
    rounded = fma(x, PER_LN2, ROUNDER)
    n = rounded - ROUNDER
    k = integer_of(rounded) - integer_of(ROUNDER)
    first, product = fma(-n, LN2_HIGH, x), n * LN2_LOW
    r = first - product
    z = r * r
    sinh_rest = fma(r * z, polynomial(z, _SINH_TAIL), (first - r) - product)
    cosh_rest = z * polynomial(z, _COSH_TAIL)
    inverse = float_of((EXPONENT_BIAS - 1 - 2 * min(k, _K_LARGEST)) << EXPONENT_SHIFT)
    return k, inverse, r, sinh_rest, cosh_rest


@value_function
def _scaled(value: float, k: int) -> float:
    """Return 2^k value for a k from 0 to 1026, infinite only if the result is."""
    down = k > _UP_BITS
    first = float_of((k + EXPONENT_BIAS - (_UP_BITS if down else 0)) << EXPONENT_SHIFT)
    return value * first * (_UP if down else 1.0)


@value_function
def _sinh_parts(inverse: float, r: float, sinh_rest: float, cosh_rest: float) -> tuple[float, float]:
    """Return sinh(k ln 2 + r)/2^k as high + low."""
    sinh_k, cosh_k = 0.5 - inverse, 0.5 + inverse
    product = cosh_k * r
    high = sinh_k + product
    return high, ((sinh_k - high) + product) + fma(cosh_k, sinh_rest, fma(sinh_k, cosh_rest, fma(cosh_k, r, -product)))


@value_function
def _cosh_parts(inverse: float, r: float, sinh_rest: float, cosh_rest: float) -> tuple[float, float]:
    """Return cosh(k ln 2 + r)/2^k as high + low."""
    sinh_k, cosh_k = 0.5 - inverse, 0.5 + inverse
    product = sinh_k * r
    high = cosh_k + product
    return high, ((cosh_k - high) + product) + fma(sinh_k, sinh_rest, fma(cosh_k, cosh_rest, fma(sinh_k, r, -product)))


@value_function
def _size(x: float, largest: float) -> float:
    """Return |x|, at most the largest one that is told from infinity; NaN stays."""
    size = abs(x)
    return largest if size > largest else size


@value_function
def sinh_value(x: float) -> float:
    """Return sinh x for any x."""
    k, inverse, r, sinh_rest, cosh_rest = _parts(_size(x, _LARGEST))
    high, low = _sinh_parts(inverse, r, sinh_rest, cosh_rest)
    return with_sign(_scaled(high + low, k), x)


@value_function
def cosh_value(x: float) -> float:
    """Return cosh x for any x."""
    k, inverse, r, sinh_rest, cosh_rest = _parts(_size(x, _LARGEST))
    sinh_k, cosh_k = 0.5 - inverse, 0.5 + inverse
    return _scaled(cosh_k + fma(sinh_k, r + sinh_rest, cosh_k * cosh_rest), k)


@value_function
def tanh_value(x: float) -> float:
    """Return tanh x for any x."""
    _, inverse, r, sinh_rest, cosh_rest = _parts(_size(x, _TANH_LARGEST))
    above, above_rest = _sinh_parts(inverse, r, sinh_rest, cosh_rest)
    below, below_rest = _cosh_parts(inverse, r, sinh_rest, cosh_rest)
    # Where the result is almost 1, what it lacks is what 1/2 -+ inverse rounds off.
    sinh_off, cosh_off = (0.5 - (0.5 - inverse)) - inverse, (0.5 - (0.5 + inverse)) + inverse
    above_rest += fma(cosh_off, r, sinh_off)
    below_rest += fma(sinh_off, r, cosh_off)
    return with_sign(quotient(above, above_rest, below, below_rest), x)


@lane_function
def sinh_lanes(w: Vector, source: int, target: int) -> None:
    """Write the hyperbolic sine of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = sinh_value(x[lane])
    store(y, w, target)


@lane_function
def cosh_lanes(w: Vector, source: int, target: int) -> None:
    """Write the hyperbolic cosine of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = cosh_value(x[lane])
    store(y, w, target)


@lane_function
def tanh_lanes(w: Vector, source: int, target: int) -> None:
    """Write the hyperbolic tangent of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = tanh_value(x[lane])
    store(y, w, target)
