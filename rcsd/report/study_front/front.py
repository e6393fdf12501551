"""The first screen of a study's page, put together."""

from __future__ import annotations

from rcsd.report.front import SIMPLE_METHODS, Front
from rcsd.report.sections.fit.figures import fit_figures, reading
from rcsd.report.study_front.asked import asked
from rcsd.report.study_front.failed import failed
from rcsd.report.study_front.reservations import reservations
from rcsd.report.study_front.units import units_told
from rcsd.report.study_front.verdict import headline, verdicts
from rcsd.report.wording import of_mean_size
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.command import VERIFY, repeat_command

_REPEATING = (
    "In the folder of this page: the first line makes the study again beside it; the second does so in a scratch "
    "folder and compares every number."
)


def study_front(result: StudyResult) -> Front:
    """Return what a reader sees first: what was asked, what was found, what failed, and what to hold against it."""
    return Front(
        asked=asked(result),
        headline=headline(result),
        verdicts=verdicts(result),
        notes=_notes(result),
        reading=reading(result),
        drawings=fit_figures(result),
        failed=failed(result),
        reservations=reservations(result),
        repeat=f"{repeat_command(result)}\n{VERIFY}",
        repeating=_REPEATING,
    )


def _notes(result: StudyResult) -> tuple[str, ...]:
    targets = result[BACKTEST].targets
    units = units_told([target.unit for target in targets])
    simple = f" {SIMPLE_METHODS}" if any(target.holdout for target in targets) else ""
    read = f"Off: mean absolute error.{of_mean_size(targets)}{simple} A 90 % band should hold nine in ten values."
    return (read, *([f"Units: {'; '.join(units)}."] if units else []))
