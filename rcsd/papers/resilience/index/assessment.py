"""The assessment: indicators, weights, scores of systems and index of every city and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from rcsd.errors import IndicatorError, ParameterError
from rcsd.papers.resilience.index.normalisation import NORMALISATIONS, Bounds
from rcsd.papers.resilience.index.scoring import index_of, system_scores
from rcsd.papers.resilience.index.weighting import (
    GROUPS,
    Group,
    Weights,
    equal_weights,
    information,
    places_of,
    two_levels,
)
from rcsd.papers.resilience.index.weights import shares_of
from rcsd.papers.resilience.inputs.indicators import Indicator, IndicatorSet
from rcsd.papers.resilience.inputs.series_table import SeriesTable

Floats = NDArray[np.float64]
WEIGHINGS = ("entropy", "equal")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How an index is made.

    Attributes
    ----------
    normalisation
        "min-max", "z-score", "rank" or "vector". Entropies are always those of the min-max table, as in the paper.
    weights
        "entropy" or "equal".
    group
        Whose table entropies are taken over.
    systems
        Weights of systems: "sum" of their indicators' weights, or "scores": eqs (4)-(7) once more, over the scores of
        the systems in place of indicators.
    share_missing
        See `two_levels`.
    """

    normalisation: str = "min-max"
    weights: str = "entropy"
    group: Group = "pool"
    systems: Literal["sum", "scores"] = "sum"
    share_missing: bool = True

    def __post_init__(self) -> None:
        """Refuse what there is not."""
        for name, value, known in (
            ("normalisation", self.normalisation, tuple(NORMALISATIONS)),
            ("weights", self.weights, WEIGHINGS),
            ("group", self.group, GROUPS),
            ("systems", self.systems, ("sum", "scores")),
        ):
            if value not in known:
                raise ParameterError(f"{name} {value!r} is none of {', '.join(known)}", field=name)


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What came out.

    Attributes
    ----------
    indicators, scheme
        What was assessed, and how.
    cities
        In the order of the file.
    years
        Shape (n_years,).
    values
        Indicators in their units, shape (n_cities, n_years, n_indicators); NaN where missing.
    bounds
        By indicator: the values that became 0 and 1.
    normalised
        On one scale, more is better; shape of `values`.
    weights
        On two levels.
    scores
        Of the systems, shape (n_cities, n_years, n_systems).
    index
        Shape (n_cities, n_years).
    """

    indicators: IndicatorSet
    scheme: Scheme
    cities: tuple[str, ...]
    years: NDArray[np.int64]
    values: Floats
    bounds: tuple[Bounds, ...]
    normalised: Floats
    weights: Weights
    scores: Floats
    index: Floats

    @property
    def places(self) -> NDArray[np.int64]:
        """Place of the system of each indicator, shape (n_indicators,)."""
        return places_of(self.indicators)

    @property
    def constant(self) -> tuple[Indicator, ...]:
        """Indicators that have no two different values: they order nothing, and entropy gives them no weight."""
        return tuple(each for each, b in zip(self.indicators.present, self.bounds, strict=True) if b.constant)

    @property
    def mean_weights(self) -> Weights:
        """Weights averaged over cities and years, of shape (1, 1, n): those of the pool where they are alike."""
        w = self.weights
        return Weights(w.within.mean(axis=(0, 1), keepdims=True), w.systems.mean(axis=(0, 1), keepdims=True))

    @property
    def ranks(self) -> Floats:
        """Place of each city in each year, 1 the most resilient, shape (n_cities, n_years); NaN without an index."""
        return ranked(self.index)

    @property
    def mean_index(self) -> Floats:
        """Mean of the years that have an index, shape (n_cities,)."""
        return mean_over(self.index)

    @property
    def order(self) -> tuple[str, ...]:
        """Cities from the highest mean index to the lowest."""
        return tuple(self.cities[i] for i in np.argsort(-self.mean_index, kind="stable"))


def assess(
    indicators: IndicatorSet, table: SeriesTable, scheme: Scheme | None = None, *, without: frozenset[str] = frozenset()
) -> Assessment:
    """Make the index of every city and year.

    Parameters
    ----------
    indicators, table
        Read by `load_indicators`.
    scheme
        How; as the paper does when None.
    without
        Codes of indicators left out, as if they could not be had; they count as one that a system lists.

    Raises
    ------
    IndicatorError
        When an indicator has no value at all, or no weights can be had.
    """
    scheme = scheme or Scheme()
    values = indicator_values(indicators, table)
    _require_values(indicators, values)
    present = indicators.present
    flat = values.reshape(-1, len(present))
    bounds = tuple(Bounds.of(column, each.direction) for column, each in zip(flat.T, present, strict=True))
    scale = NORMALISATIONS[scheme.normalisation]
    columns = [scale(column, each.direction) for column, each in zip(flat.T, present, strict=True)]
    normalised = np.column_stack(columns).reshape(values.shape)
    kept = np.array([each.code not in without for each in present])
    weights = _weights(indicators, values, normalised, scheme, kept)
    places, n_systems = places_of(indicators), len(indicators.systems)
    scores = system_scores(normalised, weights.within, places, n_systems)
    years = np.arange(indicators.first, indicators.last + 1)
    index = index_of(scores, weights.systems)
    return Assessment(indicators, scheme, table.cities, years, values, bounds, normalised, weights, scores, index)


def indicator_values(indicators: IndicatorSet, table: SeriesTable) -> Floats:
    """Work out every indicator that can be had, shape (n_cities, n_years, n_indicators), over the years assessed."""
    inside = (table.years >= indicators.first) & (table.years <= indicators.last)
    formulas = [each.formula for each in indicators.present if each.formula is not None]
    return np.stack([formula.evaluate(table.values)[:, inside] for formula in formulas], axis=-1)


def _require_values(indicators: IndicatorSet, values: Floats) -> None:
    empty = [each.code for each, cells in zip(indicators.present, values.T, strict=True) if np.isnan(cells).all()]
    if empty:
        raise IndicatorError(
            f"{', '.join(empty)} has no value in any city from {indicators.first} to {indicators.last}: correct the "
            'formula or the data, or say missing = "why" in its place',
            path=indicators.path,
        )


def _weights(
    indicators: IndicatorSet, values: Floats, normalised: Floats, scheme: Scheme, kept: NDArray[np.bool_]
) -> Weights:
    """Weigh indicators and systems."""
    shape = (values.shape[0], values.shape[1])
    if scheme.weights == "equal":
        found = two_levels(equal_weights(shape, indicators).within, indicators, kept)
        alive = np.array([kept[list(indicators.members(system.code))].any() for system in indicators.systems])
        return Weights(found.within, np.broadcast_to(alive / alive.sum(), (*shape, alive.size)).copy())
    better = np.array([1.0 if each.direction == "higher" else -1.0 for each in indicators.present])
    told = information(values * better, scheme.group)
    found = two_levels(told, indicators, kept, share_missing=scheme.share_missing)
    if scheme.systems == "sum":
        return found
    scores = system_scores(normalised, found.within, places_of(indicators), len(indicators.systems))
    systems = np.apply_along_axis(shares_of, -1, information(scores, scheme.group))
    return Weights(found.within, systems)


def ranked(index: Floats) -> Floats:
    """Rank along the first axis, 1 the highest; ties share their mean place; NaN stays NaN."""
    found: Floats = rankdata(-index, axis=0, nan_policy="omit")
    return found


def mean_over(index: Floats) -> Floats:
    """Mean along the last axis of what is there; NaN where nothing is."""
    there = ~np.isnan(index)
    n = there.sum(axis=-1)
    total = np.where(there, index, 0.0).sum(axis=-1)
    return np.where(n > 0, total / np.maximum(n, 1), np.nan)
