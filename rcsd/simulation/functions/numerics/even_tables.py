"""Tables whose y are the elements of an array, at x that are evenly spaced between two limits."""

# ruff: noqa: PLR2004 - the codes of modes

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def vector_lookup(x: Values, low: Values, high: Values, mode: Values, *y: Values) -> Values:
    """Read such a table in one of Vensim's ten modes, run by run."""
    return np.array([_vector_lookup(run) for run in np.stack([x, low, high, mode, *y], axis=1)])


def _vector_lookup(given: Values) -> float:
    x, y = given[0], given[4:]
    step = (given[2] - given[1]) / (y.size - 1) if y.size > 1 else 1.0
    place = (x - given[1]) / step
    if math.isnan(place) or not math.isfinite(given[3]):  # no number of a segment or of a mode
        return math.nan
    mode = int(given[3])
    if mode in (5, 8):
        return float(given[1] + step * _place_of(y, x, mode == 8))
    if mode in (1, 7):
        return float(step * _area(y, place, mode == 7))
    if mode in (6, 9):
        return float(_slope(y, place, mode == 9) / step)
    return _height(y, place, mode)


def _segment(y: Values, place: float) -> int:
    """Return the segment that a place lies in, the first or the last beyond the ends."""
    return int(min(max(np.floor(place), 0.0), max(y.size - 2.0, 0.0)))


def _height(y: Values, place: float, mode: int) -> float:
    """Return y: 0 interpolated, 2 of the point before, 3 extrapolated, 4 of the next point; NaN in another mode."""
    if mode not in (0, 2, 3, 4) or math.isnan(place):
        return math.nan
    if y.size == 1:
        return float(y[0])
    inside = place if mode == 3 else min(max(place, 0.0), y.size - 1.0)
    if mode == 2:
        return float(y[int(np.floor(inside))])
    if mode == 4:
        return float(y[int(np.ceil(inside))])
    k = _segment(y, inside)
    return float(y[k] + (inside - k) * (y[k + 1] - y[k]))


def _slope(y: Values, place: float, extrapolates: bool) -> float:
    """Return the slope, at a point the mean of those on its sides."""
    if y.size == 1 or (not extrapolates and (place < 0.0 or place > y.size - 1.0)):
        return 0.0
    k = _segment(y, place)
    slope = y[k + 1] - y[k]
    if place == k and k > 0:
        slope = 0.5 * (y[k + 1] - y[k - 1])
    return float(slope)


def _area(y: Values, place: float, extrapolates: bool) -> float:
    """Return the area from the first point on, in steps; negative before it."""
    inside = place if extrapolates else min(max(place, 0.0), y.size - 1.0)
    k = _segment(y, inside)
    total = 0.0
    for i in range(k):
        total += 0.5 * (y[i] + y[i + 1])
    total += (inside - k) * 0.5 * (y[k] + _height(y, inside, 3))
    return float(total + (place - inside) * _height(y, place, 0))


def _place_of(y: Values, height: float, extrapolates: bool) -> float:
    """Return the place at which the table has a height, of one that rises or falls throughout."""
    n = y.size
    sign = 1.0 if y[n - 1] >= y[0] else -1.0
    for k in range(n - 1):
        if sign * y[k + 1] < sign * y[k]:
            return math.nan
    if not extrapolates and sign * height <= sign * y[0]:
        return 0.0
    if not extrapolates and sign * height >= sign * y[n - 1]:
        return n - 1.0
    k = 0
    while k < n - 2 and sign * y[k + 1] < sign * height:
        k += 1
    return float(k + (height - y[k]) / (y[k + 1] - y[k]))
