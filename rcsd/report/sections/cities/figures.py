"""One series in all cities, side by side: the papers' Figures 5 and 6, and the life cycles together."""

import math
from collections.abc import Sequence

from matplotlib.layout_engine import ConstrainedLayoutEngine

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CITY_COLOURS, MUTED, WIDE, house_style, legend_below, new_figure, whole_numbers
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.sections.fit.figures import draw_runs
from rcsd.report.wording import places, shown_title
from rcsd.study.graph.result import StudyResult, TargetResult

_COLUMNS = 2


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
            whole_numbers(axes)
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
        f"{first.variable}, simulated (line) and actual (points). The vertical scales differ.",
        wide=True,
    )


def life_cycles_figure(results: Sequence[StudyResult]) -> Drawing:
    """Draw the innovation preference of every study that has one, in one frame."""
    with house_style():
        figure = new_figure((WIDE[0], 3.8))
        axes = figure.add_subplot()
        axes.axhline(0, color=MUTED, linewidth=0.8)
        named = [(result, result.life_cycle) for result in results if result.life_cycle is not None]
        for index, (result, cycle) in enumerate(named):
            colour = CITY_COLOURS[index % len(CITY_COLOURS)]
            path = result.simulated[cycle.preference]
            axes.plot(result.times, path, color=colour, label=shown_title(result.info))
        axes.set_ylabel("x < 0: technology leads\nx > 0: institutions lead")
        whole_numbers(axes)
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    return Drawing(
        "life-cycles",
        svg,
        png,
        f"Innovation preference of {places([result.info.title for result, _ in named])} over the years.",
        "The innovation preference x of every fitted run: below zero technology leads, above zero institutions do.",
        wide=True,
    )
