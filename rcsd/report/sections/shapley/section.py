"""The part of a study's report on Shapley effects: whose doing it is what the data leave uncertain."""

from rcsd.report.page import Section
from rcsd.report.question import DRIVES
from rcsd.report.section import ReportSection
from rcsd.report.sections.shapley.answer import drives
from rcsd.report.sections.shapley.figures import shares_figure
from rcsd.report.sections.shapley.tables import shares_table
from rcsd.report.sections.shapley.words import doubts, opening
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.shapley import SHAPLEY

_HEADING = "What the data leave uncertain"


def _study(result: StudyResult) -> list[Section]:
    found = result.get(SHAPLEY)
    if found is None:
        return []
    if found.shares is None:
        return [Section("shapley", _HEADING, points=(f"No shares were worked out: {found.why}.",))]
    return [
        Section(
            "shapley",
            _HEADING,
            paragraphs=(opening(result, found, found.shares),),
            points=doubts(found, found.shares),
            drawings=(shares_figure(found.shares),),
            tables=(shares_table(result, found.shares),),
        )
    ]


SECTION = ReportSection("shapley", 105, DRIVES, study=_study, answer=drives)
