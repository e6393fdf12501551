"""Instructions that Python has no name for: bit casts, fused multiply-add, polynomials, the sign of a float.

A fused multiply-add rounds once by IEEE 754, so its result is the same on every machine. One without the instruction
gets it from the C library: as right, but slow.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

DOUBLE, INTEGER = ir.DoubleType(), ir.IntType(64)


def _integer_of(typing_context: Any, x: Any) -> Any:
    """Type and code of `integer_of`."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], INTEGER)

    return types.int64(types.float64), build


def _float_of(typing_context: Any, bits: Any) -> Any:
    """Type and code of `float_of`."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], DOUBLE)

    return types.float64(types.int64), build


def _fma(typing_context: Any, x: Any, y: Any, z: Any) -> Any:
    """Type and code of `fma`."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.fma(*arguments)

    return types.float64(types.float64, types.float64, types.float64), build


def _polynomial(typing_context: Any, x: Any, coefficients: Any) -> Any:
    """Type and code of `polynomial`: one fused multiply-add a coefficient.

    Written out here, because a loop over the tuple would have to be unrolled before the loop over lanes is vectorised.
    """

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        point, packed = arguments
        return _horner(builder, point, cgutils.unpack_tuple(builder, packed))

    return types.float64(types.float64, coefficients), build


def _quick_polynomial(typing_context: Any, x: Any, coefficients: Any) -> Any:
    """Type and code of `quick_polynomial`."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        point, packed = arguments
        each = cgutils.unpack_tuple(builder, packed)
        square = builder.fmul(point, point)
        return builder.fma(_horner(builder, square, each[1::2]), point, _horner(builder, square, each[::2]))

    return types.float64(types.float64, coefficients), build


def _horner(builder: Any, point: Any, coefficients: list[Any]) -> Any:
    *others, value = coefficients
    for coefficient in reversed(others):
        value = builder.fma(value, point, coefficient)
    return value


def _with_sign(typing_context: Any, size: Any, sign: Any) -> Any:
    """Type and code of `with_sign`; ``math.copysign`` is a call in Numba."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(DOUBLE, [DOUBLE, DOUBLE])
        return builder.call(builder.module.declare_intrinsic("llvm.copysign", [DOUBLE], kind), arguments)

    return types.float64(types.float64, types.float64), build


def float_bits(x: float) -> int:
    """Return the 64 bits of a float as a whole number, in ordinary Python."""
    return int.from_bytes(struct.pack(">d", x), signed=True)


integer_of: Callable[[float], int] = intrinsic(_integer_of)
"""The 64 bits of a float as an integer."""

float_of: Callable[[int], float] = intrinsic(_float_of)
"""The float that has these 64 bits."""

fma: Callable[[float, float, float], float] = intrinsic(_fma)
"""x*y + z, rounded once."""

polynomial: Callable[[float, tuple[float, ...]], float] = intrinsic(_polynomial)
"""c[0] + c[1] x + c[2] x^2 + ... by Horner's rule."""

quick_polynomial: Callable[[float, tuple[float, ...]], float] = intrinsic(_quick_polynomial)
"""The same for small x: even and odd powers apart, two chains, since in a single one each step waits for the last."""

with_sign: Callable[[float, float], float] = intrinsic(_with_sign)
"""The size of the first with the sign of the second."""
