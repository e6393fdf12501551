"""The functions that all kernels call, each compiled once, when the first kernel asks for it."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.engine.cache import load_module
from rcsd.simulation.engine.scalars import scalar_of

_SOURCE = '''"""A function that kernels call, written by rcsd."""

from numba import carray

from rcsd.simulation.engine.{module} import {name} as compiled
from rcsd.simulation.engine.linkage import exported


@exported("rcsd_{name}", "void({types})", cached=CACHED)
def {name}(scratch, {arguments}):
    compiled({call})
'''
_SCALAR = '''"""A function of models for one run after the other, written by rcsd."""

from numba import carray

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.linkage import exported
from rcsd.simulation.engine.scalars import compiled_scalar

compiled = compiled_scalar("{piece}")


@exported("rcsd_{name}", "void({types})", cached=CACHED)
def {name}(scratch, {arguments}, target):
    w = carray(scratch, {all})
    for lane in range(LANES):
        w[target + lane] = compiled({values})
'''
_BLOCK = '''"""A function of models of all its arguments at once, for one run after the other, written by rcsd."""

import numpy as np
from numba import carray

from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.engine.linkage import exported
from rcsd.simulation.engine.scalars import compiled_scalar

compiled = compiled_scalar("{piece}")


@exported("rcsd_{name}", "void(CPointer(float64), int64, int64)", cached=CACHED)
def {name}(scratch, first, n):
    w = carray(scratch, {all})
    arguments = np.empty(n)
    for lane in range(LANES):
        for i in range(n):
            arguments[i] = w[first + i * LANES + lane]
        w[first + n * LANES + lane] = compiled(arguments)
'''
_ALL = 2**40  # places of an array that is handed over without its length
_UNARY = ("lanes", "source: int64, target: int64")
_OTHERS = {
    "elastic_power_lanes": ("pieces.powers", "base: int64, exponent: int64, target: int64"),
    "elastic_power_of_log_lanes": (
        "pieces.powers",
        "base: int64, high: int64, low: int64, exponent: int64, target: int64",
    ),
    "log_parts_lanes": ("lanes.power", "base: int64, high: int64, low: int64"),
    "lookup_lanes": ("pieces.lookups", "source: int64, target: int64, flat: CPointer(float64), start: int64, n: int64"),
    "copy_row": ("pieces.filling", "source: int64, target: int64"),
    "fill_row": ("pieces.filling", "value: float64, target: int64"),
    "push_term": ("pieces.joining", "code: int64, term: int64, blocks: int64, index: int64"),
    "join_rest": ("pieces.joining", "code: int64, blocks: int64, count: int64, target: int64"),
    "join_rows": (
        "pieces.joining",
        "code: int64, first: int64, stride: int64, count: int64, blocks: int64, target: int64",
    ),
    "uniform_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
    "normal_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
    "exponential_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
}


def piece(name: str) -> Callable[..., None]:
    """Return what calls a lane function, a lookup or a draw from a kernel."""
    own = name.removesuffix("_block").removesuffix("_lanes")
    scalar = scalar_of(own)
    if name.endswith("_block"):
        source = _BLOCK.format(piece=own, name=name, all=_ALL)
    else:
        source = _source(name) if scalar is None else _scalar_source(name, scalar[1])
    found: Callable[..., None] = getattr(load_module(source), name)
    return found


def _scalar_source(name: str, n: int) -> str:
    arguments = [f"place_{i + 1}" for i in range(n)]
    return _SCALAR.format(
        piece=name.removesuffix("_lanes"),
        name=name,
        types=", ".join(("CPointer(float64)", *["int64"] * (n + 1))),
        arguments=", ".join(arguments),
        values=", ".join(f"w[{argument} + lane]" for argument in arguments),
        all=_ALL,
    )


def _source(name: str) -> str:
    module, parameters = _OTHERS.get(name, _UNARY)
    arguments, types = zip(*(parameter.split(": ") for parameter in parameters.split(", ")), strict=True)
    passed = (f"carray({argument}, {_ALL})" if argument == "flat" else argument for argument in arguments)
    return _SOURCE.format(
        module=module,
        name=name,
        types=", ".join(("CPointer(float64)", *types)),
        arguments=", ".join(arguments),
        call=", ".join((f"carray(scratch, {_ALL})", *passed)),
    )
