"""Arcsine, arccosine and arctangent, in radians.

Above 1/2 an arcsine is that of a smaller number, asin a = pi/2 - 2 asin sqrt((1 - a)/2); above 1 an arctangent is that
of the reciprocal. NaN outside [-1, 1] comes from the square root by itself.
"""

from __future__ import annotations

import math

from rcsd.simulation.engine.lanes.bits import fma, polynomial, with_sign
from rcsd.simulation.engine.lanes.block import Vector, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.width import LANES

# (asin(t)/t - 1)/z for t to 1/2, in powers of z = t^2, interpolated at Chebyshev nodes; error below 2.2e-17.
_ASIN_TAIL = (
    0.16666666666666669,
    0.07499999999998433,
    0.04464285714635543,
    0.030381944138531247,
    0.02237217294214989,
    0.017352392720869973,
    0.013971212973552933,
    0.011479177415184906,
    0.01032281435018578,
    0.005457506718640358,
    0.01740087944269402,
    -0.014851887071247204,
    0.028757851367421566,
)
# (atan(t)/t - 1)/z for t to 1: least squares of the relative error of atan t at Chebyshev nodes, anew for the others
# after each coefficient was rounded, since together the roundings would cost a third of a unit; error below 5.5e-18.
_ATAN_TAIL = (
    -0.3333333333333302,
    0.19999999999944268,
    -0.14285714282181675,
    0.11111110995908832,
    -0.09090906812665642,
    0.07692277677819165,
    -0.06666386806559987,
    0.058804272191223445,
    -0.052530783065543436,
    0.047208494315127504,
    -0.04215367849911121,
    0.03656514353516968,
    -0.02978335206593911,
    0.021838074673802617,
    -0.013763346705652345,
    0.007099985521128468,
    -0.0028355190990207095,
    0.000813964717957847,
    -0.00014841831625624026,
    1.2851805242397334e-05,
)
_HALF, _HALF_PI, _HALF_PI_REST = 0.5, 1.5707963267948966, 6.123233995736766e-17


@value_function
def _asin_parts(x: float) -> tuple[bool, float, float]:
    """Return whether |x| > 1/2, and asin of |x|, or else of sqrt((1 - |x|)/2), as high + low."""
    size = abs(x)
    large = size > _HALF
    z = _HALF - _HALF * size if large else size * size
    root = math.sqrt(z)
    t = root if large else size
    # what the square root rounded off; the divisor is kept from zero for |x| = 1
    rest = fma(-root, root, z) / (2.0 * root + 1e-300) if large else 0.0
    return large, t, fma(t * z, polynomial(z, _ASIN_TAIL), rest)


@value_function
def _subtract_from_half_pi(high: float, low: float) -> float:
    """Return pi/2 - (high + low)."""
    whole = _HALF_PI - high
    return whole + (((_HALF_PI - whole) - high) + (_HALF_PI_REST - low))


@value_function
def arcsin_value(x: float) -> float:
    """Return asin x for any x."""
    large, high, low = _asin_parts(x)
    of_large = _subtract_from_half_pi(2.0 * high, 2.0 * low)
    return with_sign(of_large if large else high + low, x)


@value_function
def arccos_value(x: float) -> float:
    """Return acos x for any x."""
    large, high, low = _asin_parts(x)
    negative = x < 0.0
    near_pi = fma(-2.0, high, 2.0 * _HALF_PI) + fma(-2.0, low, 2.0 * _HALF_PI_REST)
    of_large = near_pi if negative else 2.0 * (high + low)
    high, low = with_sign(high, x), with_sign(low, x)
    return of_large if large else _subtract_from_half_pi(high, low)


@value_function
def arctan_value(x: float) -> float:
    """Return atan x for any x."""
    size = abs(x)
    large = size > 1.0
    t = 1.0 / size if large else size
    z = t * t
    rest = t * z * polynomial(z, _ATAN_TAIL)
    return with_sign(_subtract_from_half_pi(t, rest) if large else t + rest, x)


@lane_function
def arcsin_lanes(w: Vector, source: int, target: int) -> None:
    """Write the arcsine of the block at `source` to the block at `target`: NaN outside [-1, 1]."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = arcsin_value(x[lane])
    store(y, w, target)


@lane_function
def arccos_lanes(w: Vector, source: int, target: int) -> None:
    """Write the arccosine of the block at `source` to the block at `target`: NaN outside [-1, 1]."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = arccos_value(x[lane])
    store(y, w, target)


@lane_function
def arctan_lanes(w: Vector, source: int, target: int) -> None:
    """Write the arctangent of the block at `source` to the block at `target`."""
    x, y = w[source : source + LANES], new_block()
    for lane in range(LANES):
        y[lane] = arctan_value(x[lane])
    store(y, w, target)
