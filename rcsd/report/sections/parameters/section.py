"""What was estimated, and what was set."""

from rcsd.report.page import Section
from rcsd.report.question import KNOWN
from rcsd.report.section import ReportSection
from rcsd.report.sections.parameters.figures import parameter_figure
from rcsd.report.sections.parameters.tables import constant_table, parameter_table
from rcsd.study.graph.result import StudyResult


def _study(result: StudyResult) -> list[Section]:
    return [
        Section(
            "parameters",
            "Parameters",
            drawings=(parameter_figure(result),),
            tables=(parameter_table(result), constant_table(result)),
        )
    ]


SECTION = ReportSection("parameters", 40, KNOWN, study=_study)
