"""Calibrate a forecast's bands on its own earlier origins, and on nothing else.

If, of earlier forecasts whose outcomes are known, 70 % lay in bands that promised 90 %, the next band should be wider:
by the factor with which those bands would have held 90 %. That factor is a quantile of the errors over the half-widths
(split conformal prediction: Lei, G'Sell, Rinaldo, Tibshirani & Wasserman, J. Am. Stat. Assoc. 113, 2018, with the scale
of the forecast itself), taken over time (Gibbs & Candes, NeurIPS 34, 2021). All is on logarithms. The promise of
conformal prediction needs cells that could be exchanged; cities of one origin share its shocks and years differ, so it
is an aim here and no guarantee.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.bands import LEVEL, quantiles
from rcsd.errors import SeriesError

Vector = NDArray[np.float64]

PRIOR_CELLS = 100
"""Cells of which half the step is taken: the logarithm of the factor is multiplied by n/(n + PRIOR_CELLS). About one
origin of a panel, since the cells of one origin share its shocks; assumed."""

LIMITS = (0.25, 4.0)
"""Smallest and largest factor: beyond them the forecast is wrong and no scaling mends it."""


def half_width_ratios(observed: ArrayLike, low: ArrayLike, median: ArrayLike, high: ArrayLike) -> Vector:
    """Return the log error of each cell over the half-width of its band on the side of the error, shape (n_cells,).

    At most 1 inside the band. Infinite for an error where the band has no width.

    Raises
    ------
    SeriesError
        When a value is not positive, or an end lies on the wrong side of its median.
    """
    y, a, m, b = (np.asarray(x, dtype=np.float64) for x in (observed, low, median, high))
    if np.any(np.stack(np.broadcast_arrays(y, a, m, b)) <= 0):
        raise SeriesError("bands are scaled on logarithms: outcomes and bands must be positive")
    if np.any(a > m) or np.any(m > b):
        raise SeriesError("a band must have its lower end below its median and its upper end above; check the columns")
    error = np.log(y / m)
    width = np.where(error > 0, np.log(b / m), np.log(m / a))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(error == 0, 0.0, np.abs(error) / width))


def spread_factor(ratios: ArrayLike, *, level: float = LEVEL, prior_cells: float = PRIOR_CELLS) -> float:
    """Return the factor on the half-widths that would have given the promised coverage.

    It is drawn towards 1 where cells are few.

    Parameters
    ----------
    ratios
        Of earlier cells, as `half_width_ratios` returns them, shape (n,).
    level
        Share that the bands promise to hold.
    prior_cells
        See `PRIOR_CELLS`; 0 takes the whole step.

    Returns
    -------
    float
        1 without a cell. The ceil((n + 1) level)-th smallest ratio, at most the largest, is the whole step.

    Examples
    --------
    >>> spread_factor([0.5, 1.0, 2.0, 3.0], level=0.5, prior_cells=0)
    2.0
    """
    known = np.sort(np.asarray(ratios, dtype=np.float64))
    n = known.size
    if n == 0:
        return 1.0
    # a tolerance: (n + 1) level may miss a whole number by rounding
    rank = min(int(np.ceil((n + 1) * level - 1e-9)), n)
    step = float(np.clip(known[rank - 1], *LIMITS))
    return float(step ** (n / (n + prior_cells)))


def factors_by_origin(
    origins: ArrayLike,
    horizons: ArrayLike,
    ratios: ArrayLike,
    *,
    level: float = LEVEL,
    prior_cells: float = PRIOR_CELLS,
) -> dict[int, float]:
    """Return the factor of each origin, from the cells whose outcomes were known there: origin + horizon up to it.

    Parameters
    ----------
    origins, horizons, ratios
        Of every cell, shape (n_cells,). Cells of one series, or of one horizon, are to be handed in alone where they
        shall have factors of their own.
    level, prior_cells
        As for `spread_factor`.

    Returns
    -------
    dict
        By origin, in order; the first is 1, since no outcome is known there.
    """
    start, ahead, ratio = (np.asarray(x, dtype=np.float64) for x in (origins, horizons, ratios))
    return {
        int(origin): spread_factor(ratio[start + ahead <= origin], level=level, prior_cells=prior_cells)
        for origin in np.unique(start)
    }


def scaled_draws(draws: ArrayLike, factor: ArrayLike) -> NDArray[np.float64]:
    """Spread draws about their median by a factor, on logarithms.

    Parameters
    ----------
    draws
        Positive, shape (n_draws, ...).
    factor
        1 or one per cell, broadcast against the shape of a draw.
    """
    logs = np.log(np.asarray(draws, dtype=np.float64))
    median = quantiles(logs, (0.5,))[0]
    return np.asarray(np.exp(median + np.asarray(factor) * (logs - median)))
