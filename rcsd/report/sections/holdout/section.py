"""The held-out years beside the benchmark forecasts."""

from rcsd.report.page import Section
from rcsd.report.question import FORECAST
from rcsd.report.section import ReportSection
from rcsd.report.sections.fit.tables import holdout_statistics_table
from rcsd.report.sections.holdout.tables import holdout_table, single_table
from rcsd.report.sections.holdout.words import forecast_answer, known_from_outside
from rcsd.study.graph.result import StudyResult


def _study(result: StudyResult) -> list[Section]:
    return [
        Section(
            "holdout",
            "Hold-out against benchmark forecasts",
            paragraphs=tuple(filter(None, (known_from_outside(result),))),
            tables=(holdout_table(result), single_table(result), holdout_statistics_table(result)),
        )
    ]


SECTION = ReportSection("holdout", 20, FORECAST, study=_study, answer=forecast_answer)
