"""The parts of a study's report on its sensitivity analyses, one for each group of parameters."""

from dataclasses import replace

from rcsd.report.chart import Chart
from rcsd.report.page import Section
from rcsd.report.question import DRIVES
from rcsd.report.section import ReportSection
from rcsd.report.sections.sobol.areas import areas_figure
from rcsd.report.sections.sobol.heat import heat_figure
from rcsd.report.sections.sobol.pairs import pairs_figure
from rcsd.report.sections.sobol.tables import outcomes_table, ranges_table
from rcsd.report.sections.sobol.words import doubts, rankings, what
from rcsd.report.wording import capital
from rcsd.study.graph.result import StudyResult
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.steps.sobol import SOBOL

_HEADING = "What moves the outputs"


def sensitivity_sections(result: StudyResult) -> list[Section]:
    """Return a part for each analysis, and one for each that was left out, with the reason."""
    found = result[SOBOL]
    made = [_section(replace(analysis, title=result.info.title)) for analysis in found.analyses]
    missing = [
        Section(f"sobol-{group}", f"{_HEADING}: {group}", points=(f"No analysis was made: {reason}",))
        for group, reason in found.left_out.items()
    ]
    return made + missing


def _section(study: SobolStudy) -> Section:
    return Section(
        f"sobol-{study.group}",
        f"{_HEADING}: {study.group_title}",
        paragraphs=(what(study),),
        points=tuple(map(capital, (*rankings(study), *doubts(study)))),
        drawings=tuple(replace(each, name=f"sobol-{study.group}-{each.name}") for each in _drawings(study)),
        tables=(outcomes_table(study), ranges_table(study)),
    )


def _drawings(study: SobolStudy) -> list[Chart]:
    drawn = [areas_figure(study), heat_figure(study)]
    if study.result.indices.second is not None and len(study.result.parameters) > 1:
        drawn.append(pairs_figure(study))
    return drawn


SECTION = ReportSection("sobol", 110, DRIVES, study=sensitivity_sections)
