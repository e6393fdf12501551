"""The growth of a nation, forecast: what a city's growth leans on when nobody knows the years to come.

Growth is a difference of logarithms (1/year). Three paths after the last known year T, h = 1, 2, ... years ahead:

- *damped trend*: g_h = g_{h-1} + s 0.8^h from g_0 = x_T, with s = (x_T - x_{T-3})/3, the mean yearly change of growth
  over three years (Gardner & McKenzie, Management Science 31, 1985, with the damping held instead of estimated);
- *constant increments*: each year adds what the last one added, so that growth falls as the level rises:
  ln(1 + a h) - ln(1 + a (h-1)) with a = 1 - exp(-x_T), the last increment over the last level;
- *mix*: the mean of the two (equal weights: Clemen, Int. J. Forecast. 5, 1989).

Mean absolute error of cumulative growth, origins 2005 to 2013, in percentage points: over one to six years ahead 2.9
for the mix, 4.9 damped trend, 4.2 constant increments, 5.7 frozen growth; at six years alone 4.7, 10.1, 7.5 and 12.5.
The damping of 0.8, the span of three years and the error of `DRIVER_SD` come from a trial on these same years: that is
hindsight, and nine overlapping origins are few.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import SeriesError

Vector = NDArray[np.float64]

DAMPING = 0.8
"""What is left of a change of growth a year later, Dmnl; assumed."""

TREND_SPAN = 3
"""Years over which the trend of growth is taken."""

DRIVER_SD = 0.010
"""Standard deviation of the yearly change of the error of forecast growth, 1/year; assumed.

Cumulative growth of the mix then errs with sd 1.0, 2.2, 3.7, 5.5, 7.4 and 9.5 points one to six years ahead; from 2005
to 2013 its root mean square error was 1.0, 2.1, 2.8, 3.6, 4.5 and 5.3: right at first, too wide later.
"""


def last_known(growth: Mapping[int, float], years_back: int = 0) -> int:
    """Return the last year of a driver whose growth of `years_back` years before is known too.

    Raises
    ------
    SeriesError
        When either is missing.
    """
    if not growth:
        raise SeriesError("no growth of the driver up to the origin; give its history, or leave out what needs it")
    final = max(growth)
    if final - years_back not in growth:
        raise SeriesError(
            f"growth of the driver in {final - years_back} is needed to forecast from {final}; "
            "give more years of it, or choose a later origin"
        )
    return final


def frozen(growth: Mapping[int, float], n_years: int) -> Vector:
    """Growth stays as it was, shape (n_years,)."""
    return np.full(n_years, growth[last_known(growth)])


def damped(growth: Mapping[int, float], n_years: int) -> Vector:
    """Follow the trend of growth, which fades, shape (n_years,)."""
    final = last_known(growth, TREND_SPAN)
    slope = (growth[final] - growth[final - TREND_SPAN]) / TREND_SPAN
    return growth[final] + slope * np.cumsum(DAMPING ** np.arange(1, n_years + 1))


def increments(growth: Mapping[int, float], n_years: int) -> Vector:
    """Add the same absolute amount each year, shape (n_years,).

    Raises
    ------
    SeriesError
        When the last increment was so negative that its repetition uses the level up.
    """
    share = -np.expm1(-growth[last_known(growth)])
    levels = 1 + share * np.arange(n_years + 1)
    if np.any(levels <= 0):
        raise SeriesError(
            f"constant increments of {share:.3g} of the level use it up within {n_years} years; forecast fewer years"
        )
    return np.asarray(np.diff(np.log(levels)))


def mix(growth: Mapping[int, float], n_years: int) -> Vector:
    """Mean of the damped trend and of constant increments, shape (n_years,).

    Parameters
    ----------
    growth
        By year up to the origin; the last year and the one three years before are used.
    n_years
        How many years to forecast after the last known one.

    Examples
    --------
    >>> mix({2007: 0.10, 2010: 0.10}, 2).round(4).tolist()
    [0.0955, 0.0917]
    """
    return np.asarray((damped(growth, n_years) + increments(growth, n_years)) / 2)


def draw_paths(path: Vector, n_draws: int, *, sd: float = DRIVER_SD, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw what growth may be about a forecast path: its error is a random walk.

    Parameters
    ----------
    path
        Forecast growth, shape (n_years,).
    n_draws
        How many courses.
    sd
        Standard deviation of the yearly change of the error, in the unit of `path`; the error of the h-th year has
        sd sqrt(h).
    rng
        Source of randomness.

    Returns
    -------
    NDArray, shape (n_draws, n_years)
    """
    return np.asarray(path + sd * np.cumsum(rng.standard_normal((n_draws, path.size)), axis=1))
