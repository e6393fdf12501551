"""How much of a ranking depends on how the index was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from rcsd.papers.resilience.index.assessment import Assessment, Scheme, assess
from rcsd.papers.resilience.index.normalisation import NORMALISATIONS
from rcsd.papers.resilience.index.weighting import GROUPS
from rcsd.papers.resilience.inputs.series_table import SeriesTable

Floats = NDArray[np.float64]
Kind = Literal["normalisation", "weights", "left out"]

_WEIGHT_LABELS = {
    "pool": "entropy of all city-years",
    "year": "entropy of each year's cities",
    "city": "entropy of each city's years",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """The index made in another way, beside the one that was chosen.

    Attributes
    ----------
    kind, label
        What was changed, and to what.
    tau
        Kendall's tau-b between the two orders of all city-years; NaN where either has one value only.
    kept
        Share of the cities' yearly ranks that stay.
    years_kept
        Share of the years in which the cities keep their order.
    order
        Cities from the highest mean index to the lowest.
    order_kept
        Whether that order is the chosen one's.
    """

    kind: Kind
    label: str
    tau: float
    kept: float
    years_kept: float
    order: tuple[str, ...]
    order_kept: bool


def robustness(base: Assessment, table: SeriesTable) -> tuple[Variant, ...]:
    """Make the index in every other way, one change at a time.

    Parameters
    ----------
    base
        The chosen assessment.
    table
        What it was made from.

    Returns
    -------
    tuple of Variant
        Other normalisations with the chosen weights; other weights; then each indicator left out.
    """
    return tuple(compared(base, other, kind, label) for kind, label, other in _others(base, table))


def _others(base: Assessment, table: SeriesTable) -> Iterator[tuple[Kind, str, Assessment]]:
    indicators, chosen = base.indicators, base.scheme
    for name in NORMALISATIONS:
        if name != chosen.normalisation:
            yield "normalisation", name, assess(indicators, table, replace(chosen, normalisation=name))
    for label, scheme in _weightings(chosen):
        yield "weights", label, assess(indicators, table, scheme)
    for each in indicators.present if len(indicators.present) > 1 else ():
        yield "left out", f"{each.code} {each.name}", assess(indicators, table, chosen, without=frozenset({each.code}))


def _weightings(chosen: Scheme) -> Iterator[tuple[str, Scheme]]:
    """Other ways to weigh, in words."""
    entropy = replace(chosen, weights="entropy", systems="sum", share_missing=True)
    ways = [(_WEIGHT_LABELS[group], replace(entropy, group=group)) for group in GROUPS]
    pool = replace(entropy, group="pool")
    ways += [
        ("entropy of the systems' scores", replace(pool, systems="scores")),
        ("entropy, missing weight to all", replace(pool, share_missing=False)),
        ("equal", Scheme(normalisation=chosen.normalisation, weights="equal")),
    ]
    yield from ((label, scheme) for label, scheme in ways if scheme != chosen)


def compared(base: Assessment, other: Assessment, kind: Kind, label: str) -> Variant:
    """Hold one way of making the index against another."""
    same = (base.ranks == other.ranks) | (np.isnan(base.ranks) & np.isnan(other.ranks))
    both = ~np.isnan(base.index) & ~np.isnan(other.index)
    tau = float(kendalltau(base.index[both], other.index[both]).statistic) if both.sum() > 1 else np.nan
    order = other.order
    return Variant(kind, label, tau, float(same.mean()), float(same.all(axis=0).mean()), order, order == base.order)
