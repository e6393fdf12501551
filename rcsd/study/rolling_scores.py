"""Errors of rolling forecasts in groups: by series, horizon and drivers, in one study and over several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.backtest.baselines import ROLLING_BASELINES
from rcsd.backtest.rolling import Forecast, RollingScore, score_forecasts
from rcsd.study.result import StudyResult
from rcsd.study.rolling import Rolling

DRIVERS = ("known", "frozen")
"""What is known of the drivers, in the order in which it is shown."""


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
    def n_below_one(self) -> int:
        """In how many studies the scaled error is below one."""
        return sum(score.score.mase < 1 for _, score in self.each)

    @property
    def n_best(self) -> int:
        """In how many studies the model's error is below that of every trivial forecast."""
        return sum(score.beats_all for _, score in self.each)


def group_scores(rolling: Rolling | None, series: Sequence[str]) -> tuple[GroupScore, ...]:
    """Score the forecasts of a study by series (in the order given), drivers (known first) and horizon."""
    forecasts = () if rolling is None else rolling.forecasts
    groups: dict[tuple[str, str, int], list[Forecast]] = {}
    for each in forecasts:
        groups.setdefault((each.series, each.drivers, each.horizon), []).append(each)
    return tuple(
        GroupScore(name, horizon, drivers, score_forecasts(groups[name, drivers, horizon]))
        for name, drivers, horizon in _ordered(groups, series)
    )


def total_scores(rollings: Iterable[Rolling | None]) -> dict[str, RollingScore]:
    """Score all forecasts of all series and horizons together, by what was known of the drivers."""
    forecasts = [each for rolling in rollings if rolling is not None for each in rolling.forecasts]
    by_drivers = {name: [each for each in forecasts if each.drivers == name] for name in DRIVERS}
    return {name: score_forecasts(members) for name, members in by_drivers.items() if members}


def cities_scores(results: Sequence[StudyResult]) -> tuple[CitiesScore, ...]:
    """Score the forecasts of several studies, in the order in which the series first occur."""
    order = list(dict.fromkeys(target.name for result in results for target in result.targets))
    names = {target.name: target.variable for result in reversed(results) for target in result.targets}
    found: dict[tuple[str, str, int], list[tuple[StudyResult, GroupScore]]] = {}
    forecasts: dict[tuple[str, str, int], list[Forecast]] = {}
    for result in results:
        for score in group_scores(result.rolling, order):
            found.setdefault((score.series, score.drivers, score.horizon), []).append((result, score))
        for each in () if result.rolling is None else result.rolling.forecasts:
            forecasts.setdefault((each.series, each.drivers, each.horizon), []).append(each)
    return tuple(_cities(names[key[0]], found[key], forecasts[key]) for key in _ordered(found, order))


def _cities(variable: str, each: list[tuple[StudyResult, GroupScore]], forecasts: list[Forecast]) -> CitiesScore:
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
        pooled=score_forecasts(forecasts),
    )


def _ordered(groups: Iterable[tuple[str, str, int]], series: Sequence[str]) -> list[tuple[str, str, int]]:
    """Put groups in the order of series, drivers and horizon."""
    return sorted(groups, key=lambda group: (series.index(group[0]), DRIVERS.index(group[1]), group[2]))
