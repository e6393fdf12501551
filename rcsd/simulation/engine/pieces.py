"""The functions that all kernels call, each compiled once, when the first kernel asks for it."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.simulation.engine.cache import load_module

_SOURCE = '''"""A function that kernels call, written by rcsd."""

from numba import carray

from rcsd.simulation.engine.{module} import {name} as compiled
from rcsd.simulation.engine.linkage import exported


@exported("rcsd_{name}", "void({types})", cached=CACHED)
def {name}(scratch, {arguments}):
    compiled({call})
'''
_ALL = 2**40  # places of an array that is handed over without its length
_UNARY = ("lanes", "source: int64, target: int64")
_OTHERS = {
    "elastic_power_lanes": ("powers", "base: int64, exponent: int64, target: int64"),
    "elastic_power_of_log_lanes": (
        "powers",
        "base: int64, high: int64, low: int64, exponent: int64, target: int64",
    ),
    "log_parts_lanes": ("lanes.power", "base: int64, high: int64, low: int64"),
    "lookup_lanes": ("lookups", "source: int64, target: int64, flat: CPointer(float64), start: int64, n: int64"),
    "uniform_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
    "normal_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
    "exponential_draws": ("draws", "first: int64, n: int64, key: uint64, run: int64"),
}


def piece(name: str) -> Callable[..., None]:
    """Return what calls a lane function, a lookup or a draw from a kernel."""
    module, parameters = _OTHERS.get(name, _UNARY)
    arguments, types = zip(*(parameter.split(": ") for parameter in parameters.split(", ")), strict=True)
    passed = (f"carray({argument}, {_ALL})" if argument == "flat" else argument for argument in arguments)
    source = _SOURCE.format(
        module=module,
        name=name,
        types=", ".join(("CPointer(float64)", *types)),
        arguments=", ".join(arguments),
        call=", ".join((f"carray(scratch, {_ALL})", *passed)),
    )
    found: Callable[..., None] = getattr(load_module(source), name)
    return found
