"""A picture -> PNG, with matplotlib and the font that comes with it."""

from __future__ import annotations

import io
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from rcsd.report.diagram.shapes import Picture, Segment, Stroke, Words
from rcsd.report.drawing.letters import families, said_once
from rcsd.simulation.views.text import LINE

_PER_INCH = 96.0
_POINTS = 72.0 / _PER_INCH
"""Points to a pixel."""
_LARGEST = 16_000
"""Pixels of a side; a larger sheet is drawn smaller."""
_NARROWER, _NARROWER_BOLD = 0.88, 0.84
"""Size at which the font is about as wide as the one that text is measured in."""
_BASELINE = 0.82
_HALO = 3.0
_CODES = {"M": (Path.MOVETO,), "L": (Path.LINETO,), "C": (Path.CURVE4,) * 3, "Z": (Path.CLOSEPOLY,)}
_ALIGN = {"left": "right", "right": "left"}


def png_of(picture: Picture, *, scale: float = 2.0) -> bytes:
    """Return a picture as the bytes of a PNG file.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    scale : float
        Pixels of the file to a pixel of the picture.
    """
    box = picture.box
    scale = min(scale, _LARGEST / box.width, _LARGEST / box.height)
    figure = Figure(figsize=(box.width / _PER_INCH, box.height / _PER_INCH), dpi=_PER_INCH * scale, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(box.left, box.right)
    axes.set_ylim(box.bottom, box.top)
    order = 0
    for item in picture.items:
        for shape in item.shapes:
            order += 1
            if isinstance(shape, Words):
                _write(axes, shape, order)
            else:
                axes.add_patch(_patch(shape, order))
    stream = io.BytesIO()
    with said_once():
        figure.savefig(stream, format="png", dpi="figure", metadata={"Software": None})
    return stream.getvalue()


def _patch(stroke: Stroke, order: int) -> PathPatch:
    line = stroke.line if stroke.line else "none"
    dash = (0, tuple(length / stroke.width for length in stroke.dash)) if stroke.dash else "solid"
    return PathPatch(
        _path(stroke.segments),
        facecolor=stroke.fill or "none",
        edgecolor=line,
        linewidth=stroke.width * _POINTS,
        linestyle=dash,
        capstyle="butt",
        joinstyle="miter",
        zorder=order,
    )


def _path(segments: Iterable[Segment]) -> Path:
    places: list[tuple[float, float]] = []
    codes: list[int] = []
    for name, values in segments:
        codes += map(int, _CODES[name])
        places += list(zip(values[::2], values[1::2], strict=True)) if values else [places[0]]
    return Path(places, codes)


def _write(axes: Axes, words: Words, order: int) -> None:
    align = _ALIGN.get(words.side, "center")
    x = {"right": words.box.right, "left": words.box.left}.get(align, words.box.centre.x)
    for place, text in enumerate(words.lines):
        if not text:
            continue
        axes.text(
            x,
            words.box.top + words.size * (LINE * place + _BASELINE),
            text.replace("$", r"\$"),
            fontsize=words.size * (_NARROWER_BOLD if words.bold else _NARROWER) * _POINTS,
            color=words.colour,
            fontweight="bold" if words.bold else "normal",
            fontstyle="italic" if words.italic else "normal",
            fontfamily=families(),
            ha=align,
            va="baseline",
            zorder=order,
            path_effects=[withStroke(linewidth=_HALO * _POINTS, foreground=words.halo)] if words.halo else None,
        )
