"""Sharing a scarce supply out among requests, at the price at which they add up to it.

Every request has a curve: the share of it that is granted falls from one to zero around its priority as the price
rises (Vensim's manual, "Specifying the Curves"). Curves are 0 fixed, 1 rectangular, 2 triangular, 3 normal,
4 exponential; the fixed ones get the share of the whole supply in all requests.
"""

# ruff: noqa: PLR2004 - the codes of curves

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

Values = NDArray[np.float64]
_FAR = 40.0
"""Widths from its priority at which the longest tail of a curve is below 1e-17."""
_HALVINGS = 100
_FIELDS = 4  # of a request: quantity, curve, priority, width


def share(curve: Values, priority: Values, width: Values, price: Values, scarcity: Values) -> Values:
    """Return the share of a request that is granted at a price; NaN for a curve that is none of those above."""
    z = (price - priority) / width
    below = np.clip(z + 0.5, 0.0, 1.0)
    triangle = np.where(below < 0.5, 2.0 * below**2, 1.0 - 2.0 * (1.0 - below) ** 2)
    tail = 0.5 * np.exp(-np.abs(z))
    shares = [scarcity, 1.0 - below, 1.0 - triangle, special.ndtr(-z), np.where(z < 0, 1.0 - tail, tail)]
    known = (curve >= 0) & (curve < len(shares))
    picked = np.choose(np.where(known, curve, 0).astype(np.int64), shares)
    return np.where(known, picked, np.nan)


def _share(curve: float, priority: float, width: float, price: float, scarcity: float) -> float:
    if curve == 0.0:
        return scarcity
    z = (price - priority) / width
    if math.isnan(z):
        return math.nan
    below, found = min(max(z + 0.5, 0.0), 1.0), math.nan
    if curve == 1.0:
        found = 1.0 - below
    elif curve == 2.0:
        found = 1.0 - 2.0 * below * below if below < 0.5 else 2.0 * (1.0 - below) * (1.0 - below)
    elif curve == 3.0:
        found = 0.5 * math.erfc(z * math.sqrt(0.5))
    elif curve == 4.0:
        found = 1.0 - 0.5 * math.exp(z) if z < 0.0 else 0.5 * math.exp(-z)
    return found


def price(supply: Values, *fields: Values) -> Values:
    """Return the price that clears the market; minus infinity where the supply is enough, infinity where there is none.

    Parameters
    ----------
    supply : NDArray
        What there is.
    *fields : NDArray
        Quantity, curve, priority and width of one request after the other.
    """
    quantity, curve, priority, width = (np.stack(fields[i::_FIELDS]) for i in range(_FIELDS))
    total = quantity.sum(axis=0)
    scarcity = np.clip(supply / np.where(total > 0, total, 1.0), 0.0, 1.0)
    low, high = (priority - _FAR * width).min(axis=0), (priority + _FAR * width).max(axis=0)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        granted = sum(
            q * share(c, p, w, middle, scarcity) for q, c, p, w in zip(quantity, curve, priority, width, strict=True)
        )
        low, high = np.where(granted > supply, middle, low), np.where(granted > supply, high, middle)
    found = 0.5 * (low + high)
    found = np.where(supply >= total, -np.inf, np.where(supply <= 0, np.inf, found))
    return np.where(np.isnan(supply + total), np.nan, found)


def _price(x: Values) -> float:
    supply, n = x[0], (x.size - 1) // 4
    total, low, high = 0.0, math.inf, -math.inf
    for i in range(n):
        total += x[1 + 4 * i]
        low = min(low, x[3 + 4 * i] - 40.0 * x[4 + 4 * i])
        high = max(high, x[3 + 4 * i] + 40.0 * x[4 + 4 * i])
    if math.isnan(supply + total):
        return math.nan
    if supply >= total:
        return -math.inf
    if supply <= 0.0:
        return math.inf
    for _ in range(100):
        middle = 0.5 * (low + high)
        granted = 0.0
        for i in range(n):
            at = 1 + 4 * i
            granted += x[at] * _share(x[at + 1], x[at + 2], x[at + 3], middle, supply / total)
        if granted > supply:
            low = middle
        else:
            high = middle
    return float(0.5 * (low + high))
