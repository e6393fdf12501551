"""The layers of a panel as matplotlib draws them."""

from __future__ import annotations

from functools import singledispatch
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from rcsd.report.chart.layers import (
    Band,
    Boxes,
    Cells,
    Dash,
    Layer,
    Line,
    Mark,
    Points,
    Rule,
    Segments,
    Span,
    Words,
)
from rcsd.report.chart.shades import SHADES, dark
from rcsd.report.drawing.style import MUTED, OBSERVED

_DASHES: Final[dict[Dash, Any]] = {
    "solid": "-",
    "dashed": (0, (4, 2)),
    "dotted": (0, (1, 1.5)),
    "dashdot": (0, (5, 1, 1, 1)),
}
_MARKS: Final[dict[Mark, str]] = {
    "circle": "o", "dot": ".", "triangle": "^", "square": "s", "diamond": "D", "cross": "X", "tick": "|",
}  # fmt: skip
_PALE = 0.35


def draw_layer(axes: Axes, layer: Layer, order: float) -> None:
    """Draw a layer; what has the larger order lies on top."""
    _draw(layer, axes, order)


@singledispatch
def _draw(layer: Layer, axes: Axes, order: float) -> None:
    raise TypeError(f"a chart has no layer {type(layer).__name__}")


@_draw.register
def _(layer: Band, axes: Axes, order: float) -> None:
    x, low, high = (np.asarray(each, dtype=np.float64) for each in (layer.x, layer.low, layer.high))
    filled = layer.opacity > 0
    if filled:
        fill: dict[str, Any] = {
            "color": layer.colour,
            "alpha": layer.opacity,
            "zorder": order,
            "label": layer.label or None,
        }
        if len(x) == 1:  # a band over one place alone is a bar there
            axes.vlines(x, low, high, linewidth=7, **fill)
        else:
            axes.fill_between(x, low, high, linewidth=0, **fill)
    if layer.edge is not None:
        look: dict[str, Any] = {
            "color": layer.colour,
            "linestyle": _DASHES[layer.edge],
            "linewidth": 1.0,
            "zorder": order,
        }
        mark = "." if len(x) == 1 else ""
        axes.plot(x, low, marker=mark, label=None if filled else layer.label or None, **look)
        axes.plot(x, high, marker=mark, **look)


@_draw.register
def _(layer: Line, axes: Axes, order: float) -> None:
    axes.plot(
        layer.x,
        layer.y,
        color=layer.colour,
        linestyle=_DASHES[layer.dash],
        linewidth=layer.width,
        marker=_MARKS[layer.mark] if layer.mark else "." if len(layer.x) == 1 else "",
        markersize=4,
        zorder=order,
        label=layer.label or None,
    )


@_draw.register
def _(layer: Points, axes: Axes, order: float) -> None:
    # a tick has no inside, and what is drawn is its face
    ink: dict[str, Any] = {"color": layer.colour}
    if layer.mark != "tick":
        ink = {"facecolor": "white" if layer.hollow else layer.colour, "edgecolor": layer.colour}
    axes.scatter(
        layer.x,
        layer.y,
        s=layer.size**2,
        marker=_MARKS[layer.mark],
        linewidth=1.0,
        alpha=layer.opacity,
        zorder=order,
        label=layer.label or None,
        **ink,
    )


@_draw.register
def _(layer: Segments, axes: Axes, order: float) -> None:
    ends = np.array([[layer.x, layer.y], [layer.to_x, layer.to_y]], dtype=np.float64).transpose(2, 0, 1)
    axes.add_collection(
        LineCollection(
            list(ends),
            colors=layer.colour,
            linewidths=layer.width,
            alpha=layer.opacity,
            zorder=order,
            label=layer.label or None,
            capstyle="butt",
        )
    )
    axes.autoscale_view()


@_draw.register
def _(layer: Boxes, axes: Axes, order: float) -> None:
    sides = np.array([layer.left, layer.right, layer.low, layer.high], dtype=np.float64).T
    axes.add_collection(
        PatchCollection(
            [Rectangle((left, low), right - left, high - low) for left, right, low, high in sides],
            facecolor=layer.colour,
            alpha=layer.opacity,
            linewidth=0,
            zorder=order,
        )
    )
    if layer.label:
        axes.fill_between(
            [], [], [], color=layer.colour, alpha=layer.opacity, linewidth=0, zorder=order, label=layer.label
        )
    axes.autoscale_view()


@_draw.register
def _(layer: Span, axes: Axes, order: float) -> None:
    del order
    shade = axes.axvspan if layer.along == "x" else axes.axhspan
    shade(layer.low, layer.high, color=layer.colour, linewidth=0, zorder=0, label=layer.label or None)
    if layer.title:
        # Above the frame, where no curve can run through the words.
        axes.annotate(
            layer.title,
            xy=((layer.low + layer.high) / 2, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=7,
            color=MUTED,
        )


@_draw.register
def _(layer: Rule, axes: Axes, order: float) -> None:
    draw = axes.axhline if layer.along == "y" else axes.axvline
    draw(
        layer.at,
        color=layer.colour,
        linestyle=_DASHES[layer.dash],
        linewidth=layer.width,
        zorder=order,
        label=layer.label or None,
    )


@_draw.register
def _(layer: Cells, axes: Axes, order: float) -> None:
    shades = LinearSegmentedColormap.from_list("cells", SHADES[layer.shades])
    opacity = None if layer.pale is None else np.where(layer.pale, _PALE, 1.0)
    image = axes.imshow(
        np.clip(layer.values, layer.low, layer.high),
        cmap=shades,
        vmin=layer.low,
        vmax=layer.high,
        aspect="auto",
        alpha=opacity,
        zorder=order,
    )
    for row, texts in enumerate(layer.texts):
        for column, text in enumerate(texts):
            pale = layer.pale is not None and bool(layer.pale[row, column])
            white = not pale and dark(layer, row, column)
            colour = "white" if white else "#8A8A8A" if pale else OBSERVED
            axes.text(column, row, text, ha="center", va="center", fontsize=6.5, color=colour, zorder=order)
    if layer.label and axes.figure is not None:
        axes.figure.colorbar(image, ax=axes, label=layer.label, shrink=0.8, pad=0.02)


@_draw.register
def _(layer: Words, axes: Axes, order: float) -> None:
    axes.text(
        layer.x, layer.y, layer.text, transform=axes.transAxes, ha="center", va="center", fontsize=8, color=MUTED,
        zorder=order,
    )  # fmt: skip
