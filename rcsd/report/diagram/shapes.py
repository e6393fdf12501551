"""What a picture is made of: lines, areas and text, in pixels, y downwards."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from rcsd.simulation.views import Box, Point, Side
from rcsd.simulation.views.curve import Arc

_KAPPA = 0.5522847498307936
"""Handles of a cubic that is a quarter of a circle, relative to the radius."""
_PIECE = math.pi / 4

Segment = tuple[str, tuple[float, ...]]
"""``M``, ``L``, ``C`` or ``Z`` and its coordinates, as in SVG."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or an area.

    Attributes
    ----------
    segments : tuple of Segment
        Its outline.
    line, fill : str or None
        ``#rrggbb``; None draws neither.
    width : float
        Of the line, in pixels.
    dash : tuple of float
        Lengths drawn and left out; none for a line without gaps.
    """

    segments: tuple[Segment, ...]
    line: str | None = None
    width: float = 1.0
    fill: str | None = None
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Text in lines.

    Attributes
    ----------
    lines : tuple of str
        From above.
    box : Box
        Around them, as measured.
    size : float
        The em, in pixels.
    side : str
        ``left``: the lines end at the right; ``right``: they begin at the left; otherwise they are centred.
    colour : str
        ``#rrggbb``.
    bold, italic, underline : bool
        Of the type.
    halo : str or None
        Colour of a seam around the letters, which holds lines behind them off.
    """

    lines: tuple[str, ...]
    box: Box
    size: float
    side: Side = "center"
    colour: str = "#000000"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    halo: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Shapes that belong together, with the words that a pointer over them shows.

    Attributes
    ----------
    shapes : tuple of Stroke or Words
        In order of drawing.
    key : str
        The variable, in canonical form; "" of none.
    title : str
        What is told of it.
    joins : tuple of str
        Of an arrow: the variables at its ends, in canonical form.
    """

    shapes: tuple[Stroke | Words, ...]
    key: str = ""
    title: str = ""
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, ready to be written.

    Attributes
    ----------
    title : str
        What it shows.
    box : Box
        The part of the plane that is seen.
    items : tuple of Item
        In order of drawing.
    """

    title: str
    box: Box
    items: tuple[Item, ...]


def polygon(*corners: Point) -> tuple[Segment, ...]:
    """Return a closed outline."""
    return (*line(*corners), ("Z", ()))


def line(*corners: Point) -> tuple[Segment, ...]:
    """Return a broken line."""
    return tuple(("L" if k else "M", (corner.x, corner.y)) for k, corner in enumerate(corners))


def rectangle(box: Box, radius: float = 0.0) -> tuple[Segment, ...]:
    """Return a box, with rounded corners if a radius is given."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    r = min(radius, box.width / 2, box.height / 2)
    if r <= 0:
        return polygon(Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom))
    k = r * (1 - _KAPPA)
    return (
        ("M", (left + r, top)),
        ("L", (right - r, top)),
        ("C", (right - k, top, right, top + k, right, top + r)),
        ("L", (right, bottom - r)),
        ("C", (right, bottom - k, right - k, bottom, right - r, bottom)),
        ("L", (left + r, bottom)),
        ("C", (left + k, bottom, left, bottom - k, left, bottom - r)),
        ("L", (left, top + r)),
        ("C", (left, top + k, left + k, top, left + r, top)),
        ("Z", ()),
    )


def ellipse(box: Box) -> tuple[Segment, ...]:
    """Return the ellipse that fills a box."""
    x, y, a, b = box.centre.x, box.centre.y, box.width / 2, box.height / 2
    p, q = a * _KAPPA, b * _KAPPA
    return (
        ("M", (x + a, y)),
        ("C", (x + a, y + q, x + p, y + b, x, y + b)),
        ("C", (x - p, y + b, x - a, y + q, x - a, y)),
        ("C", (x - a, y - q, x - p, y - b, x, y - b)),
        ("C", (x + p, y - b, x + a, y - q, x + a, y)),
        ("Z", ()),
    )


def arcs(pieces: tuple[Arc, ...]) -> tuple[Segment, ...]:
    """Return arcs, end to end."""
    if not pieces:
        return ()
    segments: list[Segment] = [("M", (pieces[0].start.x, pieces[0].start.y))]
    for piece in pieces:
        if piece.centre is None:
            segments.append(("L", (piece.stop.x, piece.stop.y)))
            continue
        count = max(math.ceil(abs(piece.sweep) / _PIECE), 1)
        step = piece.sweep / count
        handle = 4 / 3 * math.tan(step / 4) * piece.radius
        for k in range(count):
            a, b = piece.first + k * step, piece.first + (k + 1) * step
            start, stop = piece.at(k / count), piece.at((k + 1) / count)
            one = (start.x - handle * math.sin(a), start.y + handle * math.cos(a))
            two = (stop.x + handle * math.sin(b), stop.y - handle * math.cos(b))
            segments.append(("C", (*one, *two, stop.x, stop.y)))
    return tuple(segments)


def moved(item: Item, right: float, down: float) -> Item:
    """Return an item elsewhere."""
    return replace(item, shapes=tuple(_moved(shape, right, down) for shape in item.shapes))


def _moved(shape: Stroke | Words, right: float, down: float) -> Stroke | Words:
    if isinstance(shape, Words):
        box = shape.box
        return replace(shape, box=Box(box.left + right, box.top + down, box.right + right, box.bottom + down))
    shifts = (right, down)
    return replace(
        shape,
        segments=tuple(
            (name, tuple(value + shifts[k % 2] for k, value in enumerate(values))) for name, values in shape.segments
        ),
    )
