"""In how many studies the model beats the benchmark forecasts, series by series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


@dataclass(frozen=True, slots=True)
class Wins:
    """Of `n` scored studies, those that beat the last value and those that beat the best benchmark forecast."""

    n: int
    over_last: int
    over_best: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One series over all studies that have it.

    Attributes
    ----------
    variable
        The model's variable, as the first of the studies names it.
    targets
        The series of each study, in the order of the studies.
    known, frozen
        Wins with the drivers as they were, and with those frozen that each study can freeze.
    """

    variable: str
    targets: tuple[tuple[StudyResult, TargetResult], ...]
    known: Wins
    frozen: Wins


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
            known=_wins([target.holdout for _, target in targets]),
            frozen=_wins([target.holdout_frozen for _, target in targets]),
        )
        for targets in groups.values()
    )


def _wins(scores: Sequence[HoldoutScore | None]) -> Wins:
    scored = [score for score in scores if score is not None]
    return Wins(len(scored), sum(score.beats_last for score in scored), sum(score.beats_best for score in scored))
