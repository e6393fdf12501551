"""Benchmark rules over the cells of a panel, with bands from their own errors at earlier origins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import RULES, forecast_rules
from rcsd.analysis.forecasting.bands import error_sample, spread_of_changes
from rcsd.analysis.forecasting.levels import LEVELS, N_LEVELS
from rcsd.bands import quantiles
from rcsd.study.panel.origins.ahead import packed, unpacked
from rcsd.study.panel.scoring.cells import SeriesCells

Array = NDArray[np.float64]
Single = NDArray[np.float32]

YEARS_BEFORE = 3
"""Years of a series before the first origin from which rules forecast, so that the first that is scored has bands."""


def warm_origins(first: int, origins: Sequence[int]) -> tuple[int, ...]:
    """Origins from which rules forecast: every year from some years after the first cell to the last origin."""
    return tuple(range(min(first + YEARS_BEFORE, origins[0]), origins[-1] + 1))


@dataclass(frozen=True, slots=True)
class RuleMedians:
    """What every rule forecasts of one series from one origin.

    Attributes
    ----------
    rules, cities
        Names, in the order of the array.
    horizon
        Years ahead.
    medians
        Packed, shape (n_rules, n_cities, horizon).
    """

    rules: tuple[str, ...]
    cities: tuple[str, ...]
    horizon: int
    medians: str

    def of(self, rule: str) -> Array:
        """Medians of one rule, shape (n_cities, horizon)."""
        shape = (len(self.rules), len(self.cities), self.horizon)
        return np.asarray(unpacked(self.medians, shape)[self.rules.index(rule)], dtype=np.float64)


def rule_medians(all_cells: Mapping[str, SeriesCells], item: tuple[str, int]) -> RuleMedians:
    """Forecast one series of every city from one origin by every rule that it can have.

    Parameters
    ----------
    all_cells
        By series, over origins among which the wanted one is.
    item
        Series and origin.
    """
    cells, origin = all_cells[item[0]], item[1]
    cities, horizon = cells.cities, cells.observed.shape[2]
    names, years = chosen_rules(cells), origin + np.arange(1.0, horizon + 1)
    forecasts = forecast_rules(cells.histories[origin], origin, years, rules=names)
    nothing = np.full(horizon, np.nan)
    found = np.array([[forecasts[rule].get(city, nothing) for city in cities] for rule in names])
    return RuleMedians(names, cities, horizon, packed(np.where(found > 0, found, np.nan)))


def rule_quantiles(cells: SeriesCells, medians: Mapping[int, RuleMedians], origins: Sequence[int]) -> dict[str, Single]:
    """Give every rule its bands.

    Parameters
    ----------
    cells
        Over `warm_origins`.
    medians
        By origin of the cells.
    origins
        From which forecasts are wanted, among those of the cells.

    Returns
    -------
    dict
        By rule, quantiles of shape (n_cities, n_origins, horizon, n_levels); NaN where a rule is not defined. A rule
        that is defined nowhere is left out.
    """
    changes = {origin: spread_of_changes(cells.histories[origin], origin) for origin in origins}
    found: dict[str, Single] = {}
    for rule in chosen_rules(cells):
        each = np.stack([medians[origin].of(rule) for origin in cells.origins], axis=1)
        if np.isfinite(each).any():
            found[rule] = _with_bands(each, cells, origins, changes)
    return found


def _with_bands(medians: Array, cells: SeriesCells, origins: Sequence[int], changes: Mapping[int, Array]) -> Single:
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
            found[:, row, h - 1] = medians[:, at, h - 1, np.newaxis] * np.exp(quantiles(sample, tuple(LEVELS.tolist())))
    return found


def chosen_rules(cells: SeriesCells) -> tuple[str, ...]:
    """Names of the rules that a series can have: those that lean on the nation's growth need it."""
    referred = has_reference(cells)
    return tuple(rule.name for rule in RULES.values() if referred or not rule.reference_years)


def has_reference(cells: SeriesCells) -> bool:
    """Whether the growth of what a series is a part of is known."""
    return any(history.reference for each in cells.histories.values() for history in each.values())
