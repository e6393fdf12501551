"""How kernels join the terms of a sum, product, least or greatest: two by two, as `rcsd.simulation.ir.joining` says.

Of the terms so far, those whose number is a power of two are joined in a block of their own: a term that comes is
joined with the block of one, the result with the block of two, and so on, like the carry of an addition.
"""

from __future__ import annotations

from rcsd.simulation.engine.lanes.block import Vector, new_block, row, store
from rcsd.simulation.engine.lanes.compiled import lane_function, value_function
from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.operators import maximum, minimum
from rcsd.simulation.ir.expression import Join

CODES: dict[Join, int] = {"sum": 0, "prod": 1, "vmin": 2, "vmax": 3}
_SUM, _PRODUCT, _LEAST = 0, 1, 2
_AT_ONCE = 8


@value_function
def _join(code: int, a: Vector, b: Vector, result: Vector) -> None:
    """Join two blocks; the result may be the second."""
    if code == _SUM:
        for j in range(LANES):
            result[j] = a[j] + b[j]
    elif code == _PRODUCT:
        for j in range(LANES):
            result[j] = a[j] * b[j]
    elif code == _LEAST:
        for j in range(LANES):
            result[j] = minimum(a[j], b[j])
    else:
        for j in range(LANES):
            result[j] = maximum(a[j], b[j])


@value_function
def _carry(w: Vector, code: int, total: Vector, blocks: int, index: int) -> None:
    """Join what is complete with a block that has come: the block numbered `index` of its size."""
    at = blocks
    while index & 1:
        _join(code, row(w, at), total, total)
        at += LANES
        index >>= 1
    store(total, w, at)


@lane_function
def push_term(w: Vector, code: int, term: int, blocks: int, index: int) -> None:
    """Take a term, or several that are joined already, of which `blocks` are those of as many."""
    total, new = new_block(), row(w, term)
    for j in range(LANES):
        total[j] = new[j]
    _carry(w, code, total, blocks, index)


@lane_function
def join_rest(w: Vector, code: int, blocks: int, count: int, target: int) -> None:
    """Join what `count` terms have left: the smallest with the next first."""
    total = new_block()
    at, first = blocks, True
    while count:
        if count & 1:
            part = row(w, at)
            if first:
                for j in range(LANES):
                    total[j] = part[j]
                first = False
            else:
                _join(code, part, total, total)
        at += LANES
        count >>= 1
    store(total, w, target)


@lane_function
def join_rows(w: Vector, code: int, first: int, stride: int, count: int, blocks: int, target: int) -> None:
    """Join `count` blocks that stand at equal distances."""
    total = new_block()
    done = 0
    if code == _SUM:
        for i in range(count // _AT_ONCE):
            at = first + done * stride
            a, b, c, d = row(w, at), row(w, at + stride), row(w, at + 2 * stride), row(w, at + 3 * stride)
            at += 4 * stride
            e, f, g, h = row(w, at), row(w, at + stride), row(w, at + 2 * stride), row(w, at + 3 * stride)
            for j in range(LANES):
                total[j] = ((a[j] + b[j]) + (c[j] + d[j])) + ((e[j] + f[j]) + (g[j] + h[j]))
            _carry(w, code, total, blocks + 3 * LANES, i)
            done += _AT_ONCE
    for i in range(done, count):
        part = row(w, first + i * stride)
        for j in range(LANES):
            total[j] = part[j]
        _carry(w, code, total, blocks, i)
    join_rest(w, code, blocks, count, target)
