"""In how many studies the model beats the benchmark forecasts, series by series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.study.findings.rolling_scores import DRIVERS
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


@dataclass(frozen=True, slots=True)
class Wins:
    """Of `n` scored studies, those that beat the last value, the two-line rule and the best benchmark forecast.

    Attributes
    ----------
    n, over_last, over_best
        Counts.
    n_two_line, over_two_line
        Of the studies for which the two-line rule is defined.
    """

    n: int
    over_last: int
    over_best: int
    n_two_line: int = 0
    over_two_line: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One series over all studies that have it.

    Attributes
    ----------
    variable
        The model's variable, as the first of the studies names it.
    targets
        The series of each study, in the order of the studies.
    wins
        By what is known of the drivers, that which a forecaster has first.
    """

    variable: str
    targets: tuple[tuple[StudyResult, TargetResult], ...]
    wins: Mapping[str, Wins]


def standings(results: Sequence[StudyResult]) -> tuple[Standing, ...]:
    """Count wins for each series, in the order in which the series first occur."""
    groups: dict[str, list[tuple[StudyResult, TargetResult]]] = {}
    for result in results:
        for target in result[BACKTEST].targets:
            groups.setdefault(target.name, []).append((result, target))
    return tuple(
        Standing(
            variable=targets[0][1].variable,
            targets=tuple(targets),
            wins=_by_knowledge([target for _, target in targets]),
        )
        for targets in groups.values()
    )


def _by_knowledge(targets: Sequence[TargetResult]) -> dict[str, Wins]:
    scored: dict[str, list[HoldoutScore]] = {}
    for target in targets:
        for drivers, score in target.holdouts.items():
            scored.setdefault(drivers, []).append(score)
    return {drivers: _wins(scored[drivers]) for drivers in DRIVERS if drivers in scored}


def _wins(scores: Sequence[HoldoutScore]) -> Wins:
    two_line = [score.beats_two_line for score in scores if score.beats_two_line is not None]
    return Wins(
        len(scores),
        sum(score.beats_last for score in scores),
        sum(score.beats_best for score in scores),
        len(two_line),
        sum(two_line),
    )
