"""The result in sentences, first on a study's page."""

from rcsd.report.page import Section
from rcsd.report.question import FIT
from rcsd.report.section import ReportSection
from rcsd.report.sections.summary.words import summary
from rcsd.study.graph.result import StudyResult


def _study(result: StudyResult) -> list[Section]:
    return [Section("summary", "In short", points=summary(result))]


SECTION = ReportSection("summary", 0, FIT, study=_study)
