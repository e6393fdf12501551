"""What the posterior would let a yearbook print, beside what it printed."""

from matplotlib.axes import Axes

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import FROZEN, SIMULATED, house_style, legend_below
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.spoken import spoken
from rcsd.report.wording import count
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_COLUMNS = 2


def band_figure(result: StudyResult, sampled: Sampled) -> Drawing:
    """Draw the bands of every series: replicates in the fit window, forecasts in the hold-out."""
    targets = {target.name: target for target in result[BACKTEST].targets}
    beyond = {band.series: band for band in sampled.beyond}
    with house_style():
        figure, frames = panel_grid(len(sampled.within), _COLUMNS, 2.5, extra=0.7)
        for axes, band in zip(frames, sampled.within, strict=True):
            _draw(axes, result, targets[band.series], band, beyond.get(band.series))
        legend_below(figure, *frames)
        svg, png = save_bytes(figure)
    after = (
        f" Orange: forecasts{' with the drivers as they were' if spoken().drivers else ''}, which go on from the last "
        "residual and can be surer than the runs alone."
        if beyond
        else ""
    )
    return Drawing(
        "bands",
        svg,
        png,
        f"Posterior bands of {count(len(sampled.within), 'series', 'series')} with the observed cells.",
        "Shaded: 90 % of what would be observed, of which nine points in ten should lie inside; dashed: 90 % of the "
        "runs alone, what the parameters leave open. Blue: data sets that the fitted model would give, had history run "
        f"again.{after}",
        wide=True,
    )


def _draw(axes: Axes, result: StudyResult, target: TargetResult, band: SeriesBand, beyond: SeriesBand | None) -> None:
    shade_windows(axes, result.info)
    for each, colour, label in ((band, SIMULATED, "replicates"), (beyond, FROZEN, "forecasts")):
        if each is None:
            continue
        marker = "." if each.years.size == 1 else ""
        axes.fill_between(
            each.years, each.low, each.high, color=colour, alpha=0.22, linewidth=0, zorder=2, label=f"{label}, 90 %"
        )
        for edge, words in ((each.simulated_low, f"runs alone, 90 % ({label})"), (each.simulated_high, None)):
            axes.plot(each.years, edge, color=colour, linewidth=0.9, linestyle=(0, (3, 2)), marker=marker, label=words)
        axes.plot(
            each.years, each.median, marker=marker, color=colour, linewidth=1.2, zorder=4, label=f"{label}, median"
        )
    draw_cells(axes, target, target.observed, say_weights=False)
    axes.set_xlim(*shown_years(result.info))
    axes.set_ylabel(target.unit)
    axes.set_title(target.variable, pad=14)
    time_along(axes)
