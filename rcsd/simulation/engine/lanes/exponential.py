"""Natural exponential.

exp x = 2^n 2^(i/16) exp r with 16 n + i = round(16 x / ln 2), i from 0 to 15, and |r| <= ln(2)/32 (P. T. P. Tang,
ACM Transactions on Mathematical Software 15(2), 1989).
"""

from __future__ import annotations

from rcsd.simulation.engine.lanes.bits import float_bits
from rcsd.simulation.engine.lanes.block import Vector, apart, new_block, store
from rcsd.simulation.engine.lanes.compiled import lane_function
from rcsd.simulation.engine.lanes.vectors import Lanes, choice, fma, pick, pick_float, polynomial, vector_loop
from rcsd.simulation.engine.lanes.width import LANES

# 1.5 * 2^52: a float of this size has no fraction, so adding it rounds to an integer, which its lowest bits then hold.
ROUNDER = 6755399441055744.0
PER_LN2 = 1.4426950408889634
# ln 2 in two parts; the high one ends in 11 zero bits, so that n times it is exact for every exponent n of a float.
LN2_HIGH, LN2_LOW = 0.6931471805598903, 5.497923018708371e-14
EXPONENT_BIAS, EXPONENT_SHIFT = 1023, 52
ORDINARY = 708.0
"""Size of x up to which exp x is a normal number."""

_INDEX_BITS = 4
_INDEX_SHIFT = EXPONENT_SHIFT - _INDEX_BITS
_PER_STEP = 23.083120654223414
# ln(2)/16 in two parts; x less a multiple of the high one is exact, since it is so small that 53 bits hold it.
_STEP_HIGH, _STEP_LOW = 0.04332169878499658, 1.4494042586539372e-18
# (exp r - 1 - r)/r^2 on |r| <= ln(2)/32, interpolated at Chebyshev nodes; error of exp r below 4.1e-20.
_TAIL = (
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666358317,
    0.008333333332990724,
    0.0013889063789935463,
    0.00019841464175558392,
)
# 2^(i/16), and by what part of it it is rounded down
_ROOTS = (
    1.0,
    1.0442737824274138,
    1.0905077326652577,
    1.1387886347566916,
    1.189207115002721,
    1.241857812073484,
    1.2968395546510096,
    1.3542555469368927,
    1.4142135623730951,
    1.4768261459394993,
    1.5422108254079407,
    1.6104903319492543,
    1.681792830507429,
    1.7562521603732995,
    1.8340080864093424,
    1.9152065613971474,
)
_ROOT_RESTS = (
    0.0,
    8.189317638195515e-17,
    -2.7939114859515733e-17,
    7.826573258636076e-17,
    3.3484623336251524e-17,
    3.750854201303127e-17,
    1.9572585293112036e-17,
    5.68648095791174e-17,
    -6.835808657661922e-17,
    -2.3591094770850053e-17,
    5.1548301170786783e-17,
    1.5341410053603723e-17,
    4.875160526227062e-17,
    1.685487290628973e-17,
    1.790126907604513e-17,
    -5.545065618639427e-17,
)
# less i in the lowest bits of the exponent, so that adding 16 n + i to these is scaling by 2^n
_SCALES = tuple(float_bits(root) - (i << _INDEX_SHIFT) for i, root in enumerate(_ROOTS))
# Beyond these the result is infinite or rounds to zero; within them the two scale factors below are normal numbers.
_LARGEST, _SMALLEST = 710.0, -746.0
_SHIFT, _UP, _DOWN = 64, 2.0**64, 2.0**-64


def exp_of_sum(x: Lanes, rest: Lanes | float) -> Lanes:
    """Return exp(x + rest) for |x| up to `ORDINARY` and a small rest, close enough for whole powers to be exact."""
    rounded, change = _reduced(x, rest)
    steps = rounded.bits()
    scale = (pick(_SCALES, steps) + (steps << _INDEX_SHIFT)).from_bits()
    return fma(scale, change, scale)


def _reduced(x: Lanes, rest: Lanes | float) -> tuple[Lanes, Lanes]:
    """Return 16 n + i in the lowest bits of a float, and exp r - 1 with what 2^(i/16) is rounded by."""
    rounded = fma(x, _PER_STEP, ROUNDER)
    n = rounded - ROUNDER
    r = fma(n, -_STEP_HIGH, x) + fma(n, -_STEP_LOW, rest)
    square = r * r
    return rounded, fma(square, polynomial(r, square, _TAIL), r + pick_float(_ROOT_RESTS, rounded.bits()))


@vector_loop
def _exp_ordinary(x: Lanes) -> tuple[tuple[Lanes, ...], Lanes]:
    return (exp_of_sum(x, 0.0),), ~(abs(x) < ORDINARY)


@vector_loop
def _exp_any(x: Lanes) -> tuple[tuple[Lanes, ...], None]:
    """Work out exp x for any x, to the bit as the above where that may be used."""
    x = choice(x > _LARGEST, _LARGEST, x)
    x = choice(x < _SMALLEST, _SMALLEST, x)
    rounded, change = _reduced(x, 0.0)
    steps = rounded.bits()
    root = pick_float(_ROOTS, steps)
    # Two factors, of which only the last can round: neither overflows before the result does, nor does a
    # subnormal result lose bits twice.
    exponent = ((steps - float_bits(ROUNDER)) >> _INDEX_BITS) + EXPONENT_BIAS
    first = ((exponent + choice(x > 0.0, -_SHIFT, _SHIFT)) << EXPONENT_SHIFT).from_bits()
    return (fma(root, change, root) * first * choice(x > 0.0, _UP, _DOWN),), None


@lane_function
def exp_lanes(w: Vector, source: int, target: int) -> None:
    """Write exp of the block at `source` to the block at `target`."""
    direct = apart(source, target)
    x, y = w[source : source + LANES], w[target : target + LANES] if direct else new_block()
    if _exp_ordinary((x,), (y,)):
        _exp_any((x,), (y,))
    if not direct:
        store(y, w, target)
