"""Residuals in units of a standard error."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def scaled_residuals(
    observed: NDArray[np.float64], simulated: NDArray[np.float64], *, error: float, relative: bool
) -> NDArray[np.float64]:
    """Unweighted residuals in units of a standard error; NaN where there is none.

    Examples
    --------
    >>> scaled_residuals(np.array([100.0]), np.array([110.0]), error=5.0, relative=False)
    array([2.])
    """
    if not relative:
        return np.asarray((simulated - observed) / error)
    ratio = simulated / np.where(observed > 0, observed, np.nan)
    usable = np.isfinite(ratio) & (ratio > 0)
    return np.where(usable, np.log(np.where(usable, ratio, 1.0)), np.nan) / error
