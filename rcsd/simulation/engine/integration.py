"""What is done to whole regions of memory between the evaluations of a model's equations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes.block import Vector
from rcsd.simulation.engine.lanes.compiled import lane_function
from rcsd.simulation.engine.lanes.width import LANES
from rcsd.simulation.ir.system import HALF_UP

Integers = NDArray[np.int64]


@lane_function
def cut(w: Vector, first: int, slots: Integers) -> None:
    """Set what is below zero to zero in the slots with these numbers, counted from `first`."""
    for slot in slots:
        place = first + slot * LANES
        for i in range(place, place + LANES):
            w[i] = 0.0 if w[i] < 0.0 else w[i]


@lane_function
def pipe_lengths(w: Vector, delays: int, pipes: int, n: int, h: float, last: int, lengths: Integers) -> int:
    """Turn the delays of n pipes into numbers of steps, halves up; return how many steps must be remembered.

    A delay that is no number leaves nothing to give out: the pipe's initial value becomes NaN.
    """
    longest = 1
    for i in range(n * LANES):
        steps = np.floor(w[delays + i] / h + HALF_UP)
        if np.isnan(steps):
            w[pipes + i] = np.nan
            lengths[i] = last + 1
        else:
            lengths[i] = min(max(steps, 1.0), last + 1.0)
        longest = max(longest, lengths[i])
    return longest


@lane_function
def flow(w: Vector, entering: int, pipes: int, lengths: Integers, history: Vector, size: int, step: int) -> None:
    """Take into pipes what enters in a step, and give out what leaves in the next.

    ``history`` holds `size` steps of each place in turn; what entered in step k stands in row ``k % size``.
    """
    n = lengths.size
    row = step % size * n
    for i in range(n):
        history[row + i] = w[entering + i]
    for i in range(n):
        since = step + 1 - lengths[i]
        if since >= 0:
            w[pipes + i] = history[since % size * n + i]
