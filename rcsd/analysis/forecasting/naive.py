"""Rules without anything to estimate: the last value, and straight lines.

Each takes the cells that the caller trusts, years and values in order of time, and the years to forecast. A forecast
that is not defined for the data is NaN throughout.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

MIN_DRIFT_POINTS = 2
"""A line needs two points."""


def last(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast that nothing changes: the last value of the window.

    Examples
    --------
    >>> last(np.array([2009.0, 2010.0]), np.array([4.0, 5.0]), np.array([2011.0, 2012.0]))
    array([5., 5.])
    """
    del years
    return np.full(horizon.shape, values[-1])


def drift(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast the line through the first and last value of the window; NaN with fewer than two values.

    References
    ----------
    Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2.

    Examples
    --------
    >>> drift(np.array([2008.0, 2010.0]), np.array([4.0, 5.0]), np.array([2011.0, 2012.0]))
    array([5.5, 6. ])
    """
    if values.size < MIN_DRIFT_POINTS:
        return np.full(horizon.shape, np.nan)
    slope = (values[-1] - values[0]) / (years[-1] - years[0])
    return np.asarray(values[-1] + slope * (horizon - years[-1]))


def log_drift(years: Vector, values: Vector, horizon: Vector) -> Vector:
    """Forecast constant growth at the window's mean rate; NaN when a value is not positive.

    Examples
    --------
    >>> log_drift(np.array([2008.0, 2010.0]), np.array([1.0, 4.0]), np.array([2011.0, 2012.0]))
    array([ 8., 16.])
    """
    if np.any(values <= 0):
        return np.full(horizon.shape, np.nan)
    return np.asarray(np.exp(drift(years, np.log(values), horizon)))
