"""What stands on a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.style import PLAIN, Style

Kind = Literal[
    "stock", "auxiliary", "flow", "valve", "cloud", "shadow", "comment", "group", "module", "control", "image"
]
Shape = Literal["none", "box", "circle", "hexagon", "clockwise", "counterclockwise"]
Side = Literal["center", "top", "bottom", "left", "right"]

NAMED: frozenset[Kind] = frozenset({"stock", "auxiliary", "flow", "shadow", "module"})
"""The kinds that stand for a variable (or a module) and bear its name."""


@dataclass(frozen=True, slots=True)
class Element:
    r"""One thing on a sheet.

    A flow is two elements and a pipe: the ``valve`` on the pipe, and the ``flow``, which is its name as text, wherever
    that stands. Both bear the flow's name; `valve` of the text is the valve's `id`.

    Attributes
    ----------
    id : int
        Unique in its view; links and pipes refer to it.
    kind : str
        ``stock``, ``auxiliary`` (also constants and tables), ``flow`` (the name of a flow), ``valve``, ``cloud``,
        ``shadow`` (a second appearance of a variable: Vensim's shadow variable, XMILE's alias), ``comment`` (text, or a
        bare shape), ``group`` (a frame around others; in Vensim a comment's box), ``module``, ``control`` (a slider,
        graph or table of an interface), ``image``.
    centre : Point
        Of the shape.
    width, height : float
        Of the shape, whole, in pixels. Text with `side` ``center`` is broken to this width (0: not broken).
    name : str
        Of the variable, as its file spells it but with blanks and without quotes; "" for what has none.
    text : str
        Of a comment, a group or a control; of what has a name: the name as the modeller has broken it, "" where that is
        nowhere. Lines are parted by ``\n``.
    side : str
        Where the text stands: ``center``, or beside the shape.
    shape : str
        The outline. ``none``: text alone. ``clockwise``, ``counterclockwise``: the turning arrow of a loop.
    valve : int or None
        Of a ``flow``: its valve's id.
    hidden : int
        Vensim's hide level; 0 is shown.
    style : Style
        What differs from the view's.
    """

    id: int
    kind: Kind
    centre: Point
    width: float
    height: float
    name: str = ""
    text: str = ""
    side: Side = "center"
    shape: Shape = "none"
    valve: int | None = None
    hidden: int = 0
    style: Style = PLAIN

    @property
    def box(self) -> Box:
        """The box of the shape, without text that stands beside it."""
        return Box.around(self.centre, self.width, self.height)
