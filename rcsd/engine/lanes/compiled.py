"""How the functions of this package are compiled.

No ``fastmath`` anywhere: it would let the compiler reorder a range reduction, which then reduces nothing, and assume
that there are no NaNs. ``error_model="numpy"`` makes a division by zero a value and not an exception.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit, types

F = TypeVar("F", bound=Callable[..., Any])


def lane_function(function: F) -> F:
    """Compile a loop over lanes of a scratch array and two or more offsets, or fetch it from the cache on disk.

    For these types and at once: left to the first call, Numba would compile it anew for every constant offset that
    generated code calls it with.
    """
    offsets = (types.intp,) * (len(inspect.signature(function).parameters) - 1)
    signature = types.void(types.Array(types.float64, 1, "C"), *offsets)
    compiled: F = njit(signature, cache=True, nogil=True, error_model="numpy")(function)
    return compiled


def value_function(function: F) -> F:
    """Compile the arithmetic of one lane, to be inlined into the loop, which only then becomes vector code."""
    compiled: F = njit(nogil=True, error_model="numpy", forceinline=True)(function)
    return compiled
