"""Puts the module of a kernel together: what it imports, the segments of every phase, and the driver."""

from __future__ import annotations

from rcsd.simulation.engine.plan.layout import Layout
from rcsd.simulation.engine.plan.notation import one_line
from rcsd.simulation.engine.scalars import operators
from rcsd.simulation.engine.source.arithmetic import Arithmetics
from rcsd.simulation.engine.source.driver import driver
from rcsd.simulation.engine.source.segments import Segments
from rcsd.simulation.ir.system import System

_HEAD = '''"""{title}

Written by rcsd from the equations of the model, which stand in the comments; not meant to be edited.
"""

from math import inf, nan

import numpy as np
from numba import carray, njit

from rcsd.simulation.engine.draws import draw_key
from rcsd.simulation.engine.integration import cut, flow, pipe_lengths
{blocks}from rcsd.simulation.engine.linkage import SEGMENT, exported
from rcsd.simulation.engine.operators import {operators}
from rcsd.simulation.engine.pieces import piece
'''
_BLOCKS = "from rcsd.simulation.engine.lanes.block import new_block, row, store\n"


def source_of(system: System, layout: Layout) -> str:
    """Write the module of a kernel; its entry is ``run_rows``."""
    writer = Segments(layout, Arithmetics(system.time))
    title = one_line(f"Kernel of {system.name!r}.").replace('"', "'").replace("\\", "/")
    segments = [line for phase in layout.phases for line in writer.phase(phase)]
    pieces = [f'{name} = piece("{name}")' for name in sorted(writer.pieces)]
    head = _HEAD.format(title=title, operators=", ".join(operators()), blocks=_BLOCKS if layout.rules else "")
    lines = [head, *pieces, *segments, *driver(system, layout, writer.numbers)]
    return "\n".join(lines) + "\n"
