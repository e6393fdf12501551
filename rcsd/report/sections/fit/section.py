"""Simulated against actual: the errors in the fit window, and what the model leaves unexplained."""

from rcsd.report.page import Section
from rcsd.report.question import FIT
from rcsd.report.section import ReportSection
from rcsd.report.sections.fit.figures import fit_figures
from rcsd.report.sections.fit.residuals import residual_figure
from rcsd.report.sections.fit.tables import conversions_table, fit_table
from rcsd.report.sections.fit.words import fit_answer
from rcsd.report.spoken import periods
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def _study(result: StudyResult) -> list[Section]:
    targets = result[BACKTEST].targets
    conversions = result.info.conversions
    units = (conversions_table(conversions),) if conversions else ()
    held = ", yellow ones held out" if result.info.holdout_window else ""
    return [
        Section("fit", "Errors in the fit window", tables=(fit_table(result), *units)),
        Section(
            "residuals",
            "What the model leaves unexplained",
            paragraphs=(f"Simulated minus actual. Blue {periods()} were fitted{held}.",),
            drawings=tuple(residual_figure(result.info, target) for target in targets),
        ),
    ]


SECTION = ReportSection("fit", 10, FIT, study=_study, first=fit_figures, answer=fit_answer)
