"""One series in all cities, side by side."""

from collections.abc import Sequence

from rcsd.report.chart import Chart, Layer, Panel
from rcsd.report.chart.observed import cell_points
from rcsd.report.chart.windows import window_axis, window_spans
from rcsd.report.sections.fit.figures import forecast_bands, run_lines
from rcsd.report.wording import places, shown_title
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult


def series_figure(panels: Sequence[tuple[StudyResult, TargetResult]]) -> Chart:
    """Draw one series of several studies as small multiples, two to a row, each on its own vertical scale."""
    first = panels[0][1]
    titles = places([result.info.title for result, _ in panels])
    return Chart(
        f"cities-{first.name}",
        tuple(_panel(result, target) for result, target in panels),
        f"{first.variable} simulated and observed in {titles}.",
        f"{first.variable}, fitted run (line), forecast made at the end of the fit window (median and 90 % band) and "
        "actual (points). The vertical scales differ.",
        wide=True,
        columns=min(2, len(panels)),
        vertical=f"{first.variable} ({first.unit})",
    )


def _panel(result: StudyResult, target: TargetResult) -> Panel:
    layers: tuple[Layer, ...] = (
        *window_spans(result.info),
        *forecast_bands(result, target),
        *run_lines(result, target),
        *cell_points(target, target.observed, say_weights=False),
    )
    return Panel(layers, window_axis(result.info), title=shown_title(result.info), height=2.8)
