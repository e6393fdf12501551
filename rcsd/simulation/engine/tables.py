"""Tables in one flat array.

A table takes ``3 + 3 n`` places: the sign that its arguments are multiplied by, the least and the greatest argument
that it tells apart (infinite where it extrapolates), then the x, the y and the slope to the right of each point. Its
shape is data, not code: a table can be replaced by another of any length without compiling again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.simulation.ir.expression import Points


def table_row(points: Points) -> NDArray[np.float64]:
    """Lay a table out as sign, limits, x, y and slopes.

    Beyond the last point the slope is that of the last segment where the table extrapolates, zero where it holds;
    in a table that holds the previous value every slope is zero. One that takes the next value is laid out as the
    mirror image of one that holds the previous.
    """
    x, y = np.array(points.x, dtype=np.float64), np.array(points.y, dtype=np.float64)
    sign, slope = 1.0, np.zeros(x.size)
    if points.between == "next":
        sign, x, y = -1.0, -x[::-1], y[::-1]
    limits = [x[0], x[-1]]
    if points.between == "linear":
        with np.errstate(over="ignore"):  # what is beyond all numbers shows in the run
            slope[:-1] = np.diff(y) / np.diff(x)
        # a table that steps: nothing lies between the two points, and no number is as steep
        slope[:-1][x[1:] == np.nextafter(x[:-1], np.inf)] = 0.0
        if points.beyond == "extrapolate" and x.size > 1:
            slope[-1] = slope[-2]
            limits = [-np.inf, np.inf]
    return np.concatenate([[sign, *limits], x, y, slope])


def flat_tables(tables: Sequence[Points]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Put tables one after the other.

    Returns
    -------
    (flat, places)
        ``places[2 i]`` is where table i starts in `flat`, ``places[2 i + 1]`` its number of points.
    """
    rows = [table_row(points) for points in tables]
    starts = np.cumsum([0, *(row.size for row in rows)])[:-1]
    places = np.array([[start, len(t.x)] for start, t in zip(starts, tables, strict=True)], dtype=np.int64)
    return np.concatenate([*rows, np.zeros(1)]), places.reshape(-1)


def look_up(row: NDArray[np.float64], argument: NDArray[np.float64]) -> NDArray[np.float64]:
    """Read a table at many arguments: what the interpreter does, by the formula of the kernels."""
    (sign, least, greatest), (x, y, slope) = row[:3], row[3:].reshape(3, -1)
    a = sign * argument
    a = np.where(a < least, least, np.where(a > greatest, greatest, a))
    at = np.maximum(np.searchsorted(x, a, side="right") - 1, 0)
    return np.asarray(slope[at] * (a - x[at]) + y[at])


class EachItsOwn:
    """Reads at each argument a table of its own.

    Arguments mostly move little from one step to the next, above all the time: the segments of the last reading are
    tried first.

    Parameters
    ----------
    starts, sizes : NDArray of int
        Places and numbers of points as `flat_tables` gives them, shaped so that arguments can be broadcast with them.
    """

    def __init__(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> None:
        self._starts = starts
        self._sizes = sizes
        self._last = np.zeros(0, dtype=np.int64)

    def read(self, flat: NDArray[np.float64], members: slice, argument: NDArray[np.float64]) -> NDArray[np.float64]:
        """Read the tables of some members."""
        starts, sizes = self._starts[members], self._sizes[members]
        a = flat[starts] * argument
        least, greatest = flat[starts + 1], flat[starts + 2]
        a = np.where(a < least, least, np.where(a > greatest, greatest, a))
        first = starts + 3
        at = self._last
        if at.shape != a.shape or not _is_segment(flat, first, sizes, at, a):
            at = self._last = first + _segments(flat, first, sizes, a)
        return np.asarray(flat[at + 2 * sizes] * (a - flat[at]) + flat[at + sizes])


def _is_segment(
    flat: NDArray[np.float64],
    first: NDArray[np.int64],
    sizes: NDArray[np.int64],
    at: NDArray[np.int64],
    a: NDArray[np.float64],
) -> bool:
    """Whether the points at these places are the last at or before the arguments."""
    last = at == first + sizes - 1
    return bool(np.all((first <= at) & (at < first + sizes) & (flat[at] <= a) & (last | (a < flat[at + 1]))))


def _segments(
    flat: NDArray[np.float64], first: NDArray[np.int64], sizes: NDArray[np.int64], a: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Find the last point at or before each argument, the first point when there is none."""
    low, high = np.zeros(a.shape, dtype=np.int64), np.broadcast_to(sizes, a.shape)
    for _ in range(int(sizes.max(initial=1)).bit_length()):
        middle = (low + high) >> 1
        is_open = high - low > 1
        above = is_open & (flat[first + middle] <= a)
        low, high = np.where(above, middle, low), np.where(is_open & ~above, middle, high)
    return low
