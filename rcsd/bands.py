"""Bands: what many draws of one quantity say, wherever this package says it.

There is one level and one rule. A band holds the middle 90 % of the draws, from their 5 % to their 95 % quantile; a
quantile lies on the straight line between the two neighbouring draws in order of size (Hyndman and Fan, Am. Stat. 50,
1996, definition 7, the default of NumPy and R). For an even number of draws `numpy.median` may differ from the median
of a band in the last digit.

Three spreads differ on purpose and are none of these: the 95 % interval of a profile (a rise of the likelihood), the
95 % interval of a sensitivity index (Student's t over bootstrap replicates), and draws from a list of values
(definition 1, which returns nothing that is not in the list).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.90
"""Share of the draws inside a band."""

SHARES = (0.05, 0.5, 0.95)
"""Shares of the draws below the lower end of a band, its median and its upper end."""

QUARTILES = (0.25, 0.5, 0.75)
"""The same of the middle half, with which few values, such as the cities of a class, are described."""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Ends and median of the draws of a quantity.

    Attributes
    ----------
    low, median, high
        5 %, 50 % and 95 % of the draws; each of the shape of one draw, such as (n_years,).
    """

    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]

    def stacked(self) -> NDArray[np.float64]:
        """Return low, median and high one above another, shape (3, ...)."""
        return np.stack([self.low, self.median, self.high])


def band(draws: ArrayLike) -> Band:
    """Summarise draws by their ends and their median.

    Parameters
    ----------
    draws
        Shape (n_draws, ...): what failed has been left out, as by `complete`.

    Returns
    -------
    Band
        NaN where a draw has NaN, and throughout where there is no draw.

    Examples
    --------
    >>> found = band([[0.0, 5.0], [10.0, 5.0], [20.0, 5.0]])
    >>> found.low.tolist(), found.median.tolist(), found.high.tolist()
    ([1.0, 5.0], [10.0, 5.0], [19.0, 5.0])
    """
    return Band(*quantiles(draws, SHARES))


def quantiles(draws: ArrayLike, shares: tuple[float, ...]) -> NDArray[np.float64]:
    """Take quantiles over the first axis.

    Parameters
    ----------
    draws
        Shape (n_draws, ...).
    shares
        Of the draws below each quantile, 0 to 1.

    Returns
    -------
    NDArray, shape (n_shares, ...)
        NaN where a draw has NaN, and throughout where there is no draw.
    """
    values = np.asarray(draws, dtype=np.float64)
    if not len(values):
        return np.full((len(shares), *values.shape[1:]), np.nan)
    return np.asarray(np.quantile(values, shares, axis=0))


def order_statistics(values: ArrayLike, shares: tuple[float, ...]) -> NDArray[np.float64]:
    """Take quantiles over the first axis that are values themselves, as where some are infinite.

    Parameters
    ----------
    values
        Shape (n, ...), at least one.
    shares
        Of the values up to each quantile, 0 to 1.

    Returns
    -------
    NDArray, shape (n_shares, ...)

    Examples
    --------
    >>> order_statistics([2003.0, 2001.0, np.inf], (0.3, 0.5, 0.9)).tolist()
    [2001.0, 2003.0, inf]
    """
    return np.asarray(np.quantile(np.asarray(values, dtype=np.float64), shares, axis=0, method="inverted_cdf"))


def complete(draws: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which draws are finite throughout: a run that failed leaves NaN in its row.

    Parameters
    ----------
    draws
        Shape (n_draws, ...).

    Returns
    -------
    NDArray, shape (n_draws,)
    """
    return np.asarray(np.isfinite(draws).all(axis=tuple(range(1, draws.ndim))))


def between(values: ArrayLike, low: ArrayLike, high: ArrayLike) -> NDArray[np.bool_]:
    """Say which values lie between two ends, ends included; broadcast as NumPy does."""
    known = np.asarray(values)
    return np.asarray((np.asarray(low) <= known) & (known <= np.asarray(high)))
