"""What fills a block: a number, or another block."""

from __future__ import annotations

from rcsd.simulation.engine.lanes.block import Vector, row, store
from rcsd.simulation.engine.lanes.compiled import lane_function
from rcsd.simulation.engine.lanes.width import LANES


@lane_function
def copy_row(w: Vector, source: int, target: int) -> None:
    """Write the block at `source` to the block at `target`."""
    store(row(w, source), w, target)


@lane_function
def fill_row(w: Vector, value: float, target: int) -> None:
    """Write a number to the block at `target`."""
    block = row(w, target)
    for j in range(LANES):
        block[j] = value
