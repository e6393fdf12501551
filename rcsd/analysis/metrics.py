"""How wrong a simulated series is: fit and validation statistics.

Throughout, A is the actual and S the simulated series, e = S - A, a bar is a mean, and standard
deviations are population ones (ddof 0), without which Theil's three shares do not sum to one.
Pairs with a NaN on either side are dropped. A statistic that is undefined for the data (a mean
relative error with a zero in A, a correlation of a constant) is NaN, never an error.

References
----------
H. Theil, Applied Economic Forecasting, 1966. Y. Barlas, System Dynamics Review 12(3), 1996.
J. D. Sterman, Business Dynamics, 2000, ch. 21. R. J. Hyndman and A. B. Koehler, International
Journal of Forecasting 22(4), 2006.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import SeriesError

_NAN = float("nan")
Vector = NDArray[np.float64]
_TWO = 2  # points, the fewest that have a change or a spread


@dataclass(frozen=True, slots=True)
class FitStatistics:
    """Every statistic of one simulated series against its actual values.

    Attributes
    ----------
    n : int
        Pairs used.
    mae, rmse : float
        Mean absolute and root mean square error, in the unit of the series.
    mape, rmspe : float
        Mean absolute and root mean square relative error, in per cent of the actual value; NaN
        when an actual value is zero.
    wape : float
        Mean absolute error over the mean size of the actual values, in per cent: what a relative
        error says where single values are near zero; NaN when all are zero.
    r2_correlation : float
        Squared correlation of A and S; NaN for fewer than two pairs or a constant series.
    r2_explained : float
        1 - SSE/SST; NaN for fewer than two pairs or constant actual values.
    theil_um, theil_us, theil_uc : float
        Shares of the mean square error due to bias, to unequal variation and to unequal
        covariation; they sum to 1; NaN for a perfect fit or fewer than two pairs.
    theil_u1 : float
        RMSE / (root mean A^2 + root mean S^2), in [0, 1]; NaN when both series are zero.
    theil_u2 : float
        Root of (sum of e_t^2 / sum of (A_t - A_{t-1})^2) from the second pair on: below 1 is
        better than forecasting no change; NaN for fewer than two pairs or constant actual values.
    barlas_e1 : float
        Relative error of the mean, per cent; NaN when the actual mean is zero.
    barlas_e2 : float
        Relative error of the standard deviation, per cent; NaN for fewer than two pairs or
        constant actual values.
    barlas_u : float
        Barlas's discrepancy coefficient of the two trend-removed series, in [0, 1]; NaN for
        fewer than two pairs or when both are constant.
    """

    n: int
    mae: float
    mape: float
    wape: float
    rmse: float
    rmspe: float
    r2_correlation: float
    r2_explained: float
    theil_um: float
    theil_us: float
    theil_uc: float
    theil_u1: float
    theil_u2: float
    barlas_e1: float
    barlas_e2: float
    barlas_u: float


def _pairs(actual: ArrayLike, simulated: ArrayLike) -> tuple[Vector, Vector]:
    """Check the shapes and drop pairs with a NaN."""
    a, s = np.asarray(actual, dtype=np.float64), np.asarray(simulated, dtype=np.float64)
    if a.shape != s.shape or a.ndim != 1:
        raise SeriesError(
            f"actual {a.shape} and simulated {s.shape} must be two vectors of one length; align them by year first"
        )
    both = ~(np.isnan(a) | np.isnan(s))
    if not both.any():
        raise SeriesError("no year has both an actual and a simulated value; widen the window or give the data")
    return a[both], s[both]


def _ratio(numerator: float, denominator: float) -> float:
    """Divide, with NaN for a denominator of zero."""
    return float(numerator / denominator) if denominator != 0 else _NAN


def mae(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Mean absolute error, in the unit of the series."""
    a, s = _pairs(actual, simulated)
    return float(np.mean(np.abs(s - a)))


def rmse(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Root mean square error, in the unit of the series."""
    a, s = _pairs(actual, simulated)
    return float(np.sqrt(np.mean((s - a) ** 2)))


def mape(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Mean of |e/A|, in per cent; NaN when an actual value is zero."""
    a, s = _pairs(actual, simulated)
    return _NAN if (a == 0).any() else 100 * float(np.mean(np.abs((s - a) / a)))


def wape(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Mean of |e| over that of |A|, in per cent; NaN when every actual value is zero."""
    a, s = _pairs(actual, simulated)
    return 100 * _ratio(float(np.mean(np.abs(s - a))), float(np.mean(np.abs(a))))


def rmspe(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Root of the mean of (e/A)^2, in per cent; NaN when an actual value is zero."""
    a, s = _pairs(actual, simulated)
    return _NAN if (a == 0).any() else 100 * float(np.sqrt(np.mean(((s - a) / a) ** 2)))


def r2_correlation(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Squared correlation, in [0, 1]; NaN for fewer than two pairs or a constant series."""
    a, s = _pairs(actual, simulated)
    covariance = float(np.mean((s - s.mean()) * (a - a.mean())))
    # the product of two variances may underflow where each alone does not
    return _ratio(covariance, float(s.std() * a.std())) ** 2


def r2_explained(actual: ArrayLike, simulated: ArrayLike) -> float:
    """1 - SSE/SST, at most 1; NaN for fewer than two pairs or constant actual values."""
    a, s = _pairs(actual, simulated)
    return 1 - _ratio(float(np.mean((s - a) ** 2)), float(a.var()))


def theil_decomposition(actual: ArrayLike, simulated: ArrayLike) -> tuple[float, float, float]:
    """Shares of the mean square error: bias, unequal variation, unequal covariation.

    Returns
    -------
    (um, us, uc) : tuple of float
        U_M = (S̄ - Ā)^2/MSE, U_S = (s_S - s_A)^2/MSE, U_C = 2(1 - r) s_S s_A/MSE; they sum to 1.
        All NaN for a perfect fit or fewer than two pairs.
    """
    a, s = _pairs(actual, simulated)
    mse = float(np.mean((s - a) ** 2))
    if a.size < _TWO or mse == 0:
        return _NAN, _NAN, _NAN
    bias = float((s.mean() - a.mean()) ** 2)
    variation = float((s.std() - a.std()) ** 2)
    # 2(1 - r) s_S s_A = var(e) - (s_S - s_A)^2, which neither needs r nor cancels digits
    covariation = float(np.var(s - a)) - variation
    return bias / mse, variation / mse, covariation / mse


def theil_u1(actual: ArrayLike, simulated: ArrayLike) -> float:
    """RMSE over the sum of the two root mean squares, in [0, 1]; NaN when both are zero."""
    a, s = _pairs(actual, simulated)
    scale = float(np.sqrt(np.mean(a**2)) + np.sqrt(np.mean(s**2)))
    return _ratio(rmse(a, s), scale)


def theil_u2(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Error relative to that of the no-change forecast, from the second pair on.

    Returns
    -------
    float
        Root of sum e_t^2 / sum (A_t - A_{t-1})^2; 1 is as good as no change. NaN for fewer than
        two pairs or constant actual values. Where pairs were dropped, the change is from the last
        pair that is left.
    """
    a, s = _pairs(actual, simulated)
    error, change = (s - a)[1:], np.diff(a)
    return float(np.sqrt(_ratio(float(np.sum(error**2)), float(np.sum(change**2)))))


def barlas_e1(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Relative error of the mean, |S̄ - Ā|/|Ā| in per cent; NaN when the actual mean is zero."""
    a, s = _pairs(actual, simulated)
    return 100 * _ratio(abs(float(s.mean() - a.mean())), abs(float(a.mean())))


def barlas_e2(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Relative error of the standard deviation, per cent; NaN for constant actual values."""
    a, s = _pairs(actual, simulated)
    return 100 * _ratio(abs(float(s.std() - a.std())), float(a.std()))


def barlas_u(actual: ArrayLike, simulated: ArrayLike) -> float:
    """Discrepancy coefficient of the deviations from the means, in [0, 1].

    Returns
    -------
    float
        sqrt(sum((S - S̄) - (A - Ā))^2) / (sqrt(sum(A - Ā)^2) + sqrt(sum(S - S̄)^2)); NaN when
        both series are constant.
    """
    a, s = _pairs(actual, simulated)
    a, s = a - a.mean(), s - s.mean()
    scale = float(np.sqrt(np.sum(a**2)) + np.sqrt(np.sum(s**2)))
    return _ratio(float(np.sqrt(np.sum((s - a) ** 2))), scale)


def skill(actual: ArrayLike, simulated: ArrayLike, naive: ArrayLike) -> float:
    """1 - MSE/MSE of a naive forecast.

    Parameters
    ----------
    actual, simulated, naive : array_like, shape (n,)
        The same years of each; years with a NaN in any are dropped.

    Returns
    -------
    float
        1 is perfect, 0 as good as the naive forecast, below 0 worse; NaN when the naive forecast
        is perfect.
    """
    a, s, f = (np.asarray(x, dtype=np.float64) for x in (actual, simulated, naive))
    if not a.shape == s.shape == f.shape:
        raise SeriesError(
            f"actual {a.shape}, simulated {s.shape} and naive {f.shape} must have one shape; align them by year first"
        )
    known = ~(np.isnan(a) | np.isnan(s) | np.isnan(f))
    return 1 - _ratio(rmse(a[known], s[known]), rmse(a[known], f[known])) ** 2


def crps(draws: ArrayLike, actual: float) -> float:
    """Continuous ranked probability score of a sample.

    Parameters
    ----------
    draws : array_like, shape (n,)
        Of the forecast; NaN are dropped.
    actual : float
        What came.

    Returns
    -------
    float
        mean|X - y| - mean|X - X'|/2 over different draws, in the unit of the series; the absolute error for draws that
        are all the same. NaN without a draw.

    References
    ----------
    Gneiting & Raftery, J. Am. Stat. Assoc. 102, 2007; the second mean without bias as in Ferro, Q. J. R. Meteorol.
    Soc. 140, 2014.
    """
    x = np.sort(np.asarray(draws, dtype=np.float64))
    x = x[~np.isnan(x)]
    if x.size == 0:
        return _NAN
    error = float(np.mean(np.abs(x - actual)))
    if x.size < _TWO:
        return error
    # the mean of |X - X'| over pairs of a sorted sample needs each draw once
    weights = 2 * np.arange(x.size) - x.size + 1
    return error - float(weights @ x) / (x.size * (x.size - 1))


def fit_statistics(actual: ArrayLike, simulated: ArrayLike) -> FitStatistics:
    """Compute every statistic of one series.

    Parameters
    ----------
    actual, simulated : array_like, shape (n,)
        The same years of each, in order of time.

    Raises
    ------
    SeriesError
        When the lengths differ or no pair is complete.
    """
    a, s = _pairs(actual, simulated)
    um, us, uc = theil_decomposition(a, s)
    return FitStatistics(
        n=int(a.size),
        mae=mae(a, s),
        mape=mape(a, s),
        wape=wape(a, s),
        rmse=rmse(a, s),
        rmspe=rmspe(a, s),
        r2_correlation=r2_correlation(a, s),
        r2_explained=r2_explained(a, s),
        theil_um=um,
        theil_us=us,
        theil_uc=uc,
        theil_u1=theil_u1(a, s),
        theil_u2=theil_u2(a, s),
        barlas_e1=barlas_e1(a, s),
        barlas_e2=barlas_e2(a, s),
        barlas_u=barlas_u(a, s),
    )
