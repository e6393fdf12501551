"""Predictive distributions as quantiles: their average over models, and weights that are learned from earlier origins.

A distribution is given by its quantiles at `LEVELS`, equally spaced, so that each stands for one hundredth of it. The
average of several models is their linear pool, the mixture of the distributions (Stone, Ann. Math. Stat. 32, 1961;
Gneiting & Ranjan, Electron. J. Stat. 7, 2013), never the mean of their quantiles: where models disagree the pool is
wider than each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.forecasting.levels import LEVELS

Array = NDArray[np.float64]

_WITH_ENDS: Array = np.concatenate([[0.0], LEVELS, [1.0]])

TEMPER = 1.0
"""How much an earlier origin counts, in mean log scores over its cities and horizons. Assumed: one observation each,
since forecasts from one origin share the shocks of the nation and of the coal price."""


def linear_pool(quantiles: ArrayLike, weights: ArrayLike) -> Array:
    """Average distributions.

    Parameters
    ----------
    quantiles
        Of each model at `LEVELS`, shape (n_models, ..., n_levels). A model with NaN in a cell has no part in it.
    weights
        Of each model, at least 0, shape (n_models,); scaled to 1 over the models that a cell has.

    Returns
    -------
    NDArray, shape (..., n_levels)
        Quantiles of the mixture; NaN in a cell that no model with a weight has.

    Examples
    --------
    >>> apart = np.stack([LEVELS, LEVELS + 10])
    >>> linear_pool(apart, [0.5, 0.5])[[24, 74]].round(1).tolist()  # the quarters are the models' medians
    [0.5, 10.5]
    """
    each = np.asarray(quantiles, dtype=np.float64)
    shape, n_levels = each.shape[1:-1], each.shape[-1]
    cells = np.moveaxis(each.reshape(len(each), -1, n_levels), 0, 1)
    given = np.asarray(weights, dtype=np.float64)
    found = np.full((len(cells), n_levels), np.nan)
    for place, cell in enumerate(cells):
        held = np.isfinite(cell).all(axis=-1) & (given > 0)
        if held.any():
            found[place] = _mixed(cell[held], given[held] / given[held].sum())
    return found.reshape(*shape, n_levels)


def _mixed(each: Array, weights: Array) -> Array:
    """Invert the mixture of distribution functions, each straight between its quantiles."""
    if len(each) == 1:
        return np.asarray(each[0])
    # beyond the outermost quantiles the line goes on to 0 and to 1
    ends = np.column_stack([2 * each[:, 0] - each[:, 1], each, 2 * each[:, -1] - each[:, -2]])
    points = np.unique(ends)
    share = sum(w * np.interp(points, x, _WITH_ENDS) for w, x in zip(weights, ends, strict=True))
    return np.asarray(np.interp(LEVELS, share, points))


def learned_weights(
    scores: ArrayLike, origins: ArrayLike, origin: int, *, last: int | None = None, temper: float = TEMPER
) -> Array:
    """Weights of models at an origin, from what forecasts of earlier origins were worth by then.

    Softmax of the tempered sums, over earlier origins, of mean log scores: Bayesian model averaging over the forecasts
    (Eklund & Karlsson, Econometric Rev. 26, 2007) with an origin as one observation when the temper is 1.

    Parameters
    ----------
    scores
        Mean log score of each model, origin and horizon 1, 2, ..., shape (n_models, n_origins, n_horizons); NaN where
        nothing is scored.
    origins
        Shape (n_origins,).
    origin
        At which the weights are wanted: only forecasts from earlier origins whose year lies at or before it count.
    last
        Years after this one do not count either.
    temper
        Factor of the sums.

    Returns
    -------
    NDArray, shape (n_models,)
        Sums to 1; equal before anything is known. Only what every model has counts.

    Examples
    --------
    >>> learned_weights([[[0.0]], [[np.log(3)]]], [2005], 2006).round(2).tolist()
    [0.25, 0.75]
    """
    values, years = np.asarray(scores, dtype=np.float64), np.asarray(origins)
    due = years[:, np.newaxis] + np.arange(1, values.shape[2] + 1)
    known = (due <= origin) & (years[:, np.newaxis] < origin) & np.isfinite(values).all(axis=0)
    if last is not None:
        known &= due <= last
    # an origin of which nothing is known yet adds nothing
    means = np.where(known, values, 0.0).sum(axis=2) / np.maximum(known.sum(axis=1), 1)
    sums = temper * means.sum(axis=1)
    grown = np.exp(sums - sums.max())
    return np.asarray(grown / grown.sum())
