"""The held-out series of several studies, each held against the best simple method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rcsd.report.front import Mark
from rcsd.report.study_front.verdict import mark_of
from rcsd.report.wording import short_names
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.coverage import COVERAGE, Inside
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


def inside_of(study: StudyResult, series: str) -> Inside:
    """Count the held-out values of a series inside the 90 % band; none of none where there is no band."""
    found = study.get(COVERAGE)
    each = None if found is None else next((each for each in found.series if each.series == series), None)
    return Inside(0, 0) if each is None else each.holdout
