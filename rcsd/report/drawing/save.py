"""A figure as SVG and PNG bytes that are the same every time, drawn when they are first asked for."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from matplotlib.figure import Figure

from rcsd.report.drawing.letters import said_once
from rcsd.report.drawing.style import house_style
from rcsd.shown import in_one_line

Render = Callable[[], bytes]
_SHOWN = 100
"""Letters of its text that a figure shows of itself."""


class Picture(Protocol):
    """What a page or a folder needs of a figure: a `Drawing`, or a `rcsd.report.chart.Chart`."""

    @property
    def name(self) -> str:
        """File name without suffix."""

    @property
    def svg(self) -> bytes:
        """The figure as SVG."""

    @property
    def png(self) -> bytes:
        """The figure as PNG."""

    @property
    def alt(self) -> str:
        """What a reader who cannot see it needs to know."""

    @property
    def caption(self) -> str:
        """What stands under it."""

    @property
    def wide(self) -> bool:
        """Whether it fills the page's width."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure, ready to be written or put into a page.

    Attributes
    ----------
    name : str
        File name without suffix, unique within a report.
    render_svg, render_png : callable
        Give the figure in each format, without date or version, so that equal data give equal bytes.
    alt : str
        What a reader who cannot see the figure needs to know.
    caption : str
        What stands under the figure.
    wide : bool
        Whether it fills the page's width.
    """

    name: str
    render_svg: Render
    render_png: Render
    alt: str
    caption: str
    wide: bool = False

    def __repr__(self) -> str:
        return in_one_line("Drawing", self.name, self.alt[:_SHOWN])

    def _repr_svg_(self) -> str:
        """Show the figure in a notebook."""
        return self.svg.decode("utf-8")

    @property
    def svg(self) -> bytes:
        """The figure as SVG."""
        return self.render_svg()

    @property
    def png(self) -> bytes:
        """The figure as PNG."""
        return self.render_png()


def save_bytes(figure: Figure) -> tuple[Render, Render]:
    """Return what gives `figure` as SVG and as PNG; it is drawn once, when the first of the two is asked for."""
    rendering = _Rendering(figure)
    return rendering.svg, rendering.png


class _Rendering:
    """A figure until it is drawn, and its bytes from then on."""

    def __init__(self, figure: Figure) -> None:
        self._figure: Figure | None = figure
        self._bytes = (b"", b"")

    def svg(self) -> bytes:
        return self._drawn()[0]

    def png(self) -> bytes:
        return self._drawn()[1]

    def _drawn(self) -> tuple[bytes, bytes]:
        if self._figure is not None:
            self._bytes = _draw(self._figure)
            self._figure = None
        return self._bytes


def _draw(figure: Figure) -> tuple[bytes, bytes]:
    svg, png = io.BytesIO(), io.BytesIO()
    with house_style(), said_once():
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.set_layout_engine("none")  # what the layout has placed stays there, for it is a third of the work
        figure.savefig(png, format="png", metadata={"Software": None})
    return svg.getvalue(), png.getvalue()
