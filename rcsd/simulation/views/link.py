"""What joins the elements of a sheet: arrows and pipes."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.simulation.views.geometry import Point
from rcsd.simulation.views.style import PLAIN, Style


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow of influence.

    Attributes
    ----------
    source, target : int
        Ids of the elements from which and to which it runs. An arrow at a flow may end at the valve or at the name.
    points : tuple of Point
        Where it passes between the two centres. None: a straight line. One with `curved`: the arc of the circle
        through the centre of the source, the point, and the centre of the target (Vensim's rule; XMILE's angle is the
        tangent of the same arc at the source). Otherwise the corners of a broken line.
    curved : bool
        Whether `points` lie on an arc.
    polarity : str
        What is written at its head: "+", "-", "s", "o", or "".
    initial : bool
        Whether it only sets an initial value; drawn broken.
    delayed : bool
        Whether it bears the two strokes of a delay.
    hidden : int
        Vensim's hide level; 0 is shown.
    thickness : float
        Of the line, in pixels; 0 is the notation's.
    style : Style
        What differs from the view's.
    """

    source: int
    target: int
    points: tuple[Point, ...] = ()
    curved: bool = True
    polarity: str = ""
    initial: bool = False
    delayed: bool = False
    hidden: int = 0
    thickness: float = 0.0
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Pipe:
    """The double line of a flow, from where it takes to where it gives.

    Attributes
    ----------
    valve : int
        Id of the valve that it runs through.
    source, target : int or None
        Ids of the stocks or clouds at its ends; None where a file draws none.
    points : tuple of Point
        At least two, from the source's to the target's edge (or centre; the drawing stops at the edge), with each
        corner between. The valve lies on it.
    both_ways : bool
        Whether it bears a head at the source as well.
    hidden : int
        Vensim's hide level; 0 is shown.
    style : Style
        What differs from the view's.
    """

    valve: int
    source: int | None
    target: int | None
    points: tuple[Point, ...]
    both_ways: bool = False
    hidden: int = 0
    style: Style = PLAIN
