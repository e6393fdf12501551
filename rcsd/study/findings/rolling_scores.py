"""Errors of rolling forecasts in groups: by series, horizon and drivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.baselines import TWO_LINE
from rcsd.analysis.backtest.rolling import Forecast, RollingScore, scores_by
from rcsd.study.findings.rolling import Rolling

DRIVERS = ("forecast", "known", "frozen")
"""What is known of the drivers, in the order in which it is shown: that which a forecaster has first."""

Group = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Errors of one series, some years ahead, by what is known of the drivers."""

    series: str
    horizon: int
    drivers: str
    score: RollingScore

    @property
    def beats_all(self) -> bool:
        """Whether the mean absolute error is below that of every benchmark forecast that is defined."""
        rivals = [error for error in self.score.baselines.values() if np.isfinite(error)]
        return all(self.score.mase < error for error in rivals)

    @property
    def beats_two_line(self) -> bool | None:
        """Whether it is below that of the two-line rule; None where that is not defined for every cell."""
        rival = self.score.baselines[TWO_LINE]
        return self.score.mase < rival if np.isfinite(rival) else None

    @property
    def best_baseline(self) -> str:
        """Name the benchmark forecast with the lowest error, known only afterwards."""
        return best_baseline(self.score.baselines)


def best_baseline(errors: Mapping[str, float]) -> str:
    """Name the lowest of several errors; one that is not defined is never it."""
    return min(errors, key=lambda name: np.nan_to_num(errors[name], nan=np.inf))


def group_scores(rolling: Rolling | None, series: Sequence[str]) -> tuple[GroupScore, ...]:
    """Score the forecasts of a study by series (in the order given), drivers (forecast first) and horizon."""
    scores = scores_by(forecasts_of([rolling]), group_of)
    return tuple(
        GroupScore(name, horizon, drivers, scores[name, drivers, horizon])
        for name, drivers, horizon in in_order(scores, series)
    )


def total_scores(rollings: Iterable[Rolling | None]) -> dict[str, RollingScore]:
    """Score all forecasts of all series and horizons together, by what was known of the drivers."""
    scores = scores_by(forecasts_of(rollings), lambda each: each.drivers)
    return {name: scores[name] for name in DRIVERS if name in scores}


def forecasts_of(rollings: Iterable[Rolling | None]) -> list[Forecast]:
    """List the forecasts of several rolling backtests."""
    return [each for rolling in rollings if rolling is not None for each in rolling.forecasts]


def group_of(forecast: Forecast) -> Group:
    """Name the group of a forecast: series, drivers, horizon."""
    return forecast.series, forecast.drivers, forecast.horizon


def in_order(groups: Iterable[Group], series: Sequence[str]) -> list[Group]:
    """Put groups in the order of series, drivers and horizon."""
    return sorted(groups, key=lambda group: (series.index(group[0]), DRIVERS.index(group[1]), group[2]))
