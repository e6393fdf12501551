"""Mean, spread and size of numbers that may be huge or tiny, without overflow and without losing a digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def scaled_down(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Divide each column by a power of two that brings its largest size below one; such a division is exact.

    Parameters
    ----------
    values : NDArray, shape (run, quantity)
        All finite.

    Returns
    -------
    (scaled, exponent)
        ``scaled * 2**exponent`` are the values; exponents have shape (quantity,).
    """
    largest = np.maximum(values.max(axis=0), -values.min(axis=0))
    exponent = np.frexp(largest)[1].astype(np.int_)
    return np.ldexp(values, -exponent), exponent


def mean_and_sd(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean and standard deviation (over n, not n - 1) of each column, shape (quantity,)."""
    scaled, exponent = scaled_down(values)
    return np.ldexp(scaled.mean(axis=0), exponent), np.ldexp(scaled.std(axis=0), exponent)
