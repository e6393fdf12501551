"""What is left of an angle when whole quarter turns are taken from it: x = n pi/2 + r with |r| <= pi/4.

Of an angle up to the limit, n pi/2 is subtracted in three parts (Cody and Waite, Software Manual for the Elementary
Functions, 1980). Beyond it, only those bits of 2/pi are multiplied with that make less than four turns (M. H. Payne and
R. N. Hanek, SIGNUM Newsletter 18(1), 1983).
"""

from __future__ import annotations

import numpy as np

from rcsd.simulation.engine.lanes.bits import fma, integer_of
from rcsd.simulation.engine.lanes.block import new_block
from rcsd.simulation.engine.lanes.compiled import value_function
from rcsd.simulation.engine.lanes.exponential import EXPONENT_BIAS, EXPONENT_SHIFT, ROUNDER

LIMIT = 2.0**30
_PER_HALF_PI = 0.6366197723675814
_HALF_PI = (1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33)

_MANTISSA = (1 << EXPONENT_SHIFT) - 1
_DIGIT_BITS, _DIGIT = 24, (1 << 24) - 1
# Digits of a window of 2/pi: two bits for n, up to 62 that can be zero, 106 for the rest, 22 to spare.
_WINDOW = 8
_TWO_BY_PI = (
    "000000"
    "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c"
    "fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f"
    "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08"
    "56033046fc7b"
)
_DIGITS = np.array([int(_TWO_BY_PI[i : i + 6], 16) for i in range(0, len(_TWO_BY_PI), 6)], dtype=np.int64)


@value_function
def reduce(x: float) -> tuple[int, float, float]:
    """Return n, in the lowest bits, and r as high + low, of an angle up to the limit."""
    rounded = fma(x, _PER_HALF_PI, ROUNDER)
    n = rounded - ROUNDER
    # The first step is exact. Of the second the rounding errors, of product and of difference, are kept: when x is
    # close to a multiple of pi/2, they are what is left.
    first = fma(-n, _HALF_PI[0], x)
    product = n * _HALF_PI[1]
    high = first - product
    low = ((first - high) - product) - fma(n, _HALF_PI[1], -product)
    return integer_of(rounded), high, fma(-n, _HALF_PI[2], low)


@value_function
def reduce_large(x: float) -> tuple[int, float, float]:
    """Return n, in the lowest bits, and r as high + low, of a finite angle above the limit."""
    bits = integer_of(abs(x))
    mantissa = (bits & _MANTISSA) | (1 << EXPONENT_SHIFT)
    # The window starts at the bit of 2/pi whose product with the lowest bit of x is two quarter turns.
    start = (bits >> EXPONENT_SHIFT) - EXPONENT_BIAS - EXPONENT_SHIFT + _DIGIT_BITS - 2
    place, shift = start // _DIGIT_BITS, start % _DIGIT_BITS
    m0, m1, m2 = mantissa & _DIGIT, (mantissa >> _DIGIT_BITS) & _DIGIT, mantissa >> (2 * _DIGIT_BITS)
    # Long multiplication from the lowest digit; what is carried out of the highest is whole turns.
    product, carry, once, twice = new_block(), 0, 0, 0
    for i in range(_WINDOW - 1, -1, -1):
        pair = (_DIGITS[place + i] << _DIGIT_BITS) | _DIGITS[place + i + 1]
        digit = (pair >> (_DIGIT_BITS - shift)) & _DIGIT
        total = carry + m0 * digit + m1 * once + m2 * twice
        product[i] = float(total & _DIGIT)
        carry, once, twice = total >> _DIGIT_BITS, digit, once
    # The highest digit holds n in two bits and then a fraction, here taken from -1/2 to 1/2.
    highest = int(product[0])
    quarter = 1 << (_DIGIT_BITS - 2)
    n = (highest + quarter // 2) // quarter
    high, low = float(highest - n * quarter), 0.0
    for i in range(1, _WINDOW):
        scaled = high * 2.0**_DIGIT_BITS
        high = scaled + product[i]
        low = low * 2.0**_DIGIT_BITS + ((scaled - high) + product[i])
    scale = 2.0 ** (2 - _WINDOW * _DIGIT_BITS)
    high, low = high * scale, low * scale
    r = high * _HALF_PI[0]
    rest = fma(high, _HALF_PI[0], -r) + fma(high, _HALF_PI[1], low * _HALF_PI[0])
    return (n, r, rest) if x > 0.0 else (-n, -r, -rest)
