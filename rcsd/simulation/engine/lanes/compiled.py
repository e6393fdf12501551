"""How the functions of this package are compiled.

No ``fastmath`` anywhere: it would let the compiler reorder a range reduction, which then reduces nothing, and assume
that there are no NaNs. ``error_model="numpy"`` makes a division by zero a value and not an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def lane_function(function: F) -> F:
    """Compile a function over a scratch array at its first call, or fetch it from the cache on disk.

    At the first call and not before: a program that only reads a model should not wait for a compiler.
    """
    compiled: F
    try:
        compiled = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # Numba finds no folder that it may write to: neither this one nor one of the user's
        compiled = njit(nogil=True, error_model="numpy")(function)
    return compiled


def value_function(function: F) -> F:
    """Compile the arithmetic of one lane, to be inlined into the loop, which only then becomes vector code."""
    compiled: F = njit(nogil=True, error_model="numpy", forceinline=True)(function)
    return compiled
