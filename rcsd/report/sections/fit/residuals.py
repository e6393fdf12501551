"""What the model leaves unexplained, year by year."""

import numpy as np

from rcsd.analysis.calibration import LOGARITHMS
from rcsd.report.chart import Chart, Panel, Rule, Segments, linear
from rcsd.report.chart.observed import cell_points
from rcsd.report.chart.windows import window_axis, window_spans
from rcsd.report.drawing.style import MUTED, SIMULATED
from rcsd.report.spoken import period
from rcsd.report.wording import measured, percent
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.info import StudyInfo


def residual_figure(info: StudyInfo, target: TargetResult) -> Chart:
    """Draw the error of every cell in percent of the observation, and the error that the study states."""
    relative = target.kind in LOGARITHMS
    shown, unit = (
        (target.error_percent, "%") if target.in_percent else (target.simulated - target.observed, target.unit)
    )
    # what the fit has estimated is the fit's, not the study's
    owner, error = ("study's", "stated error") if target.stated == target.error else ("fit's", "estimated error")
    edges = [100 * target.error, -100 * target.error] if relative else []
    panel = Panel(
        (
            *window_spans(info),
            *(Rule(edge, error, MUTED, "dotted", 1.0) for edge in edges),
            Rule(0.0),
            Segments(target.years, np.zeros(target.years.size), target.years, shown),
            *cell_points(target, shown, SIMULATED, what="simulated − actual"),
        ),
        window_axis(info),
        linear("(S − A) / A, %" if target.in_percent else f"S − A, {unit}" if unit else "S − A"),
        height=3.6,
    )
    stated = f" The {owner} {error} is {percent(100 * target.error, 1)} (dotted)." if relative else ""
    worst = float(np.max(np.abs(shown), where=np.isfinite(shown), initial=0.0))
    own = target.unit or "the unit of the data"
    per = "percent of actual" if target.in_percent else own
    of = "percent of the observed value" if target.in_percent else own
    largest = percent(worst, 1) if target.in_percent else f"{measured(worst)} {unit}"
    return Chart(
        f"residuals-{target.name}",
        (panel,),
        f"Errors of {target.variable} per {period()} in {of}; the largest is {largest}.",
        f"{target.variable}: simulated minus actual, in {per}.{stated}",
    )
