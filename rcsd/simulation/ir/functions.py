"""The functions that an engine must know; every other one is written in terms of these."""

from __future__ import annotations

PRIMITIVES: dict[str, int] = {
    "abs": 1,
    "arccos": 1,
    "arcsin": 1,
    "arctan": 1,
    "cos": 1,
    "cosh": 1,
    "exp": 1,
    "floor": 1,
    "ln": 1,
    "max": 2,
    "min": 2,
    "sin": 1,
    "sinh": 1,
    "sqrt": 1,
    "tan": 1,
    "tanh": 1,
    "trunc": 1,
}
"""Name to number of arguments. `min` and `max` give NaN when either argument is NaN."""

COMPOSED: dict[str, int] = {
    "log": 2,
    "modulo": 2,
    "pulse": 2,
    "pulse height": 2,
    "pulse height train": 3,
    "pulse train": 4,
    "quantum": 2,
    "ramp": 3,
    "step": 2,
    "xidz": 3,
    "zidz": 2,
}
"""What `rcsd.simulation.ir.passes.lower` writes in terms of the primitives; `ramp` may lack its end."""
