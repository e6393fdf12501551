"""The axes of a panel of a still figure."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING

import matplotlib.axis
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, LogLocator, MaxNLocator, NullFormatter, NullLocator

from rcsd.report.chart.axis import Axis
from rcsd.report.chart.layers import Cells
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.wording import number

if TYPE_CHECKING:
    from rcsd.report.chart.chart import Panel

_WRAP = 30
"""Letters to a line of a name beside a row."""
_MOST = 7
"""Labels of an axis of numbers."""
_MARKS = ((1.0,), (1.0, 3.0), (1.0, 2.0, 5.0), (1.0, 1.5, 2.0, 3.0, 5.0, 7.0))
"""What is labelled in each decade of a logarithmic axis: the most that still are few."""
_NAMES = 4
"""So many turned names have room for one number; of more, some are left out."""
_TICK = 0.62
"""Inches that a label of a horizontal axis takes."""


def wrapped(text: str, letters: int) -> str:
    """Break a text into at most three lines, words without an end too: what is longer would leave a figure no room."""
    return textwrap.fill(text, letters, max_lines=3, placeholder="…")


def set_axes(axes: Axes, panel: Panel, width: float) -> None:
    """Give a panel of some inches its scales, ends, ticks and labels; its layers are drawn."""
    if panel.x.kind == "log":
        axes.set_xscale("log")
    if panel.y.kind == "log":
        axes.set_yscale("log")
    axes.set_xlabel(wrapped(panel.x.label, 2 * _WRAP))
    axes.set_ylabel(wrapped(panel.y.label, _WRAP))
    if panel.x.kind == "time":
        time_along(axes, panel.x.clock)
    else:
        _set_ticks(axes.xaxis, panel.x, max(2, min(_MOST, int(width / _TICK) - 1)))
    _set_ticks(axes.yaxis, panel.y, max(_MOST, len(panel.y.names)))
    axes.set_xlim(panel.x.low, panel.x.high)
    ends = (panel.y.high, panel.y.low) if panel.y.kind == "names" else (panel.y.low, panel.y.high)
    axes.set_ylim(*ends)
    cells = any(isinstance(layer, Cells) for layer in panel.layers)
    if cells or "names" in (panel.x.kind, panel.y.kind):
        axes.grid(visible=False)
        axes.tick_params(length=0)
    if cells:
        axes.spines[:].set_visible(False)
        axes.tick_params(axis="x", rotation=40 if max(map(len, panel.x.names), default=0) > 4 else 0)  # noqa: PLR2004
        for label in axes.get_xticklabels():
            label.set(ha="right" if label.get_rotation() else "center", rotation_mode="anchor")


def _set_ticks(side: matplotlib.axis.Axis, axis: Axis, most: int) -> None:
    if axis.kind == "names":
        every = max(1, math.ceil(len(axis.names) / (_NAMES * most)))
        side.set_ticks(range(0, len(axis.names), every), [wrapped(name, _WRAP) for name in axis.names[::every]])
    elif axis.ticks is not None:
        side.set_ticks([at for at, _ in axis.ticks], [label for _, label in axis.ticks])
        side.set_minor_locator(NullLocator())
    elif axis.kind == "log":
        _label_powers(side)
    else:
        side.set_major_locator(MaxNLocator(most, integer=axis.whole, steps=[1, 2, 2.5, 5, 10]))


def _label_powers(side: matplotlib.axis.Axis) -> None:
    """Label a logarithmic axis with numbers: decades are formulas to matplotlib, and the house style reads none."""
    low, high = sorted(side.get_view_interval())
    found = [[at for at in LogLocator(subs=marks).tick_values(low, high) if low <= at <= high] for marks in _MARKS]
    few = [places for places in found if len(places) <= _MOST]
    side.set_major_locator(FixedLocator(few[-1] if few else found[0]))
    side.set_major_formatter(lambda at, _: number(at))
    side.set_minor_formatter(NullFormatter())
    side.set_minor_locator(NullLocator())
