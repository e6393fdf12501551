"""The estimated states in a study's report: what the data corrected, and by how much."""

from rcsd.report.page import Section
from rcsd.report.question import SOUND
from rcsd.report.section import ReportSection
from rcsd.report.sections.state.figures import state_figures
from rcsd.report.sections.state.tables import held_out_table, innovations_table, pulls_table
from rcsd.report.sections.state.words import state_reading, what
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.state import STATE


def _study(result: StudyResult) -> list[Section]:
    found = result.get(STATE)
    if found is None:
        return []
    return [
        Section(
            "state",
            "State of the model, corrected by the data",
            paragraphs=what(result, found),
            points=state_reading(found),
            drawings=state_figures(result, found),
            tables=(pulls_table(found), innovations_table(found), held_out_table(found)),
        )
    ]


SECTION = ReportSection("state", 70, SOUND, study=_study)
