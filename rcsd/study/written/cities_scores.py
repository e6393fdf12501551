"""Errors of rolling forecasts over several studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.rolling import RollingScore, scores_by
from rcsd.study.findings.rolling_scores import (
    Group,
    GroupScore,
    best_baseline,
    forecasts_of,
    group_of,
    group_scores,
    in_order,
)
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.rolling import ROLLING


@dataclass(frozen=True, slots=True)
class CitiesScore:
    """One series, some years ahead, by what is known of the drivers, over several studies.

    Attributes
    ----------
    series, variable, horizon, drivers
        What was forecast; the variable as the first of the studies names it.
    each
        Errors by study, in the order of the studies.
    median
        Of the studies' scaled errors (MASE).
    baselines
        The same of every benchmark forecast; NaN where one is not defined in every study.
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
    def n_over_two_line(self) -> int:
        """In how many studies the model's error is below that of the two-line rule."""
        return sum(score.beats_two_line is True for _, score in self.each)

    @property
    def best_baseline(self) -> str:
        """Name the benchmark forecast with the lowest median error, known only afterwards."""
        return best_baseline(self.baselines)

    @property
    def n_best(self) -> int:
        """In how many studies the model's error is below that of every benchmark forecast."""
        return sum(score.beats_all for _, score in self.each)


def cities_scores(results: Sequence[StudyResult]) -> tuple[CitiesScore, ...]:
    """Score the forecasts of several studies, in the order in which the series first occur."""
    order = list(dict.fromkeys(target.name for result in results for target in result[BACKTEST].targets))
    names = {target.name: target.variable for result in reversed(results) for target in result[BACKTEST].targets}
    found: dict[Group, list[tuple[StudyResult, GroupScore]]] = {}
    for result in results:
        for score in group_scores(result.get(ROLLING), order):
            found.setdefault((score.series, score.drivers, score.horizon), []).append((result, score))
    pooled = scores_by(forecasts_of(result.get(ROLLING) for result in results), group_of)
    return tuple(_cities(names[key[0]], found[key], pooled[key]) for key in in_order(found, order))


def _names(scores: Sequence[RollingScore]) -> list[str]:
    """Name the benchmark forecasts that all of the studies have."""
    return [name for name in scores[0].baselines if all(name in score.baselines for score in scores)]


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
        baselines={name: float(np.median([score.baselines[name] for score in scores])) for name in _names(scores)},
        pooled=pooled,
    )
