"""Operations of one lane that Python has no branch-free word for: choice, minimum, maximum, rounding.

A conditional in Python is a branch, which the compiler may or may not turn back into a choice between two values that
are there already; a loop with a branch in it may not become vector code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_DOUBLE = ir.DoubleType()


def _choice(typing_context: Any, condition: Any, then: Any, otherwise: Any) -> Any:
    """Type and code of `choice`."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.select(*arguments)

    return types.float64(types.boolean, types.float64, types.float64), build


def _extreme(comparison: str) -> Callable[..., Any]:
    def typed(typing_context: Any, a: Any, b: Any) -> Any:
        """Type and code of `minimum` or `maximum`."""

        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            left, right = arguments
            wins = builder.fcmp_ordered(comparison, left, right)
            missing = builder.fcmp_unordered("uno", left, left)
            return builder.select(builder.or_(wins, missing), left, right)

        return types.float64(types.float64, types.float64), build

    return typed


def _function(name: str) -> Callable[..., Any]:
    def typed(typing_context: Any, x: Any) -> Any:
        """Type and code of an instruction with one operand."""

        def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            kind = ir.FunctionType(_DOUBLE, [_DOUBLE])
            return builder.call(builder.module.declare_intrinsic(name, [_DOUBLE], kind), arguments)

        return types.float64(types.float64), build

    return typed


choice: Callable[[bool, float, float], float] = intrinsic(_choice)
"""The second where the first is true, else the third; both are worked out."""

minimum: Callable[[float, float], float] = intrinsic(_extreme("<"))
"""The lesser of two; NaN when either is, the second when they are equal."""

maximum: Callable[[float, float], float] = intrinsic(_extreme(">"))
"""The greater of two; NaN when either is, the second when they are equal."""

magnitude: Callable[[float], float] = intrinsic(_function("llvm.fabs"))
"""The absolute value."""

floor: Callable[[float], float] = intrinsic(_function("llvm.floor"))
"""The greatest whole number that is not greater."""

nearest: Callable[[float], float] = intrinsic(_function("llvm.rint"))
"""The nearest whole number, the even one of two."""

truncate: Callable[[float], float] = intrinsic(_function("llvm.trunc"))
"""The whole number next to it on the side of zero."""

root: Callable[[float], float] = intrinsic(_function("llvm.sqrt"))
"""The square root."""
