"""Benchmark rules over the cells of a panel, with bands from their own errors at earlier origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import RULES, forecast_rules
from rcsd.analysis.forecasting.bands import error_sample, spread_of_changes
from rcsd.analysis.forecasting.levels import LEVELS, N_LEVELS
from rcsd.study.panel.cities import City
from rcsd.study.panel.scoring.cells import SeriesCells

Array = NDArray[np.float64]
Single = NDArray[np.float32]

YEARS_BEFORE = 3
"""Years of a series before the first origin from which rules forecast, so that the first that is scored has bands."""


def warm_origins(first: int, origins: Sequence[int]) -> tuple[int, ...]:
    """Origins from which rules forecast: every year from some years after the first cell to the last origin."""
    return tuple(range(min(first + YEARS_BEFORE, origins[0]), origins[-1] + 1))


def rule_quantiles(cells: SeriesCells, cities: Sequence[City], origins: Sequence[int]) -> dict[str, Single]:
    """Forecast a series of every city by every rule.

    Parameters
    ----------
    cells
        Over `warm_origins`.
    cities
        In the order of the cells.
    origins
        From which forecasts are wanted, among those of the cells.

    Returns
    -------
    dict
        By rule, quantiles of shape (n_cities, n_origins, horizon, n_levels); NaN where a rule is not defined. A rule that is
        defined nowhere is left out.
    """
    horizon = cells.observed.shape[2]
    ahead = np.arange(1.0, horizon + 1)
    rolled = {
        origin: forecast_rules(cells.histories[origin], origin, origin + ahead, rules=chosen_rules(cells))
        for origin in cells.origins
    }
    changes = {origin: spread_of_changes(cells.histories[origin], origin) for origin in origins}
    found: dict[str, Single] = {}
    for rule in chosen_rules(cells):
        medians = _dense([rolled[origin][rule] for origin in cells.origins], cities, horizon)
        if np.isfinite(medians).any():
            found[rule] = _with_bands(medians, cells, origins, changes)
    return found


def _dense(by_origin: Sequence[Mapping[str, Array]], cities: Sequence[City], horizon: int) -> Array:
    found = np.full((len(cities), len(by_origin), horizon), np.nan)
    for row, medians in enumerate(by_origin):
        for place, city in enumerate(cities):
            if city.city in medians:
                found[place, row] = medians[city.city]
    return np.where(found > 0, found, np.nan)


def _with_bands(
    medians: Array, cells: SeriesCells, origins: Sequence[int], changes: Mapping[int, Array]
) -> Single:
    """Spread medians by the errors that are known at each origin, pooled over the cities by horizon."""
    starts = np.array(cells.origins)
    errors = np.log(cells.observed) - np.log(medians)
    n_cities, _, horizon = medians.shape
    found = np.full((n_cities, len(origins), horizon, N_LEVELS), np.nan, dtype=np.float32)
    for row, origin in enumerate(origins):
        known = {}
        for h in range(1, horizon + 1):
            sample = errors[:, starts + h <= origin, h - 1]
            known[h] = sample[np.isfinite(sample)]
        at = cells.origins.index(origin)
        for h in range(1, horizon + 1):
            sample = error_sample(known, h, changes[origin]).errors
            found[:, row, h - 1] = medians[:, at, h - 1, np.newaxis] * np.exp(np.quantile(sample, LEVELS))
    return found


def chosen_rules(cells: SeriesCells) -> tuple[str, ...]:
    """Names of the rules that a series can have: those that lean on the nation's growth need it."""
    referred = has_reference(cells)
    return tuple(rule.name for rule in RULES.values() if referred or not rule.reference_years)


def has_reference(cells: SeriesCells) -> bool:
    """Whether the growth of what a series is a part of is known."""
    return any(history.reference for each in cells.histories.values() for history in each.values())
