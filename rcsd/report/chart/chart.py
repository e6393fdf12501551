"""A figure as a description: its panels, and what a reader who cannot see it needs to know."""

from __future__ import annotations

from dataclasses import dataclass, field

from rcsd.report.chart.axis import Axis, linear
from rcsd.report.chart.layers import Layer
from rcsd.report.chart.still import draw_still
from rcsd.shown import in_one_line

_SHOWN = 100
"""Letters of its text that a chart shows of itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A frame with two axes and what it shows.

    Attributes
    ----------
    layers : tuple of Layer
        From the lowest to the one on top.
    x, y : Axis
        The axes.
    title : str
        What stands over it, or empty.
    height : float
        Of the frame with its labels, in inches.
    across : bool
        Whether it has a row of the figure to itself.
    """

    layers: tuple[Layer, ...]
    x: Axis = field(default_factory=linear)
    y: Axis = field(default_factory=linear)
    title: str = ""
    height: float = 3.2
    across: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chart:
    """A figure that is drawn twice from one description: still as SVG and PNG, and live in the page.

    It stands where a `rcsd.report.drawing.save.Drawing` does.

    Attributes
    ----------
    name : str
        File name without suffix, unique within a report.
    panels : tuple of Panel
        Row by row; those that stand in a column share its horizontal axis if `linked`.
    alt : str
        What a reader who cannot see the figure needs to know.
    caption : str
        What stands under the figure.
    wide : bool
        Whether it fills the page's width.
    columns : int
        Panels to a row.
    widths : tuple of float
        Of the columns, relative to each other; empty where all are alike.
    linked : bool
        Whether zooming one panel zooms the horizontal axes of all.
    vertical : str
        What the vertical axes of all panels measure, or empty where each says it.
    """

    name: str
    panels: tuple[Panel, ...]
    alt: str
    caption: str
    wide: bool = False
    columns: int = 1
    widths: tuple[float, ...] = ()
    linked: bool = False
    vertical: str = ""
    _drawn: list[tuple[bytes, bytes]] = field(default_factory=list, init=False)

    def __repr__(self) -> str:
        return in_one_line("Chart", self.name, self.alt[:_SHOWN])

    def _repr_svg_(self) -> str:
        """Show the figure in a notebook."""
        return self.svg.decode("utf-8")

    @property
    def svg(self) -> bytes:
        """The figure as SVG, the same bytes each time."""
        return self._still()[0]

    @property
    def png(self) -> bytes:
        """The figure as PNG, the same bytes each time."""
        return self._still()[1]

    def _still(self) -> tuple[bytes, bytes]:
        """Draw it when it is first asked for, and once."""
        if not self._drawn:
            self._drawn.append(draw_still(self))
        return self._drawn[0]
