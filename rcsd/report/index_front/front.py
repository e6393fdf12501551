"""The first screen of the page over several studies, put together."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.front import SIMPLE_METHODS, Front
from rcsd.report.index_front.asked import asked
from rcsd.report.index_front.cases import Case, cases_of
from rcsd.report.index_front.failed import failed
from rcsd.report.index_front.reservations import reservations
from rcsd.report.index_front.table import small_table
from rcsd.report.index_front.verdict import headline, verdicts
from rcsd.report.sections.cities.figures import front_figure
from rcsd.report.study_front.units import units_told
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.command import repeat_all
from rcsd.study.written.standing import standings

_REPEATING = (
    "In the folder of this page: the first line makes the studies again, the second verifies what is here, number by "
    "number."
)


def index_front(results: Sequence[StudyResult]) -> Front:
    """Return what a reader sees first: what was asked and found over all studies, and what to hold against it."""
    series = standings(results)
    cases = [case for each in series for case in cases_of(results, each)]
    return Front(
        asked=asked(results, series),
        headline=headline(cases),
        verdicts=verdicts(results, series),
        notes=_notes(results, cases),
        tables=(small_table(results, series),),
        drawings=(front_figure(results, series),),
        failed=failed(results),
        reservations=reservations(results),
        repeat=repeat_all(results),
        repeating=_REPEATING,
    )


def _notes(results: Sequence[StudyResult], cases: Sequence[Case]) -> tuple[str, ...]:
    units = units_told([target.unit for result in results for target in result[BACKTEST].targets])
    simple = f" {SIMPLE_METHODS}" if any(case.mark != "unknown" for case in cases) else ""
    read = f"Off: mean absolute error.{simple}"
    return (read, *([f"Units: {'; '.join(units)}."] if units else []))
