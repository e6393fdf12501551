"""The checks of the model, first under its question."""

from rcsd.report.page import Section
from rcsd.report.question import SOUND
from rcsd.report.section import ReportSection
from rcsd.report.sections.checks.tables import checks_table
from rcsd.report.sections.checks.words import findings, verdict
from rcsd.report.sections.loops.section import leading_loop
from rcsd.report.sections.reporting.section import reported
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.model_checks import MODEL_CHECKS


def _study(result: StudyResult) -> list[Section]:
    found = result.get(MODEL_CHECKS)
    return [] if found is None else [Section("checks", "Checks", points=findings(found), tables=(checks_table(found),))]


def _answer(result: StudyResult) -> str:
    found = result.get(MODEL_CHECKS)
    if found is None:
        return ""
    return " ".join(filter(None, (verdict(found), leading_loop(result), reported(result))))


SECTION = ReportSection("checks", 112, SOUND, study=_study, answer=_answer)
