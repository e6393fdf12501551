"""The held-out series of several studies, each held against the best simple method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rcsd.report.front import Mark
from rcsd.report.study_front.verdict import mark_of
from rcsd.report.wording import short_names
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.standing import Standing


@dataclass(frozen=True, slots=True)
class Case:
    """One series of one study.

    Attributes
    ----------
    place : str
        The study, by what tells it from the others.
    study, target
        Both.
    mark : str
        How it was forecast, held against the best simple method.
    """

    place: str
    study: StudyResult
    target: TargetResult
    mark: Mark


def cases_of(results: Sequence[StudyResult], standing: Standing) -> tuple[Case, ...]:
    """Return the cases of one series, in the order of the studies."""
    names = short_names([result.info.title for result in results])
    place = {result.info.name: name for result, name in zip(results, names, strict=True)}
    return tuple(
        Case(place[result.info.name], result, target, mark_of(target.holdout)) for result, target in standing.targets
    )
