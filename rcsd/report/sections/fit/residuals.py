"""What the model leaves unexplained, year by year."""

import numpy as np

from rcsd.analysis.calibration import LOGARITHMS
from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, MUTED, SIMULATED, house_style, legend_below, new_figure
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.spoken import period
from rcsd.report.wording import measured, percent
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.info import StudyInfo


def residual_figure(info: StudyInfo, target: TargetResult) -> Drawing:
    """Draw the error of every cell in percent of the observation, and the error that the study states."""
    relative = target.kind in LOGARITHMS
    shown, unit = (
        (target.error_percent, "%") if target.in_percent else (target.simulated - target.observed, target.unit)
    )
    # what the fit has estimated is the fit's, not the study's
    owner, error = ("study's", "stated error") if target.stated == target.error else ("fit's", "estimated error")
    with house_style():
        figure = new_figure(CARD)
        axes = figure.add_subplot()
        shade_windows(axes, info)
        if relative:
            for edge, label in ((100 * target.error, error), (-100 * target.error, None)):
                axes.axhline(edge, color=MUTED, linewidth=1.0, linestyle=(0, (1, 2)), zorder=2, label=label)
        axes.axhline(0, color=MUTED, linewidth=0.8, zorder=2)
        axes.vlines(target.years, 0, shown, color=SIMULATED, linewidth=1.2, zorder=3)
        draw_cells(axes, target, shown, SIMULATED, what="simulated − actual")
        axes.set_xlim(*shown_years(info))
        axes.set_ylabel("(S − A) / A, %" if target.in_percent else f"S − A, {unit}")
        time_along(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    stated = f" The {owner} {error} is {percent(100 * target.error, 1)} (dotted)." if relative else ""
    worst = float(np.max(np.abs(shown), where=np.isfinite(shown), initial=0.0))
    own = target.unit or "the unit of the data"
    per = "percent of actual" if target.in_percent else own
    of = "percent of the observed value" if target.in_percent else own
    largest = percent(worst, 1) if target.in_percent else f"{measured(worst)} {unit}"
    return Drawing(
        f"residuals-{target.name}",
        svg,
        png,
        f"Errors of {target.variable} per {period()} in {of}; the largest is {largest}.",
        f"{target.variable}: simulated minus actual, in {per}.{stated}",
    )
