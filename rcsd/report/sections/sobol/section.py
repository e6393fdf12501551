"""The parts of a study's report on its sensitivity analyses, one for each group of parameters."""

from dataclasses import replace

from rcsd.report.page import Section
from rcsd.report.question import DRIVES
from rcsd.report.section import ReportSection
from rcsd.report.sections.sobol.areas import areas_figure
from rcsd.report.sections.sobol.effects import effects_table, small_effects, together
from rcsd.report.sections.sobol.tables import outcomes_table, ranges_table
from rcsd.report.sections.sobol.words import reservations, varied
from rcsd.report.wording import capital
from rcsd.study.graph.result import StudyResult
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.steps.sobol import SOBOL

_HEADING = "What moves the outputs"


def sensitivity_sections(result: StudyResult) -> list[Section]:
    """Return a part for each analysis, and one for each that was left out, with the reason."""
    found = result[SOBOL]
    made = [_section(analysis, first=k == 0) for k, analysis in enumerate(found.analyses)]
    missing = [
        Section(f"sobol-{group}", f"{_HEADING}: {group}", points=(f"No analysis was made: {reason}",))
        for group, reason in found.left_out.items()
    ]
    return made + missing


def _section(study: SobolStudy, *, first: bool) -> Section:
    """Make the part of one analysis; what numbers and figures are is said in the first."""
    areas = areas_figure(study)
    areas = replace(areas, name=f"sobol-{study.group}-{areas.name}", caption=areas.caption if first else "As above.")
    return Section(
        f"sobol-{study.group}",
        f"{_HEADING}: {study.group_title}",
        paragraphs=(varied(study),),
        points=tuple(map(capital, filter(None, (small_effects(study), together(study), *reservations(study))))),
        drawings=(areas,),
        tables=(effects_table(study, explained=first), outcomes_table(study), ranges_table(study)),
    )


SECTION = ReportSection("sobol", 110, DRIVES, study=sensitivity_sections)
