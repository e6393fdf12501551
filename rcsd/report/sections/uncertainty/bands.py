"""What the posterior would let a yearbook print, beside what it printed."""

from rcsd.report.chart import Band, Chart, Layer, Line, Panel, linear
from rcsd.report.chart.observed import cell_points
from rcsd.report.chart.windows import window_axis, window_spans
from rcsd.report.drawing.style import FROZEN, SIMULATED
from rcsd.report.spoken import spoken
from rcsd.report.wording import count
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_COLUMNS = 2


def band_figure(result: StudyResult, sampled: Sampled) -> Chart:
    """Draw the bands of every series: replicates in the fit window, forecasts in the hold-out."""
    targets = {target.name: target for target in result[BACKTEST].targets}
    beyond = {band.series: band for band in sampled.beyond}
    panels = tuple(_panel(result, targets[band.series], band, beyond.get(band.series)) for band in sampled.within)
    after = (
        f" Orange: forecasts{' with the drivers as they were' if spoken().drivers else ''}, which go on from the last "
        "residual and can be surer than the runs alone."
        if beyond
        else ""
    )
    return Chart(
        "bands",
        panels,
        f"Posterior bands of {count(len(sampled.within), 'series', 'series')} with the observed cells.",
        "Shaded: 90 % of what would be observed, of which nine points in ten should lie inside; dashed: 90 % of the "
        "runs alone, what the parameters leave open. Blue: data sets that the fitted model would give, had history run "
        f"again.{after}",
        wide=True,
        columns=min(_COLUMNS, len(panels)),
    )


def _panel(result: StudyResult, target: TargetResult, band: SeriesBand, beyond: SeriesBand | None) -> Panel:
    layers: list[Layer] = [*window_spans(result.info)]
    for each, colour, label in ((band, SIMULATED, "replicates"), (beyond, FROZEN, "forecasts")):
        if each is not None:
            alone = f"runs alone, 90 % ({label})"
            layers += [
                Band(each.years, each.low, each.high, f"{label}, 90 %", colour),
                Band(each.years, each.simulated_low, each.simulated_high, alone, colour, opacity=0.0, edge="dashed"),
                Line(each.years, each.median, f"{label}, median", colour, width=1.2),
            ]
    layers += cell_points(target, target.observed, say_weights=False)
    return Panel(tuple(layers), window_axis(result.info), linear(target.unit), target.variable, height=2.5)
