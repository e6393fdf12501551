"""Whether residuals still remember those before them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LAGS = 2
_FEWEST = LAGS + 3
_NO_SPREAD = 1e-9
"""Largest distance of residuals from their mean, in units of the stated error, that is rounding."""


@dataclass(frozen=True, slots=True)
class Whiteness:
    """Autocorrelation left in a series of residuals.

    Attributes
    ----------
    lag_one
        Autocorrelation from one cell to the next; NaN with too few cells or no spread.
    p_value
        Of the test of Ljung and Box over two lags: small values speak against independence. Ten cells give it little
        power. NaN where it is not defined.
    """

    lag_one: float
    p_value: float


def whiteness(residuals: NDArray[np.float64]) -> Whiteness:
    """Test residuals (n,) in order of time for autocorrelation.

    References
    ----------
    Ljung & Box, Biometrika 65, 1978; statsmodels computes it.
    """
    from statsmodels.stats.diagnostic import acorr_ljungbox  # noqa: PLC0415 - slow to import, needed here alone

    x = residuals - residuals.mean() if residuals.size else residuals
    if residuals.size < _FEWEST or np.max(np.abs(x)) <= _NO_SPREAD:
        return Whiteness(float("nan"), float("nan"))
    test = acorr_ljungbox(residuals, lags=[LAGS])
    return Whiteness(float(x[1:] @ x[:-1] / (x @ x)), float(test["lb_pvalue"].iloc[0]))
