"""Simulated against actual, and the errors in the fit window."""

from rcsd.report.page import Section
from rcsd.report.question import FIT
from rcsd.report.section import ReportSection
from rcsd.report.sections.fit.figures import fit_figure
from rcsd.report.sections.fit.residuals import residual_figure
from rcsd.report.sections.fit.tables import conversions_table, fit_table
from rcsd.report.spoken import periods
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def _study(result: StudyResult) -> list[Section]:
    targets = result[BACKTEST].targets
    pairs = [(fit_figure(result, target), residual_figure(result.info, target)) for target in targets]
    conversions = result.info.conversions
    units = (conversions_table(conversions),) if conversions else ()
    return [
        Section(
            "series",
            "Simulated against actual",
            paragraphs=(
                "Left, the series; right, what the model leaves unexplained. "
                + (
                    f"Blue {periods()} were fitted, yellow {periods()} held out."
                    if result.info.holdout_window
                    else f"Blue {periods()} were fitted."
                ),
            ),
            drawings=tuple(drawing for pair in pairs for drawing in pair),
        ),
        Section("fit", "Errors in the fit window", tables=(fit_table(result.info, targets), *units)),
    ]


SECTION = ReportSection("fit", 10, FIT, study=_study)
