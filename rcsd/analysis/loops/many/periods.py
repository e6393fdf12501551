"""Periods of a run, and the few steps of each that stand for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir import TimeAxis

_MOST = 60
"""Periods; saved times beyond that share one."""
_STEPS = 4
"""That stand for a period, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Stretches of time.

    Attributes
    ----------
    starts : NDArray, shape (period,)
        When each begins; it lasts until the next.
    steps : NDArray of int, shape (moment,)
        Numbers of the steps that stand for them, increasing.
    owner : NDArray of int, shape (moment,)
        To which period each belongs.
    """

    starts: NDArray[np.float64]
    steps: NDArray[np.int64]
    owner: NDArray[np.int64]

    def means(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Average over the steps of each period along the second axis, leaving NaN out; NaN where there is nothing."""
        finite = np.isfinite(values)
        filled = np.where(finite, values, 0.0)
        means = np.full((values.shape[0], self.starts.size, *values.shape[2:]), np.nan)
        for period in range(self.starts.size):
            own = self.owner == period
            count = finite[:, own].sum(axis=1)
            means[:, period] = np.where(count > 0, filled[:, own].sum(axis=1) / np.maximum(count, 1), np.nan)
        return means


def periods_of(axis: TimeAxis) -> Periods:
    """Part a run at its saved times, or at every so many of them where these are very many.

    The initial time is no moment: nothing has changed yet. Steps that stand for a period lie evenly in it.
    """
    saved = axis.saved_times()
    starts = saved[:: max(1, -(-saved.size // _MOST))]
    first = np.rint((starts - axis.start) / axis.step).astype(np.int64)
    last = int(np.rint((saved[-1] - axis.start) / axis.step))
    ends = np.append(first[1:], last + 1)
    steps: list[int] = []
    owner: list[int] = []
    for i, (begin, end) in enumerate(zip(first.tolist(), ends.tolist(), strict=True)):
        inside = np.arange(max(begin, 1), end)
        n = min(_STEPS, inside.size)
        chosen = inside[((np.arange(n) + 0.5) / max(n, 1) * inside.size).astype(np.intp)] if n else inside
        steps += chosen.tolist()
        owner += [i] * chosen.size
    return Periods(starts, np.array(steps, dtype=np.int64), np.array(owner, dtype=np.int64))
