"""The bootstrap as matrix products: a resample is a row of counts, and a resampled mean a product with it.

Drawing N of N rows with replacement gives every row a multinomial count w; the mean of any term q over the resample is
w q / N. A row of ones is the sample itself, so one product gives the estimate and all its resamples.

The bootstrap takes the rows for independent draws. Those of a scrambled Sobol sequence fill the cube more evenly, so
that with growing N the intervals become wider than the errors: they cover more often than their level says.

References
----------
B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap. G. Archer, A. Saltelli and I. Sobol (1997),
Sensitivity measures, ANOVA-like techniques and the use of bootstrap, Journal of Statistical Computation and Simulation
58, 99-120.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray


def resampling_weights(n: int, n_resamples: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw how often each of n rows occurs in each resample.

    Returns
    -------
    NDArray, shape (1 + n_resamples, n)
        Each row sums to n; the first is all ones.
    """
    weights = np.ones((1 + n_resamples, n))
    for row in weights[1:]:
        row[:] = np.bincount(rng.integers(n, size=n), minlength=n)
    return weights


def half_width(resamples: NDArray[np.float64], confidence: float) -> NDArray[np.float64]:
    """Half-width of the normal interval over the first axis, from those resamples in which the index is defined.

    Parameters
    ----------
    resamples : NDArray, shape (n_resamples, ...)
        NaN where a resample has no variance.
    confidence : float
        Two-sided level, in (0, 1).

    Returns
    -------
    NDArray, shape (...)
        NaN where fewer than two resamples are defined.
    """
    defined = np.isfinite(resamples)
    count = defined.sum(axis=0)
    centre = np.where(defined, resamples, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(defined, resamples - centre, 0.0) ** 2
    variance = np.where(count > 1, squares.sum(axis=0) / np.maximum(count - 1, 1), np.nan)
    return NormalDist().inv_cdf(0.5 + confidence / 2) * np.sqrt(variance)
