"""The functions that models may call, each in one place: its names, its arguments, its meaning, how it is computed.

From here come what the reader accepts, the message about a wrong number of arguments, what the passes and the engines
do, and ``docs/functions.md``.
"""

from rcsd.simulation.functions.arithmetic import ARITHMETIC
from rcsd.simulation.functions.arrays import ARRAYS
from rcsd.simulation.functions.draws import DRAWS
from rcsd.simulation.functions.elementary import ELEMENTARY
from rcsd.simulation.functions.entry import Format, Function, Signature
from rcsd.simulation.functions.finance import FINANCE
from rcsd.simulation.functions.inputs import INPUTS
from rcsd.simulation.functions.logic import LOGIC
from rcsd.simulation.functions.lookups import LOOKUPS
from rcsd.simulation.functions.refused import REFUSED
from rcsd.simulation.functions.registry import Registry
from rcsd.simulation.functions.states import STATES
from rcsd.simulation.functions.ways import (
    Block,
    Elements,
    Formula,
    Instruction,
    Lanes,
    Node,
    Primitive,
    Refused,
    Resolved,
    Stateful,
    Tables,
    Tabular,
)

FUNCTIONS = Registry(
    {
        "Arithmetic": ARITHMETIC,
        "Elementary functions": ELEMENTARY,
        "Choice": LOGIC,
        "Tables and data": LOOKUPS,
        "Steps, ramps and pulses": INPUTS,
        "Stocks, delays and other memory": STATES,
        "Random numbers": DRAWS,
        "Arrays": ARRAYS,
        "Money": FINANCE,
        "Refused": REFUSED,
    }
)
"""The functions of models."""

__all__ = [
    "FUNCTIONS",
    "Block",
    "Elements",
    "Format",
    "Formula",
    "Function",
    "Instruction",
    "Lanes",
    "Node",
    "Primitive",
    "Refused",
    "Registry",
    "Resolved",
    "Signature",
    "Stateful",
    "Tables",
    "Tabular",
]
