"""Small plots of what moved: the old model and the new one, with the bands of their draws."""

from __future__ import annotations

import re

from matplotlib.axes import Axes

from rcsd.analysis.difference.behaviour.difference import BehaviourDifference, Moved
from rcsd.report.difference.words import share
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import FORECAST, MUTED, OBSERVED, SIMULATED, house_style, legend_below, new_figure

_SIZE = (3.8, 3.6)


def draw_moved(behaviour: BehaviourDifference, moved: Moved) -> Drawing:
    """Draw one variable in both base runs, and below how far the new model lies from the old one in the same draws."""
    with house_style():
        figure = new_figure(_SIZE)
        courses, gap = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        courses.plot(behaviour.times, moved.old, color=OBSERVED, linestyle=(0, (4, 1.5)), label="old", zorder=3)
        courses.plot(behaviour.times, moved.new, color=FORECAST, label="new", zorder=4)
        courses.set_title(moved.name, fontsize=8.5, wrap=True)
        courses.set_ylabel(moved.unit)
        _draw_gap(gap, behaviour, moved)
        legend_below(figure, courses, gap)
    svg, png = save_bytes(figure)
    name = re.sub(r"\W+", "-", moved.name).strip("-") or "variable"
    return Drawing(
        name,
        svg,
        png,
        alt=f"{moved.name} in the old and in the new model; they differ by {share(moved.base)} of its range at most.",
        caption=f"Differs by {share(moved.base)} of its range in the base run, most at {moved.at:g}.",
    )


def _draw_gap(axes: Axes, behaviour: BehaviourDifference, moved: Moved) -> None:
    axes.axhline(0.0, color=MUTED, linewidth=0.8)
    if moved.gap is not None:
        low, high = moved.gap.low, moved.gap.high
        axes.fill_between(behaviour.times, low, high, color=SIMULATED, alpha=0.2, linewidth=0, label="90 % of draws")
    axes.plot(behaviour.times, moved.new - moved.old, color=SIMULATED, label="new less old", zorder=3)
