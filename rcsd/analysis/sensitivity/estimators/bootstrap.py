"""The bootstrap over replicates as matrix products: a resample is a row of counts, and a resampled mean a product.

The base rows of a sample are dealt from R independent scrambles in turn (`saltelli_rows`), which are its replicates.
The rows of one scramble fill the cube together and are anything but independent: a bootstrap that draws rows takes them
for independent draws, and its intervals then cover far more often than their level says. Replicates are independent, so
replicates are what is drawn: R of R with replacement. A replicate gets a multinomial count w, and the mean of any term
over the resample is the product of w and the replicates' sums over N. A row of ones is the sample itself, so that one
product gives the estimate and all its resamples. Where every row is a replicate, as in a sample of independent rows,
this is the ordinary bootstrap.

References
----------
B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap, whose section 14 has the factor R/(R - 1). A. Owen
(1997), Monte Carlo variance of scrambled net quadrature, SIAM Journal on Numerical Analysis 34, 1884-1910, for errors
judged from independent scrambles. G. Archer, A. Saltelli and I. Sobol (1997), Sensitivity measures, ANOVA-like
techniques and the use of bootstrap, Journal of Statistical Computation and Simulation 58, 99-120.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit


def resampling_weights(n_replicates: int, n_resamples: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw how often each replicate occurs in each resample.

    Returns
    -------
    NDArray, shape (1 + n_resamples, n_replicates)
        Each row sums to n_replicates; the first is all ones.
    """
    weights = np.ones((1 + n_resamples, n_replicates))
    for row in weights[1:]:
        row[:] = np.bincount(rng.integers(n_replicates, size=n_replicates), minlength=n_replicates)
    return weights


def half_width(resamples: NDArray[np.float64], confidence: float, n_replicates: int) -> NDArray[np.float64]:
    """Half-width of the interval over the first axis, from those resamples in which the index is defined.

    The standard deviation of the resamples, without the shrinkage by (R - 1)/R that drawing R of R has, times the
    quantile of Student's distribution with R - 1 degrees of freedom: so few replicates do not know their own spread
    well.

    Parameters
    ----------
    resamples : NDArray, shape (n_resamples, ...)
        NaN where a resample has no variance.
    confidence : float
        Two-sided level, in (0, 1).
    n_replicates : int
        R, 2 or more.

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
    quantile = float(stdtrit(n_replicates - 1, 0.5 + confidence / 2))
    return np.asarray(quantile * math.sqrt(n_replicates / (n_replicates - 1)) * np.sqrt(variance))
