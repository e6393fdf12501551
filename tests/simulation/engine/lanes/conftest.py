"""Lane functions applied to any number of points, and their distance from the exact value."""

from __future__ import annotations

from collections.abc import Callable

import mpmath
import numpy as np
import pytest
from numpy.typing import NDArray

from rcsd.simulation.engine.lanes import LANE_FUNCTIONS, LANES

Vector = NDArray[np.float64]
OVERFLOW = 2**1024 - 2**970
"""From here on a number rounds to infinity: halfway from the largest float to 2^1024."""


def _power(x: mpmath.mpf, y: mpmath.mpf) -> mpmath.mpf:
    """Return x^y for x > 0, or x < 0 and a whole y, whatever the size of the result."""
    value = mpmath.exp(y * mpmath.log(abs(x)))
    return -value if x < 0 and y % 2 else value


EXACT: dict[str, Callable[..., mpmath.mpf]] = {
    "arccos": mpmath.acos,
    "arcsin": mpmath.asin,
    "arctan": mpmath.atan,
    "log": mpmath.log,
    "power": _power,
} | {name: getattr(mpmath, name) for name in ("cos", "cosh", "exp", "log10", "sin", "sinh", "sqrt", "tan", "tanh")}


def _apply(name: str, *columns: Vector) -> Vector:
    """Apply a lane function to columns of one length, block by block."""
    n = len(columns[0])
    width = -(-n // LANES) * LANES
    w = np.ones((len(columns) + 1, width))
    for row, column in zip(w, columns, strict=False):
        row[:n] = column
    flat = w.reshape(-1)
    for first in range(0, width, LANES):
        LANE_FUNCTIONS[name](flat, *range(first, flat.size, width))
    return w[-1, :n].copy()


def _distance(value: float, exact: mpmath.mpf) -> float:
    """Return the distance in units of the last place of the exact value; infinity counts as 2^1024."""
    sign = float(mpmath.sign(exact))
    if sign == 0:
        return 0.0 if value == 0 else np.inf
    if np.isnan(value) or np.copysign(1, value) != sign:
        return np.inf
    if abs(exact) >= OVERFLOW:
        return 0.0 if np.isinf(value) else np.inf
    unit = mpmath.ldexp(1, max(mpmath.frexp(exact)[1] - 1, -1022) - 52)
    size = mpmath.mpf(abs(value)) if np.isfinite(value) else mpmath.ldexp(1, 1024)
    return float(abs(size - abs(exact)) / unit)


def _distances(name: str, *columns: Vector) -> Vector:
    """Apply a lane function and return how far each result is from the exact value."""
    found = _apply(name, *columns).tolist()
    points = zip(*(column.tolist() for column in columns), strict=True)
    with mpmath.workprec(200):
        exact = [EXACT[name](*map(mpmath.mpf, point)) for point in points]
        return np.array([_distance(value, number) for value, number in zip(found, exact, strict=True)])


@pytest.fixture(scope="session")
def apply() -> Callable[..., Vector]:
    """Return the function that applies a lane function, by its name, to columns."""
    return _apply


@pytest.fixture(scope="session")
def distances() -> Callable[..., Vector]:
    """Return the function that measures a lane function in units of the last place."""
    return _distances
