"""Weights on two levels: of the indicators within a system, and of the systems.

Peng and Ji's eq (7) gives one weight to every indicator, their (8) and (9) want weights of indicators within a system
and weights of systems. The weight of a system is taken to be the sum of those of its indicators, and within it each has
its share of that sum, so that the index is the same sum over indicators on one level or on two. An indicator that
cannot be had is thought to tell apart as much as the mean of its system's others, which get its weight in proportion to
their own: a gap in the data does not take weight from a system.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import IndicatorError
from rcsd.papers.resilience.index.normalisation import min_max
from rcsd.papers.resilience.index.weights import entropies
from rcsd.papers.resilience.inputs.indicators import IndicatorSet

Floats = NDArray[np.float64]
Group = Literal["pool", "year", "city"]
"""Whose table the entropies are taken over: all city-years, the cities of one year, or the years of one city."""

GROUPS: tuple[Group, ...] = ("pool", "year", "city")
_AXES: dict[Group, tuple[int, ...]] = {"pool": (), "year": (1,), "city": (0,)}


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights of every city-year, all alike when taken over the pool.

    Attributes
    ----------
    within
        Of the indicators in their system, shape (n_cities, n_years, n_indicators); sum 1 in each system.
    systems
        Shape (n_cities, n_years, n_systems), sum 1.
    """

    within: Floats
    systems: Floats

    def overall(self, places: NDArray[np.int64]) -> Floats:
        """Weights of the indicators in the index, given the place of each one's system; they sum to 1."""
        return np.asarray(self.within * self.systems[..., places])


def places_of(indicators: IndicatorSet) -> NDArray[np.int64]:
    """Place of the system of every indicator that can be had, shape (n_indicators,)."""
    codes = [system.code for system in indicators.systems]
    return np.array([codes.index(each.system) for each in indicators.present], dtype=np.int64)


def information(cells: Floats, group: Group) -> Floats:
    """How much every indicator tells apart, 1 - e of eq (6), taken over each group's own min-max table.

    Parameters
    ----------
    cells
        Indicators turned so that more is better, shape (n_cities, n_years, n_indicators).
    group
        Whose table.

    Returns
    -------
    NDArray
        Of the shape of `cells`.
    """
    n_cities, n_years, n = cells.shape
    found = np.empty_like(cells)
    for where in _slices(group, n_cities, n_years):
        table = cells[where].reshape(-1, n)
        found[where] = 1 - entropies(np.column_stack([min_max(column) for column in table.T]))
    return found


def _slices(group: Group, n_cities: int, n_years: int) -> list[tuple[slice, slice]]:
    everything = slice(None)
    if group == "pool":
        return [(everything, everything)]
    if group == "year":
        return [(everything, slice(t, t + 1)) for t in range(n_years)]
    return [(slice(c, c + 1), everything) for c in range(n_cities)]


def two_levels(
    told: Floats, indicators: IndicatorSet, kept: NDArray[np.bool_], *, share_missing: bool = True
) -> Weights:
    """Turn what each indicator tells apart into weights on two levels.

    Parameters
    ----------
    told
        Not negative, shape (n_cities, n_years, n_indicators).
    indicators
        Their systems.
    kept
        Those not left out, shape (n_indicators,); the others count as if they could not be had.
    share_missing
        Give the weight of indicators that cannot be had to the others of their system; otherwise it goes to all.

    Raises
    ------
    IndicatorError
        When nothing in a group tells anything apart, so that eq (7) is 0/0.
    """
    places, n_systems = places_of(indicators), len(indicators.systems)
    member = (places[:, None] == np.arange(n_systems)).astype(np.float64)
    told, here = told * kept, np.maximum(kept @ member, 1)
    sums = told @ member
    within = _divided(told, sums[..., places], kept / here[places])
    if share_missing:
        listed = np.array([indicators.listed(system.code) for system in indicators.systems])
        sums = sums * listed / here
    total = sums.sum(axis=-1, keepdims=True)
    if not (total > 0).all():
        raise IndicatorError(
            "no indicator tells the cities and years apart, so that entropy gives no weights: assess more cities or "
            "years, or weigh all alike (--weights equal)",
            path=indicators.path,
        )
    return Weights(within, np.asarray(sums / total))


def _divided(parts: Floats, sums: Floats, otherwise: Floats) -> Floats:
    """Share of a sum, or something else where the sum is zero."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums > 0, parts / sums, otherwise)


def equal_weights(shape: tuple[int, int], indicators: IndicatorSet) -> Weights:
    """Weigh all systems alike, and all indicators within a system, for (n_cities, n_years)."""
    places, n_systems = places_of(indicators), len(indicators.systems)
    within = 1 / np.bincount(places, minlength=n_systems)[places]
    return Weights(
        np.broadcast_to(within, (*shape, within.size)), np.broadcast_to(1 / n_systems, (*shape, n_systems)).copy()
    )
