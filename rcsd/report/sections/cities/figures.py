"""One series in all cities, side by side."""

import math
from collections.abc import Sequence

from matplotlib.layout_engine import ConstrainedLayoutEngine

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import WIDE, house_style, legend_below, new_figure
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.sections.fit.figures import draw_runs
from rcsd.report.sections.holdout.tables import baseline_error
from rcsd.report.wording import places, shown_title
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Standing

_COLUMNS = 2


def front_figure(results: Sequence[StudyResult], series: Sequence[Standing]) -> Drawing:
    """Draw the series in which the studies differ most; of studies that share none, the first of each."""
    first = shown_first(series)
    if first is not None:
        return series_figure(first.targets)
    return series_figure([(result, result[BACKTEST].targets[0]) for result in results])


def shown_first(series: Sequence[Standing]) -> Standing | None:
    """Pick the series whose forecasts differ most between the studies in what they are worth; None if none is shared.

    Worth is the error over that of the best benchmark forecast; the distance is that of its logarithms. Without a
    hold-out it is the first of the series that most studies have.
    """
    shared = [each for each in series if len(each.targets) > 1]
    return max(shared, key=lambda each: (len(each.targets), _spread(each)), default=None)


def _spread(standing: Standing) -> float:
    ratios = [
        math.log(score.error / best)
        for _, target in standing.targets
        if (score := target.holdout) is not None and score.error > 0
        and (best := baseline_error(score, score.best_baseline)) > 0
    ]  # fmt: skip
    return max(ratios) - min(ratios) if len(ratios) > 1 else 0.0


def series_figure(panels: Sequence[tuple[StudyResult, TargetResult]]) -> Drawing:
    """Draw one series of several studies as small multiples, two to a row, each on its own vertical scale."""
    rows = math.ceil(len(panels) / _COLUMNS)
    first = panels[0][1]
    with house_style():
        figure = new_figure((WIDE[0], 0.7 + 2.85 * rows))
        grid = figure.subplots(rows, _COLUMNS, squeeze=False)
        for axes, (result, target) in zip(grid.flat, panels, strict=False):
            shade_windows(axes, result.info)
            draw_runs(axes, result, target)
            draw_cells(axes, target, target.observed, say_weights=False)
            axes.set_xlim(*shown_years(result.info))
            axes.set_title(shown_title(result.info), pad=14)
            time_along(axes)
        for axes in grid.flat[len(panels) :]:
            axes.set_visible(False)
        engine = figure.get_layout_engine()
        if isinstance(engine, ConstrainedLayoutEngine):
            engine.set(hspace=0.06)
        figure.supylabel(f"{first.variable} ({first.unit})", fontsize=8.5, color="#333333")
        legend_below(figure, *grid.flat[: len(panels)])
        svg, png = save_bytes(figure)
    titles = places([result.info.title for result, _ in panels])
    return Drawing(
        f"cities-{first.name}",
        svg,
        png,
        f"{first.variable} simulated and observed in {titles}.",
        f"{first.variable}, fitted run (line), forecast made at the end of the fit window (median and 90 % band) and "
        "actual (points). The vertical scales differ.",
        wide=True,
    )
