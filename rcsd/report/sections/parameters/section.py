"""What was estimated, and what was set."""

from rcsd.report.page import Section
from rcsd.report.question import KNOWN
from rcsd.report.section import ReportSection
from rcsd.report.sections.parameters.figures import parameter_figure
from rcsd.report.sections.parameters.tables import constant_table, parameter_table
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.posterior import POSTERIOR


def _study(result: StudyResult) -> list[Section]:
    return [
        Section(
            "parameters",
            "Parameters",
            # where there is a posterior its figures say more
            drawings=(parameter_figure(result),) if result.get(POSTERIOR) is None else (),
            tables=(constant_table(result), parameter_table(result)),
        )
    ]


SECTION = ReportSection("parameters", 50, KNOWN, study=_study)
