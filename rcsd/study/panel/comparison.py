"""What shrinkage changes: errors of the same cities under two sets of priors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.baselines import BASELINES
from rcsd.study.panel.scores import SeriesScore


@dataclass(frozen=True, slots=True)
class Comparison:
    """One series with one knowledge of the drivers, over the cities that were fitted both times.

    Attributes
    ----------
    series, drivers
        Which.
    n
        Cities.
    median, mean
        Of the cities' errors in per cent, before and after.
    better
        Share of the cities whose error is lower after.
    beaten
        By benchmark forecast: the share of the cities where the model beats it, before and after.
    coverage
        Share of cells inside the 90 % interval, before and after.
    """

    series: str
    drivers: str
    n: int
    median: tuple[float, float]
    mean: tuple[float, float]
    better: float
    beaten: Mapping[str, tuple[float, float]]
    coverage: tuple[float, float]


def compare(before: Sequence[SeriesScore], after: Sequence[SeriesScore]) -> tuple[Comparison, ...]:
    """Set two sets of scores side by side, city by city."""
    second = {(score.city.city, score.series, score.drivers): score for score in after}
    groups: dict[tuple[str, str], list[tuple[SeriesScore, SeriesScore]]] = {}
    for score in before:
        other = second.get((score.city.city, score.series, score.drivers))
        if other is not None:
            groups.setdefault((score.series, score.drivers), []).append((score, other))
    return tuple(_compared(series, drivers, pairs) for (series, drivers), pairs in groups.items())


def _compared(series: str, drivers: str, pairs: Sequence[tuple[SeriesScore, SeriesScore]]) -> Comparison:
    sides = [[pair[k] for pair in pairs] for k in (0, 1)]
    mapes = np.array([[score.mape for score in side] for side in sides])
    medians, means = np.median(mapes, axis=1), np.mean(mapes, axis=1)

    def won(rule: str, side: Sequence[SeriesScore]) -> float:
        return float(np.mean([score.beats(rule) for score in side]))

    def covered(side: Sequence[SeriesScore]) -> float:
        return sum(score.covered for score in side) / sum(score.n for score in side)

    return Comparison(
        series=series,
        drivers=drivers,
        n=len(pairs),
        median=(float(medians[0]), float(medians[1])),
        mean=(float(means[0]), float(means[1])),
        better=float(np.mean(mapes[1] < mapes[0])),
        beaten={rule: (won(rule, sides[0]), won(rule, sides[1])) for rule in BASELINES},
        coverage=(covered(sides[0]), covered(sides[1])),
    )
