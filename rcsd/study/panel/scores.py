"""Errors of the held-out years: by city, and by class of cities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.baselines import BASELINES
from rcsd.analysis.backtest.rolling import Forecast
from rcsd.analysis.backtest.scoring import LEVEL
from rcsd.study.panel.cities import City, ordered_classes

ALL = "all"
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class SeriesScore:
    """One series of one city in the held-out years.

    Attributes
    ----------
    city, series, drivers
        Which.
    n
        Years scored.
    mape
        Mean absolute percentage error of the forecast's median.
    mape_simulated
        The same of the fitted run alone.
    covered
        Years inside the 90 % interval.
    baselines
        The same error of every benchmark forecast; NaN where one is not defined.
    """

    city: City
    series: str
    drivers: str
    n: int
    mape: float
    mape_simulated: float
    covered: int
    baselines: Mapping[str, float]

    def beats(self, baseline: str) -> bool:
        """Say whether the error is lower than a benchmark forecast's by more than what tells nothing apart."""
        return self.mape < self.baselines[baseline] - LEVEL

    def ratio(self, baseline: str) -> float:
        """Error over that of a benchmark forecast: below 1 is better."""
        other = self.baselines[baseline]
        return self.mape / other if other > 0 else _NAN

    @property
    def best(self) -> str:
        """Name the benchmark forecast with the lowest error."""
        return min(self.baselines, key=lambda name: np.nan_to_num(self.baselines[name], nan=np.inf))


@dataclass(frozen=True, slots=True)
class ClassScore:
    """One series over the cities of a class, or over all.

    Attributes
    ----------
    kind, series, drivers
        Which.
    n
        Cities.
    median, median_simulated
        Of the cities' errors in per cent: of the forecast, and of the fitted run alone.
    baselines
        Median error of each benchmark forecast.
    beaten
        Share of the cities where the model beats it.
    beaten_best
        Share where it beats the best of them, known only afterwards.
    coverage
        Share of all cells inside the 90 % interval.
    """

    kind: str
    series: str
    drivers: str
    n: int
    median: float
    median_simulated: float
    baselines: Mapping[str, float]
    beaten: Mapping[str, float]
    beaten_best: float
    coverage: float


def score_series(city: City, forecasts: Iterable[Forecast]) -> tuple[SeriesScore, ...]:
    """Score a city's forecasts by series and by what is known of the drivers."""
    groups: dict[tuple[str, str], list[Forecast]] = {}
    for forecast in forecasts:
        groups.setdefault((forecast.series, forecast.drivers), []).append(forecast)

    def mape(values: Iterable[float], members: Sequence[Forecast]) -> float:
        observed = [each.observed for each in members]
        return float(100 * np.mean([abs(v / o - 1) for v, o in zip(values, observed, strict=True)]))

    return tuple(
        SeriesScore(
            city=city,
            series=series,
            drivers=drivers,
            n=len(members),
            mape=mape((each.median for each in members), members),
            mape_simulated=mape((each.simulated for each in members), members),
            covered=sum(each.covered for each in members),
            baselines={name: mape((each.baselines[name] for each in members), members) for name in BASELINES},
        )
        for (series, drivers), members in groups.items()
    )


def score_classes(scores: Sequence[SeriesScore]) -> tuple[ClassScore, ...]:
    """Sum scores up by class in the order of a city's life, then over all cities."""
    kinds = ordered_classes(score.city.kind for score in scores)
    groups = dict.fromkeys((score.series, score.drivers) for score in scores)
    found = []
    for series, drivers in groups:
        whole = [score for score in scores if (score.series, score.drivers) == (series, drivers)]
        for kind in (*kinds, ALL):
            members = [score for score in whole if kind in (ALL, score.city.kind)]
            if members:
                found.append(_sum_up(kind, series, drivers, members))
    return tuple(found)


def _sum_up(kind: str, series: str, drivers: str, members: Sequence[SeriesScore]) -> ClassScore:
    return ClassScore(
        kind=kind,
        series=series,
        drivers=drivers,
        n=len(members),
        median=float(np.median([each.mape for each in members])),
        median_simulated=float(np.median([each.mape_simulated for each in members])),
        baselines={name: float(np.median([each.baselines[name] for each in members])) for name in BASELINES},
        beaten={name: float(np.mean([each.beats(name) for each in members])) for name in BASELINES},
        beaten_best=float(np.mean([each.beats(each.best) for each in members])),
        coverage=sum(each.covered for each in members) / sum(each.n for each in members),
    )
