"""A block of lanes on the stack, where a lane function keeps its result until all of it is there.

The compiler knows that nothing else refers to such a block, so a loop that writes to it needs no check that it
overwrites its own source: with the scratch array itself, a call in place would run one lane at a time. The source is
also still there when single lanes have to be done again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes.bits import DOUBLE
from rcsd.simulation.engine.lanes.compiled import value_function
from rcsd.simulation.engine.lanes.width import LANES

Vector = NDArray[np.float64]
_FLOAT_BYTES = 8
_VECTOR_BYTES = 64  # the widest vector there is; a store that crosses a cache line is a slow one


def _block(typing_context: Any) -> Any:
    """Type and code of `new_block`.

    An intrinsic, since it is written into the function that calls it: the stack of a function of its own would end
    with that function.
    """
    kind = types.Array(types.float64, 1, "C")

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        with builder.goto_entry_block():  # Numba's own helper would fill it with zeros at every call
            space = builder.alloca(ir.ArrayType(DOUBLE, LANES))
        space.align = _VECTOR_BYTES
        array = context.make_array(kind)(context, builder)
        data = builder.bitcast(space, DOUBLE.as_pointer())
        length, step = (context.get_constant(types.intp, number) for number in (LANES, _FLOAT_BYTES))
        populate_array(array, data=data, shape=[length], strides=[step], itemsize=step, meminfo=None)
        return array._getvalue()

    return kind(), build


def _copy(typing_context: Any, block: Any, row: Any) -> Any:
    """Type and code of a copy of LANES floats by vector moves; of a loop the compiler makes single ones."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vectors = ir.VectorType(DOUBLE, LANES).as_pointer()
        source, target = (
            builder.bitcast(context.make_array(kind)(context, builder, array).data, vectors)
            for kind, array in zip(signature.args, arguments, strict=True)
        )
        builder.store(builder.load(source, align=_VECTOR_BYTES), target, align=_FLOAT_BYTES)
        return context.get_dummy_value()

    return types.void(block, row), build


def _row(typing_context: Any, w: Any, place: Any) -> Any:
    """Type and code of `row`."""
    kind = types.Array(types.float64, 1, "C")

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = context.make_array(signature.args[0])(context, builder, arguments[0])
        array = context.make_array(kind)(context, builder)
        length, step = (context.get_constant(types.intp, number) for number in (LANES, _FLOAT_BYTES))
        data = builder.gep(whole.data, [arguments[1]])
        populate_array(array, data=data, shape=[length], strides=[step], itemsize=step, meminfo=None)
        return array._getvalue()

    return kind(w, types.int64), build


row: Callable[[Vector, int], Vector] = intrinsic(_row)
"""The block at a place of the scratch array. Its length is known to the compiler, unlike that of a slice."""

new_block: Callable[[], Vector] = intrinsic(_block)
"""An array of LANES floats on the stack of the function that calls this, with whatever stood there before."""

_copy_lanes: Callable[[Vector, Vector], None] = intrinsic(_copy)


@value_function
def store(block: Vector, w: Vector, target: int) -> None:
    """Copy a block to its place in the scratch array."""
    _copy_lanes(block, w[target : target + LANES])


@value_function
def apart(first: int, second: int) -> bool:
    """Whether two blocks of a scratch array share no place."""
    return abs(first - second) >= LANES
