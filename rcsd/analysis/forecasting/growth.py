"""Rules that lean on the nation: the two-line rule, and a regression over all cities.

A city's *gap* is its log growth less the nation's. Both rules forecast national growth by
`rcsd.analysis.forecasting.driver.mix` and let the gap fade.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.driver import mix
from rcsd.analysis.forecasting.history import History
from rcsd.errors import SeriesError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

GAP_SPAN = 3
"""Years whose mean gap the two-line rule carries on."""

GAP_DECAY = 0.5
"""What is left of a gap a year later; assumed."""

LEAST_ROWS = 30
"""Of the regression: city-years with a gap and the one before it."""

LEAST_YEARS = 3
"""Different years among them: the nation's growth is the same for all cities of a year."""


def two_line(histories: Sequence[History], years: Vector) -> Matrix:
    """National growth forecast, and the city's own gap to it decaying, medians of shape (n_series, n_years).

    ln y_{T+h} = ln y_T + sum_{k<=h} mix_k + gap sum_{k<=h} 0.5^k, where gap is the mean of the last three gaps known.
    Where a city's last cell lies before the last known year of the nation, known growth stands in for the forecast;
    years without a cell share the growth between their neighbours evenly. NaN with fewer than three gaps.
    """
    return np.stack([_two_lines(history, years) for history in histories])


def _two_lines(history: History, years: Vector) -> Vector:
    """Forecast one city."""
    gaps = gaps_of(history)
    if len(gaps) < GAP_SPAN:
        return np.full(years.shape, np.nan)
    gap = float(np.mean([gaps[year] for year in sorted(gaps)[-GAP_SPAN:]]))
    national = national_growth(history, int(years[-1]))
    decaying = gap * GAP_DECAY ** np.arange(1, national.size + 1)
    path = np.log(history.values[-1]) + np.cumsum(national + decaying)
    return np.asarray(np.exp(path)[_steps(history, years)])


def panel_regression(histories: Sequence[History], years: Vector) -> Matrix:
    """Forecast by a regression of gaps on gaps, pooled over all cities, medians of shape (n_series, n_years).

    gap_{i,t} = c + rho gap_{i,t-1} + kappa x_{t-1} + e, with x the nation's growth, over every city-year up to the
    origin by least squares: no city has a constant of its own, so the coefficient of the lag is not biased as it is
    with fixed effects (Nickell, Econometrica 49, 1981). The fit is iterated forward. NaN with fewer than `LEAST_ROWS`
    rows or `LEAST_YEARS` years.

    References
    ----------
    Baltagi, Econometric Analysis of Panel Data, 6th ed., 2021, chs 2 and 8.
    """
    all_gaps = [gaps_of(history) for history in histories]
    rows = [
        (year, gap, gaps[year - 1], history.reference[year - 1])
        for history, gaps in zip(histories, all_gaps, strict=True)
        for year, gap in gaps.items()
        if year - 1 in gaps
    ]
    if len(rows) < LEAST_ROWS or len({row[0] for row in rows}) < LEAST_YEARS:
        return np.full((len(histories), years.size), np.nan)
    table = np.array(rows)
    design = np.column_stack([np.ones(len(rows)), table[:, 2:]])
    coefficients = np.linalg.lstsq(design, table[:, 1], rcond=None)[0]
    return np.stack(
        [_iterated(history, gaps, coefficients, years) for history, gaps in zip(histories, all_gaps, strict=True)]
    )


def _iterated(history: History, gaps: dict[int, float], coefficients: Vector, years: Vector) -> Vector:
    """Carry one city's last gap forward."""
    if history.last_year not in gaps:
        return np.full(years.shape, np.nan)
    national = national_growth(history, int(years[-1]))
    gap, before = gaps[history.last_year], history.reference[history.last_year]
    growth = []
    for ahead in national:
        gap = float(coefficients @ np.array([1.0, gap, before]))
        growth.append(ahead + gap)
        before = ahead
    path = np.log(history.values[-1]) + np.cumsum(growth)
    return np.asarray(np.exp(path)[_steps(history, years)])


def gaps_of(history: History) -> dict[int, float]:
    """Return log growth less the reference's by year, where both are known."""
    first = round(float(history.years[0])) + 1
    own = np.diff(history.filled(logs=True))
    return {
        year: float(growth) - history.reference[year]
        for year, growth in enumerate(own, start=first)
        if year in history.reference
    }


def national_growth(history: History, last: int) -> Vector:
    """Return the reference's growth from the year after a series' last cell to `last`: known first, then the mix.

    NaN from the first year whose growth is missing; throughout where the mix does not exist (a fall so steep that its
    repetition uses the level up).
    """
    final = max(history.reference)
    first = history.last_year + 1
    known = [history.reference.get(year, np.nan) for year in range(first, min(final, last) + 1)]
    try:
        ahead = mix(history.reference, max(last - final, 0))
    except SeriesError:
        return np.full(last - history.last_year, np.nan)
    return np.concatenate([known, ahead[max(first - final - 1, 0) :]])


def _steps(history: History, years: Vector) -> NDArray[np.intp]:
    """Places of the years to forecast on a path that begins the year after the last cell."""
    return np.asarray(np.round(years - history.years[-1]).astype(np.intp) - 1)
