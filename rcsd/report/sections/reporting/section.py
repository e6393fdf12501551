"""What a reader may ask to be reported of a model study, and where this one says it."""

from __future__ import annotations

from rcsd.report.page import Section
from rcsd.report.question import SOUND
from rcsd.report.section import ReportSection
from rcsd.report.sections.reporting.of_fit import OF_FIT
from rcsd.report.sections.reporting.of_model import OF_MODEL
from rcsd.report.sections.reporting.of_runs import OF_RUNS
from rcsd.report.sections.reporting.point import Point, Said
from rcsd.report.table import Cell, Table, cells, words
from rcsd.report.wording import count
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.model_checks import MODEL_CHECKS

_LISTS = (("Of the model", OF_MODEL), ("Of the runs", OF_RUNS), ("Of the search for parameters", OF_FIT))
_NOTE = (
    "After Rahmandad and Sterman (2012), Reporting guidelines for simulation-based research in social sciences, System "
    "Dynamics Review 28(4), 396–411, in our words; filled in from the result."
)


def reported(result: StudyResult) -> str:
    """Say in a sentence how much of the list is met, and what is not."""
    said = [(point, point.said(result)) for _, points in _LISTS for point in points]
    done = sum(each.state == "done" for _, each in said)
    listed = "the reporting list of Rahmandad and Sterman (2012)"
    if done == len(said):
        return f"All {len(said)} points of {listed} are met."
    text = f"{done} of {count(len(said), 'point')} of {listed} are met"
    missing = [point.asked[:1].lower() + point.asked[1:] for point, each in said if each.state == "not done"]
    return f"{text}; not done: {'; '.join(missing)}." if missing else f"{text}."


def _study(result: StudyResult) -> list[Section]:
    if result.get(MODEL_CHECKS) is None:
        return []
    rows = tuple(_row(heading, point, point.said(result)) for heading, points in _LISTS for point in points)
    table = Table("What is to be reported", words("To be reported", "Of", "Asked", "Here", "How", "Where"), rows, _NOTE)
    return [Section("reporting", "Reporting list", tables=(table,))]


def _row(heading: str, point: Point, said: Said) -> tuple[Cell, ...]:
    return (
        Cell(point.asked),
        *cells(heading.removeprefix("Of "), point.level),
        Cell(said.state, "" if said.state == "done" else "alert"),
        Cell(said.how),
        Cell("") if said.where is None else Cell(said.where.heading, link=f"#{said.where.anchor}"),
    )


SECTION = ReportSection("reporting", 117, SOUND, study=_study)
