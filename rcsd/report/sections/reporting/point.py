"""A point of the reporting list, and what a study says to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rcsd.report.question import Question
from rcsd.study.graph.result import StudyResult

Level = Literal["minimum", "preferred"]
State = Literal["done", "partly", "not done"]


@dataclass(frozen=True, slots=True)
class Said:
    """What a study says to a point: whether it is met, how, and under which question of the page, if under any."""

    state: State
    how: str
    where: Question | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the list.

    Attributes
    ----------
    asked : str
        What is to be reported.
    level : {"minimum", "preferred"}
        How much it is asked for.
    said : callable
        Given a `StudyResult`, what it says.
    """

    asked: str
    level: Level
    said: Callable[[StudyResult], Said]


def counted(n: int, total: int, how: str, where: Question) -> Said:
    """Say that a point is met where all of something have it, partly where some have."""
    state: State = "done" if n == total else "partly" if n else "not done"
    return Said(state, how, where)
