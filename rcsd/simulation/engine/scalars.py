"""Functions of models that are written as plain Python for one run: compiled, and named by what they do.

The name of the compiled piece holds a hash of the function's code, so that no kernel in the cache ever calls another
version of it than it was compiled with.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

from numba import njit

from rcsd.errors import ModelError
from rcsd.simulation.functions import FUNCTIONS, Block, Instruction, Lanes, Primitive


def lanes_of(name: str) -> str | None:
    """Return the piece, without its ending ``_lanes``, that computes a function; None when it is another kind."""
    kernel = FUNCTIONS.primitive(name).kernel
    match kernel:
        case Instruction() | Block():
            return None
        case Lanes(own):
            return own
        case FunctionType():
            return _piece_of(name, kernel)
    raise ModelError(f"the function {name!r} has no implementation for kernels: run the model interpreted")


def block_of(name: str) -> str | None:
    """Return the piece, without its ending ``_block``, that computes a function of all its arguments at once."""
    kernel = FUNCTIONS.primitive(name).kernel
    return _piece_of(name, _plain(kernel)) if isinstance(kernel, Block) else None


def instruction_of(name: str) -> str:
    """Return the operator that computes a function within arithmetic."""
    kernel = FUNCTIONS.primitive(name).kernel
    if not isinstance(kernel, Instruction):
        raise TypeError(f"{name!r} is no instruction")
    return kernel.name


def operators() -> list[str]:
    """Return the names of the operators that a kernel may use within arithmetic."""
    kernels = (function.how.kernel for function in FUNCTIONS if isinstance(function.how, Primitive))
    return sorted({"choice", *(kernel.name for kernel in kernels if isinstance(kernel, Instruction))})


def scalar_of(piece: str) -> tuple[FunctionType, int] | None:
    """Return the function behind a piece and its number of arguments; None when the engine has the piece itself."""
    for function in FUNCTIONS:
        kernel = function.how.kernel if isinstance(function.how, Primitive) else None
        if isinstance(kernel, FunctionType | Block) and _piece_of(function.key, _plain(kernel)) == piece:
            return _plain(kernel), _plain(kernel).__code__.co_argcount
    return None


def compiled_scalar(piece: str) -> Callable[..., float]:
    """Compile the function behind a piece.

    Raises
    ------
    ModelError
        When this process knows no such function: it was added elsewhere.
    """
    found = scalar_of(piece)
    if found is None:
        raise ModelError(
            f"a kernel calls {piece!r}, which this process does not know: add the function where all import it"
        )
    return _compiled(found[0])


def _plain(kernel: FunctionType | Block) -> FunctionType:
    function = kernel.function if isinstance(kernel, Block) else kernel
    assert isinstance(function, FunctionType)
    return function


def _compiled(function: FunctionType) -> Callable[..., float]:
    """Compile a plain function, and the plain functions that it calls."""
    names = dict(function.__globals__)
    for name in function.__code__.co_names:
        if isinstance(part := names.get(name), FunctionType):
            names[name] = _compiled(part)
    own = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    compiled: Callable[..., float] = njit(nogil=True, error_model="numpy")(own)
    return compiled


def _piece_of(name: str, kernel: FunctionType) -> str:
    digest = hashlib.sha256("\0".join(_code(kernel.__code__, kernel.__globals__)).encode()).hexdigest()
    return f"{re.sub(r'[^a-z0-9]+', '_', name)}_{digest[:8]}"


def _code(code: CodeType, names: dict[str, Any]) -> Iterator[str]:
    """Yield what a function does: its instructions, the numbers in it, and the numbers it refers to."""
    yield code.co_code.hex()
    yield " ".join(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code(constant, names)
        else:
            yield repr(constant)
    for name in code.co_names:
        if isinstance(value := names.get(name), (int, float, tuple)):
            yield repr(value)
        elif isinstance(value, FunctionType):
            yield from _code(value.__code__, value.__globals__)
