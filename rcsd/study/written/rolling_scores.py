"""Errors of rolling forecasts in groups: by series, horizon and drivers, in one study and over several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.baselines import ROLLING_BASELINES
from rcsd.analysis.backtest.rolling import Forecast, RollingScore, scores_by
from rcsd.study.graph.result import StudyResult
from rcsd.study.findings.rolling import Rolling

DRIVERS = ("known", "frozen")
"""What is known of the drivers, in the order in which it is shown."""

_Group = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Errors of one series, some years ahead, with drivers known or frozen."""

    series: str
    horizon: int
    drivers: str
    score: RollingScore

    @property
    def beats_all(self) -> bool:
        """Whether the mean absolute error is below that of every trivial forecast that is defined."""
        rivals = [error for error in self.score.baselines.values() if np.isfinite(error)]
        return all(self.score.mase < error for error in rivals)


@dataclass(frozen=True, slots=True)
class CitiesScore:
    """One series, some years ahead, with drivers known or frozen, over several studies.

    Attributes
    ----------
    series, variable, horizon, drivers
        What was forecast; the variable as the first of the studies names it.
    each
        Errors by study, in the order of the studies.
    median
        Of the studies' scaled errors (MASE).
    baselines
        The same of every trivial forecast; NaN where one is not defined in every study.
    pooled
        All forecasts of all studies together.
    """

    series: str
    variable: str
    horizon: int
    drivers: str
    each: tuple[tuple[StudyResult, GroupScore], ...]
    median: float
    baselines: dict[str, float]
    pooled: RollingScore

    @property
    def n_best(self) -> int:
        """In how many studies the model's error is below that of every trivial forecast."""
        return sum(score.beats_all for _, score in self.each)


def group_scores(rolling: Rolling | None, series: Sequence[str]) -> tuple[GroupScore, ...]:
    """Score the forecasts of a study by series (in the order given), drivers (known first) and horizon."""
    scores = scores_by(_forecasts([rolling]), _group)
    return tuple(
        GroupScore(name, horizon, drivers, scores[name, drivers, horizon])
        for name, drivers, horizon in _ordered(scores, series)
    )


def total_scores(rollings: Iterable[Rolling | None]) -> dict[str, RollingScore]:
    """Score all forecasts of all series and horizons together, by what was known of the drivers."""
    scores = scores_by(_forecasts(rollings), lambda each: each.drivers)
    return {name: scores[name] for name in DRIVERS if name in scores}


def cities_scores(results: Sequence[StudyResult]) -> tuple[CitiesScore, ...]:
    """Score the forecasts of several studies, in the order in which the series first occur."""
    order = list(dict.fromkeys(target.name for result in results for target in result.targets))
    names = {target.name: target.variable for result in reversed(results) for target in result.targets}
    found: dict[_Group, list[tuple[StudyResult, GroupScore]]] = {}
    for result in results:
        for score in group_scores(result.rolling, order):
            found.setdefault((score.series, score.drivers, score.horizon), []).append((result, score))
    pooled = scores_by(_forecasts(result.rolling for result in results), _group)
    return tuple(_cities(names[key[0]], found[key], pooled[key]) for key in _ordered(found, order))


def _cities(variable: str, each: list[tuple[StudyResult, GroupScore]], pooled: RollingScore) -> CitiesScore:
    """Put the scores of one group in all studies together."""
    scores = [member.score for _, member in each]
    group = each[0][1]
    return CitiesScore(
        series=group.series,
        variable=variable,
        horizon=group.horizon,
        drivers=group.drivers,
        each=tuple(each),
        median=float(np.median([score.mase for score in scores])),
        baselines={name: float(np.median([score.baselines[name] for score in scores])) for name in ROLLING_BASELINES},
        pooled=pooled,
    )


def _forecasts(rollings: Iterable[Rolling | None]) -> list[Forecast]:
    return [each for rolling in rollings if rolling is not None for each in rolling.forecasts]


def _group(forecast: Forecast) -> _Group:
    return forecast.series, forecast.drivers, forecast.horizon


def _ordered(groups: Iterable[_Group], series: Sequence[str]) -> list[_Group]:
    """Put groups in the order of series, drivers and horizon."""
    return sorted(groups, key=lambda group: (series.index(group[0]), DRIVERS.index(group[1]), group[2]))
