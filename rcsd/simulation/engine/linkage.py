"""Compiled pieces that call one another by address, so that each is compiled once.

Numba copies the code of a function into that of every caller and optimises it there again: a kernel of many segments,
each of which calls many lane functions, would compile each of them many times over. Here a piece is a C function
under a symbol of its own, and a call of it is just a call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import llvmlite.binding
from llvmlite import ir
from numba import cfunc, types
from numba.extending import intrinsic

SEGMENT = "void(CPointer(float64), float64, int64, uint64, int64, CPointer(float64), CPointer(int64))"


def exported(symbol: str, signature: str, *, cached: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that compiles a piece, and gives what calls it from other compiled code.

    Parameters
    ----------
    symbol : str
        Unique in the process, and the same in every process that reads one cache.
    signature : str
        Of a C function without a result.
    cached : bool
        Whether to read and write Numba's files beside the module.
    """

    def decorate(piece: Callable[..., None]) -> Callable[..., None]:
        for check in _checks[-1:]:
            check()
        compiled = cfunc(signature, cache=cached, nopython=True, error_model="numpy")(piece)
        llvmlite.binding.add_symbol(symbol, compiled.address)
        call = _caller(symbol, len(compiled._sig.args))
        _alive.append(compiled)
        return call

    return decorate


@contextmanager
def between_functions(check: Callable[[], None]) -> Iterator[None]:
    """Call something before each function that is compiled within, such as what answers an interrupt."""
    _checks.append(check)
    try:
        yield
    finally:
        _checks.pop()


_checks: list[Callable[[], None]] = []
_alive: list[Any] = []


def _caller(symbol: str, n_arguments: int) -> Callable[..., None]:
    """Return an intrinsic of so many arguments: `intrinsic` reads them off the signature of a function."""
    call = _Call(symbol)
    by_count: dict[int, Callable[..., Any]] = {
        3: lambda typing_context, w, a, b: call(w, a, b),
        4: lambda typing_context, w, a, b, c: call(w, a, b, c),
        5: lambda typing_context, w, a, b, c, d: call(w, a, b, c, d),
        6: lambda typing_context, w, a, b, c, d, e: call(w, a, b, c, d, e),
        7: lambda typing_context, w, a, b, c, d, e, f: call(w, a, b, c, d, e, f),
    }
    made: Callable[..., None] = intrinsic(by_count[n_arguments])
    return made


class _Call:
    """Type and code of a call: arrays go as pointers, whole numbers with 64 bits."""

    def __init__(self, symbol: str) -> None:
        self._symbol = symbol

    def __call__(self, *arguments: Any) -> tuple[Any, Callable[..., Any]]:
        return types.void(*(_passed(argument) for argument in arguments)), self._build

    def _build(self, context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = [
            context.make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else value
            for kind, value in zip(signature.args, arguments, strict=True)
        ]
        kind = ir.FunctionType(ir.VoidType(), [value.type for value in values])
        function = builder.module.globals.get(self._symbol) or ir.Function(builder.module, kind, self._symbol)
        builder.call(function, values)
        return context.get_dummy_value()


def _passed(argument: Any) -> Any:
    return types.int64 if isinstance(argument, types.Integer) and argument != types.uint64 else argument
