"""Sine, cosine and tangent.

x = n pi/2 + r with |r| <= pi/4; the last two bits of n say which function of r it is, and its sign.
"""

from __future__ import annotations

from rcsd.simulation.engine.lanes.bits import float_of, fma, integer_of, polynomial
from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.logarithm import INFINITY, NAN
from rcsd.simulation.engine.lanes.quotient import quotient
from rcsd.simulation.engine.lanes.reduction import LIMIT, reduce, reduce_large
from rcsd.simulation.engine.lanes.width import LANES

# Below this the next term of each series is less than half a unit in the last place; it also keeps the sign of zero.
_TINY = 2.0**-28
# (sin(r)/r - 1)/z and (cos r - 1 + z/2)/z^2 in powers of z = r^2, interpolated at Chebyshev nodes; errors below
# 9.3e-18 and 2.4e-18.
_SIN_TAIL = (
    -0.16666666666666666,
    0.008333333333333331,
    -0.0001984126984126506,
    2.7557319219335453e-06,
    -2.5052106231157904e-08,
    1.605853141458901e-10,
    -7.586685070091267e-13,
)
_COS_TAIL = (
    0.041666666666666664,
    -0.0013888888888887395,
    2.4801587298763433e-05,
    -2.7557317270560326e-07,
    2.0876146024689747e-09,
    -1.1382614868556325e-11,
)
_SIGN_SHIFT = 62  # from the second lowest bit to the highest


@value_function
def _sin_rest(r: float, low: float, z: float) -> float:
    """Return sin(r + low) - r."""
    return fma(r * z, polynomial(z, _SIN_TAIL), fma(-0.5 * z, low, low))


@value_function
def _cos_parts(r: float, low: float, z: float) -> tuple[float, float]:
    """Return cos(r + low) as high + low."""
    half = 0.5 * z
    high = 1.0 - half
    return high, ((1.0 - high) - half) + fma(z * z, polynomial(z, _COS_TAIL), -r * low)


@value_function
def _sin_of(n: int, r: float, low: float) -> float:
    """Return sin(n pi/2 + r + low)."""
    z = r * r
    sine = r + _sin_rest(r, low, z)
    high, rest = _cos_parts(r, low, z)
    value = high + rest if n & 1 else sine
    return float_of(integer_of(value) ^ ((n & 2) << _SIGN_SHIFT))


@value_function
def _tan_of(n: int, r: float, low: float) -> float:
    """Return tan(n pi/2 + r + low)."""
    z = r * r
    small = _sin_rest(r, low, z)
    cosine, cosine_rest = _cos_parts(r, low, z)
    odd = n & 1
    above, above_rest = (-cosine if odd else r), (-cosine_rest if odd else small)
    below, below_rest = (r if odd else cosine), (small if odd else cosine_rest)
    return quotient(above, above_rest, below, below_rest)


@lane_function
def sin_lanes(w: Vector, source: int, target: int) -> None:
    """Write the sine of the block at `source`, in radians, to the block at `target`."""
    x, y, left = w[source : source + LANES], new_block(), False
    for lane in range(LANES):
        n, r, low = reduce(x[lane])
        y[lane] = x[lane] if abs(x[lane]) < _TINY else _sin_of(n, r, low)
        left |= abs(x[lane]) > LIMIT
    if left:
        for lane in range(LANES):
            if abs(x[lane]) > LIMIT:
                n, r, low = reduce_large(x[lane])
                y[lane] = _sin_of(n, r, low) if abs(x[lane]) < INFINITY else NAN
    store(y, w, target)


@lane_function
def cos_lanes(w: Vector, source: int, target: int) -> None:
    """Write the cosine of the block at `source`, in radians, to the block at `target`."""
    x, y, left = w[source : source + LANES], new_block(), False
    for lane in range(LANES):
        n, r, low = reduce(x[lane])
        y[lane] = _sin_of(n + 1, r, low)
        left |= abs(x[lane]) > LIMIT
    if left:
        for lane in range(LANES):
            if abs(x[lane]) > LIMIT:
                n, r, low = reduce_large(x[lane])
                y[lane] = _sin_of(n + 1, r, low) if abs(x[lane]) < INFINITY else NAN
    store(y, w, target)


@lane_function
def tan_lanes(w: Vector, source: int, target: int) -> None:
    """Write the tangent of the block at `source`, in radians, to the block at `target`."""
    x, y, left = w[source : source + LANES], new_block(), False
    for lane in range(LANES):
        n, r, low = reduce(x[lane])
        y[lane] = x[lane] if abs(x[lane]) < _TINY else _tan_of(n, r, low)
        left |= abs(x[lane]) > LIMIT
    if left:
        for lane in range(LANES):
            if abs(x[lane]) > LIMIT:
                n, r, low = reduce_large(x[lane])
                y[lane] = _tan_of(n, r, low) if abs(x[lane]) < INFINITY else NAN
    store(y, w, target)
