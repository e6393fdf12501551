"""The doubtful cells of the data."""

from rcsd.report.page import Section
from rcsd.report.question import FIT
from rcsd.report.section import ReportSection
from rcsd.report.sections.data.tables import flags_table
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def _study(result: StudyResult) -> list[Section]:
    return [Section("data", "Data flags", tables=(flags_table(result[BACKTEST].targets),))]


SECTION = ReportSection("data", 120, FIT, study=_study)
