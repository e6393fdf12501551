"""A chart as a still figure: SVG and PNG for paper, and for readers without script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from rcsd.report.chart.still_axes import set_axes, wrapped
from rcsd.report.chart.still_layers import draw_layer
from rcsd.report.drawing.save import save_bytes
from rcsd.report.drawing.style import CARD, WIDE, house_style, new_figure

if TYPE_CHECKING:
    from rcsd.report.chart.chart import Chart, Panel

_LETTER = 0.066
"""Inches that a letter of a legend takes, on the long side."""
_HANDLE = 0.6
"""Inches of what stands before an entry, and of the gap behind it."""
_LONGEST = 60
"""Letters of a line of an entry."""
_LINE = 0.18
"""Inches of a line of the legend."""
_LETTERS = 7
"""Letters of a panel's title to an inch."""


def draw_still(chart: Chart) -> tuple[bytes, bytes]:
    """Draw a chart; return it as SVG and as PNG."""
    with house_style():
        svg, png = save_bytes(_figure(chart))
    return svg(), png()


def _figure(chart: Chart) -> Figure:
    rows = placed(chart)
    width = WIDE[0] if chart.wide else CARD[0]
    heights = [max(panel.height for panel in row) for row in rows]
    figure = new_figure((width, sum(heights)))
    grid = figure.add_gridspec(
        len(rows), chart.columns, height_ratios=heights, width_ratios=chart.widths or [1.0] * chart.columns
    )
    frames = []
    for i, row in enumerate(rows):
        for j, panel in enumerate(row):
            frames.append(figure.add_subplot(grid[i, :] if panel.across else grid[i, j]))
            last = i + 1 == len(rows)
            own = width if panel.across else width / chart.columns
            _draw(frames[-1], panel, own, labelled=last or chart.columns > 1 or not chart.linked)
    if chart.vertical:
        figure.supylabel(chart.vertical, fontsize=8.5, color="#333333")
    lines = _legend(figure, frames, width)
    figure.set_figheight(sum(heights) + _LINE * lines)
    engine = figure.get_layout_engine()
    if isinstance(engine, ConstrainedLayoutEngine):
        engine.set(hspace=0.05)
    return figure


def placed(chart: Chart) -> list[list[Panel]]:
    """Return the panels of a chart row by row; one that goes across has a row to itself."""
    rows: list[list[Panel]] = [[]]
    for panel in chart.panels:
        full = len(rows[-1]) == chart.columns or any(each.across for each in rows[-1])
        if rows[-1] and (full or panel.across):
            rows.append([])
        rows[-1].append(panel)
    return rows


def _draw(axes: Axes, panel: Panel, width: float, *, labelled: bool) -> None:
    for place, layer in enumerate(panel.layers):
        draw_layer(axes, layer, 2 + place / 100)
    set_axes(axes, panel, width)
    axes.tick_params(labelbottom=labelled)
    if panel.title:
        over = any(getattr(layer, "title", "") for layer in panel.layers)
        axes.set_title(wrapped(panel.title, round(_LETTERS * width) + 4), pad=14 if over else None)


def _legend(figure: Figure, frames: Sequence[Axes], width: float) -> int:
    """Put one legend for all panels under the figure, a label listed once; return its lines."""
    entries: dict[str, Artist] = {}
    for axes in frames:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    if not entries:
        return 0
    # What lies on top comes first: the data, then the model, then what it is compared with.
    order = sorted(entries, key=lambda label: -entries[label].get_zorder())
    columns = max(1, min(len(order), int(width / (_HANDLE + _LETTER * min(_LONGEST, max(map(len, order)))))))
    figure.legend(
        [entries[label] for label in order],
        [wrapped(label, _LONGEST) for label in order],
        loc="outside lower center",
        ncols=columns,
        handlelength=2.4,
        columnspacing=1.4,
    )
    return math.ceil(len(order) / columns)
