"""Elements of a view -> shapes."""

from __future__ import annotations

import math
from collections.abc import Callable

from rcsd.report.diagram.ink import FRAME, PALE, PAPER, Ink, text_colour, tone
from rcsd.report.diagram.shapes import Segment, Stroke, Words, arcs, ellipse, line, polygon, rectangle
from rcsd.simulation.views import Box, Element, Label, Point, View
from rcsd.simulation.views.curve import Arc, arc_through
from rcsd.simulation.views.route import drawn_box

_BUMPS = (15.0, 65.0, 115.0, 165.0, 215.0, 275.0, 330.0)
"""Degrees at which the bumps of a cloud meet."""
_WAIST = 0.36
_DASH = (4.0, 3.0)
_ROUNDED = 5.0
_STOCK = 1.6
"""Width of a stock's outline."""
_HANDLE = 6.0
_LIGHT = "#f4f6f8"


def shapes_of(element: Element, view: View, ink: Ink, *, upright: bool = False) -> tuple[Stroke, ...]:
    """Return the outline of an element; `upright` tells that a valve stands on an upright pipe."""
    box = drawn_box(element)
    own = tone(element.style.border)
    match element.kind:
        case "cloud":
            return _cloud(box, ink.pipe)
        case "valve" if view.notation == "stella":
            return _spigot(box, own or ink.shape)
        case "valve":
            return _hourglass(box, ink.pipe, upright=upright)
        case "group":
            return (Stroke(rectangle(box, 6.0), own or FRAME),)
        case "control" | "image":
            return (Stroke(rectangle(box, 3.0), FRAME, fill=_LIGHT),)
        case _:
            return _outline(element, view, ink)


def _outline(element: Element, view: View, ink: Ink) -> tuple[Stroke, ...]:
    """Return the outline that a variable or a comment has by its shape; none for text alone."""
    box, is_shadow = element.box, element.kind == "shadow"
    if element.shape in ("clockwise", "counterclockwise"):
        return _turning(box, ink.arrow, 1 if element.shape == "clockwise" else -1)
    outlines: dict[str, Callable[[Box], tuple[Segment, ...]]] = {
        "box": lambda box: rectangle(box, _ROUNDED if element.kind == "module" else 0.0),
        "circle": ellipse,
        "hexagon": _hexagon,
    }
    if element.shape not in outlines:
        return ()
    default = PALE if is_shadow and view.notation == "vensim" else ink.shape
    colour = default if is_shadow and view.notation == "vensim" else tone(element.style.border) or default
    width = _STOCK if element.kind == "stock" else ink.line
    return (Stroke(outlines[element.shape](box), colour, width, _fill(element), _DASH if is_shadow else ()),)


def words_of(element: Element, label: Label, view: View, ink: Ink) -> Words:
    """Return the text of an element."""
    style = element.style.over(view.style)
    colour = text_colour(element.style, ink.text)
    if element.kind == "shadow" and element.style.colour is None:
        colour = PALE
    if element.kind in ("group", "control"):
        colour = text_colour(element.style, "#5f6b78")
    return Words(
        label.lines,
        label.box,
        label.size,
        label.side,
        colour,
        bool(style.bold),
        bool(style.italic),
        bool(style.underline),
        PAPER if element.shape == "none" or label.side != "center" else None,
    )


def _fill(element: Element) -> str | None:
    """Return what a shape is filled with: text beside it needs no room within, text alone no ground."""
    own = tone(element.style.fill)
    if own is not None and own != PAPER:
        return own
    if element.kind == "comment":
        return own
    return PAPER


def _cloud(box: Box, colour: str) -> tuple[Stroke, ...]:
    """Bumps around an ellipse, unequal as a cloud's are."""
    waists = [_on(box, angle, _WAIST) for angle in _BUMPS]
    pieces = []
    for k, start in enumerate(waists):
        after = (k + 1) % len(_BUMPS)
        middle = (_BUMPS[k] + (_BUMPS[after] - _BUMPS[k]) % 360 / 2) % 360
        pieces.append(arc_through(start, _on(box, middle, 0.5), waists[after]))
    return (Stroke((*arcs(tuple(pieces)), ("Z", ())), colour, 1.2, PAPER),)


def _on(box: Box, degrees: float, share: float) -> Point:
    """Return the place at an angle on the ellipse that takes a share of a box's width and height from its middle."""
    angle = math.radians(degrees)
    return Point(
        box.centre.x + share * box.width * math.cos(angle), box.centre.y + share * box.height * math.sin(angle)
    )


def _hourglass(box: Box, colour: str, *, upright: bool) -> tuple[Stroke, ...]:
    """Two triangles, tip to tip, across the pipe."""
    centre = box.centre
    across, along = (max(box.width, box.height) / 2, min(box.width, box.height) / 2)
    if upright:
        corners = ((-across, -along), (-across, along), (across, -along), (across, along))
    else:
        corners = ((-along, -across), (along, -across), (-along, across), (along, across))
    points = [Point(centre.x + x, centre.y + y) for x, y in corners]
    return tuple(Stroke(polygon(points[k], points[k + 1], centre), colour, 1.0, colour) for k in (0, 2))


def _spigot(box: Box, colour: str) -> tuple[Stroke, ...]:
    """Stella's circle with a handle."""
    x, top = box.centre.x, box.top
    stem = Stroke(line(Point(x, top), Point(x, top - _HANDLE)), colour, 1.2)
    bar = Stroke(line(Point(x - _HANDLE, top - _HANDLE), Point(x + _HANDLE, top - _HANDLE)), colour, 1.8)
    return (stem, bar, Stroke(ellipse(box), colour, 1.2, PAPER))


def _hexagon(box: Box) -> tuple[Segment, ...]:
    inset, y = box.width / 5, box.centre.y
    return polygon(
        Point(box.left, y),
        Point(box.left + inset, box.top),
        Point(box.right - inset, box.top),
        Point(box.right, y),
        Point(box.right - inset, box.bottom),
        Point(box.left + inset, box.bottom),
    )


def _turning(box: Box, colour: str, sense: int) -> tuple[Stroke, ...]:
    """Three quarters of a circle with a head: the sign of a loop."""
    radius = max(min(box.width, box.height) / 2 - 2, 4.0)
    centre = box.centre
    first, sweep = -math.pi / 2 + sense * math.pi / 4, sense * 1.5 * math.pi
    arc = Arc(centre, centre, centre, radius, first, sweep)
    placed = Arc(arc.at(0), arc.at(1), centre, radius, first, sweep)
    heading = first + sweep + sense * math.pi / 2
    return (Stroke(arcs((placed,)), colour, 1.1), head(placed.stop, heading, colour, 6.0, 5.0))


def head(tip: Point, heading: float, colour: str, long: float = 8.5, wide: float = 6.5) -> Stroke:
    """Return an arrowhead whose tip is at a place."""
    back = Point(tip.x - long * math.cos(heading), tip.y - long * math.sin(heading))
    aside = (-math.sin(heading) * wide / 2, math.cos(heading) * wide / 2)
    corners = (tip, Point(back.x + aside[0], back.y + aside[1]), Point(back.x - aside[0], back.y - aside[1]))
    return Stroke(polygon(*corners), colour, 0.4, colour)
