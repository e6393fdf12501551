"""Is one forecast better than another? Means over cells, with errors that know how few origins there are.

Cells (city, origin, horizon) of one origin share the nation's shocks, so they are one cluster, and the number of
clusters, not of cells, says how much is known. Standard errors are clustered by origin, tests use Student's t with one
degree of freedom less than there are clusters (Cameron & Miller, J. Hum. Resour. 50, 2015). Outcomes of neighbouring
origins are years in common; with `n_lags` the covariances of that many neighbours enter with Bartlett's weights
(Driscoll & Kraay, Rev. Econ. Stat. 80, 1998).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import SeriesError

Vector = NDArray[np.float64]

LEAST_CLUSTERS = 8
"""Origins below which no test is made: with fewer, t quantiles and clustered errors say nothing reliable."""

LEAST_CELLS = 50
"""Cells below which no test is made: a dozen annual points of one series have almost no power."""

_TWO = 2


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over cells.

    Attributes
    ----------
    value, error
        The mean and its standard error clustered by origin; the error is NaN with one cluster.
    n_cells, n_clusters
        What it rests on.
    """

    value: float
    error: float
    n_cells: int
    n_clusters: int


@dataclass(frozen=True, slots=True)
class Test:
    """A test over a panel.

    Attributes
    ----------
    estimate, error
        What is tested to be zero, and its standard error clustered by origin.
    statistic, p_value
        Student's t with n_clusters - 1 degrees of freedom, two-sided.
    n_cells, n_clusters
        What it rests on.
    """

    __test__ = False  # pytest collects classes of this name

    estimate: float
    error: float
    statistic: float
    p_value: float
    n_cells: int
    n_clusters: int


def clustered_mean(values: ArrayLike, origins: ArrayLike, *, n_lags: int = 0) -> Mean:
    """Average over cells, NaN left out.

    Parameters
    ----------
    values
        A score per cell, shape (n_cells,).
    origins
        The origin of each cell, shape (n_cells,).
    n_lags
        Neighbouring origins whose covariances count.
    """
    score, origin = _complete(origins, values)
    if score.size == 0:
        return Mean(np.nan, np.nan, 0, 0)
    value = float(np.mean(score))
    error = _error(score - value, origin, float(score.size), n_lags)
    return Mean(value, error, int(score.size), int(np.unique(origin).size))


def diebold_mariano(first: ArrayLike, second: ArrayLike, origins: ArrayLike, *, n_lags: int = 0) -> Test:
    """Test whether two forecasts have the same mean score over a panel.

    Parameters
    ----------
    first, second
        Scores of the same cells, lower is better, shape (n_cells,); cells with a NaN in either are left out.
    origins
        The origin of each cell, shape (n_cells,).
    n_lags
        As in `clustered_mean`.

    Returns
    -------
    Test
        Its estimate is the mean of first less second: negative where the first is better.

    Raises
    ------
    SeriesError
        With fewer than `LEAST_CELLS` cells or `LEAST_CLUSTERS` origins.

    References
    ----------
    Diebold & Mariano, J. Bus. Econ. Stat. 13, 1995; on panels Timmermann & Zhu, Comparing Forecasting Performance
    with Panel Data, 2019.
    """
    one, two, origin = _complete(origins, first, second, tested=True)
    difference = clustered_mean(one - two, origin, n_lags=n_lags)
    return _tested(difference.value, difference.error, difference.n_cells, difference.n_clusters)


def encompassing(first: ArrayLike, second: ArrayLike, origins: ArrayLike, *, n_lags: int = 0) -> Test:
    """Test whether a second forecast adds anything to a first.

    In e_1 = lambda (e_1 - e_2) + u, lambda is the weight that the second forecast gets in the best combination of the
    two; where it is zero, the first encompasses the second.

    Parameters
    ----------
    first, second
        Errors (outcome less median, of logarithms) of the same cells, shape (n_cells,); cells with a NaN are left out.
    origins, n_lags
        As in `diebold_mariano`.

    Returns
    -------
    Test
        Its estimate is lambda.

    Raises
    ------
    SeriesError
        With fewer than `LEAST_CELLS` cells or `LEAST_CLUSTERS` origins, or when the two forecasts are the same.

    References
    ----------
    Harvey, Leybourne & Newbold, J. Bus. Econ. Stat. 16, 1998, eq 3.
    """
    one, two, origin = _complete(origins, first, second, tested=True)
    difference = one - two
    squares = float(np.sum(difference**2))
    if squares == 0:
        raise SeriesError("the two forecasts are the same in every cell: neither can add anything to the other")
    weight = float(difference @ one) / squares
    error = _error(difference * (one - weight * difference), origin, squares, n_lags)
    return _tested(weight, error, int(one.size), int(np.unique(origin).size))


def relative_skill(scores: Mapping[str, ArrayLike], reference: str) -> dict[str, float]:
    """Compare every forecast with every other, and scale by one of them: below 1 is better than the reference.

    The ratio of two mean scores is taken over the cells that both have; a forecast's skill is the geometric mean of its
    ratios to all (itself included), over that of the reference.

    Parameters
    ----------
    scores
        By forecast, positive scores of the same cells, lower is better, shape (n_cells,), NaN where it has none.
    reference
        Whose skill is 1.

    Raises
    ------
    SeriesError
        When the reference is none of the forecasts, or two of them have no cell in common.

    References
    ----------
    Cramer et al., Proc. Natl. Acad. Sci. 119(15), 2022, supplement.
    """
    if reference not in scores:
        raise SeriesError(f"the reference {reference!r} is none of the forecasts: {', '.join(scores)}")
    table = np.array([np.asarray(score, dtype=np.float64) for score in scores.values()])
    known = ~np.isnan(table)
    both = known[:, None] & known[None]
    if not np.all(both.any(axis=-1)):
        raise SeriesError("two forecasts have no scored cell in common; compare forecasts of the same cells")
    sums = np.sum(np.where(both, np.nan_to_num(table)[:, None], 0.0), axis=-1)
    skill = np.exp(np.mean(np.log(sums / sums.T), axis=1))
    relative = skill / skill[list(scores).index(reference)]
    return dict(zip(scores, relative.tolist(), strict=True))


def _complete(origins: ArrayLike, *columns: ArrayLike, tested: bool = False) -> tuple[Vector, ...]:
    """Keep the cells that all columns have, and return them with their origins last."""
    origin = np.asarray(origins, dtype=np.float64)
    table = [np.asarray(column, dtype=np.float64) for column in columns]
    if origin.ndim != 1 or any(column.shape != origin.shape for column in table):
        raise SeriesError(
            f"scores {[column.shape for column in table]} and origins {origin.shape} must be vectors of one length"
        )
    keep = ~np.isnan(table).any(axis=0)
    n_cells, n_clusters = int(keep.sum()), np.unique(origin[keep]).size
    if tested and (n_cells < LEAST_CELLS or n_clusters < LEAST_CLUSTERS):
        raise SeriesError(
            f"{n_cells} cells of {n_clusters} origins are too few for a test: it needs {LEAST_CELLS} cells and "
            f"{LEAST_CLUSTERS} origins; compare means, or add origins"
        )
    return (*(column[keep] for column in table), origin[keep])


def _error(residuals: Vector, origins: Vector, scale: float, n_lags: int) -> float:
    """Return the standard error of a sum of residuals over a scale, clustered by origin."""
    different, place = np.unique(origins, return_inverse=True)
    n = different.size
    if n < _TWO:
        return float("nan")
    totals = np.bincount(place, weights=residuals, minlength=n)
    variance = float(totals @ totals)
    for lag in range(1, n_lags + 1):
        # neighbours by the calendar: an origin left out leaves its gap
        pairs = np.isclose(np.subtract.outer(different, different), lag)
        variance += 2 * (1 - lag / (n_lags + 1)) * float(totals @ (pairs @ totals))
    return float(np.sqrt(max(variance, 0.0) * n / (n - 1))) / scale


def _tested(estimate: float, error: float, n_cells: int, n_clusters: int) -> Test:
    """Finish a test."""
    from scipy.stats import t  # noqa: PLC0415 - slow to import, needed here alone

    if error == 0 and estimate == 0:
        statistic = 0.0
    else:
        statistic = estimate / error if error else float(np.copysign(np.inf, estimate))
    return Test(estimate, error, statistic, float(2 * t.sf(abs(statistic), n_clusters - 1)), n_cells, n_clusters)
