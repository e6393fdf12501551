"""The functions that all kernels call, each compiled once, when the first kernel asks for it."""

from __future__ import annotations

from collections.abc import Callable

from rcsd.engine.cache import load_module

_SOURCE = '''"""A function that kernels call, written by rcsd."""

from numba import carray

from rcsd.engine.{module} import {name} as compiled
from rcsd.engine.linkage import exported


@exported("rcsd_{name}", "void({types})", cached=CACHED)
def {name}(scratch, {arguments}):
    compiled({call})
'''
_ALL = 2**40  # places of an array that is handed over without its length
_LOOKUP = ("source, target, flat, start, n", "int64, int64, CPointer(float64), int64, int64")
_DRAWS = ("first, n, key, run", "int64, int64, uint64, int64")


def piece(name: str) -> Callable[..., None]:
    """Return what calls a lane function, `lookup_lanes` or a function of `rcsd.engine.draws` from a kernel."""
    if name == "lookup_lanes":
        module, (arguments, types) = "lookups", _LOOKUP
    elif name.endswith("_draws"):
        module, (arguments, types) = "draws", _DRAWS
    else:
        names = ["source", "target"] if name != "power_lanes" else ["base", "exponent", "target"]
        module, arguments, types = "lanes", ", ".join(names), ", ".join("int64" for _ in names)
    call = f"carray(scratch, {_ALL}), {arguments}".replace("flat", f"carray(flat, {_ALL})")
    source = _SOURCE.format(
        module=module, name=name, types=f"CPointer(float64), {types}", arguments=arguments, call=call
    )
    found: Callable[..., None] = getattr(load_module(source), name)
    return found
