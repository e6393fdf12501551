"""Elements of a view -> shapes."""

from __future__ import annotations

import math

from rcsd.report.diagram.ink import FRAME, PALE, PAPER, Ink, text_colour, tone
from rcsd.report.diagram.shapes import Segment, Stroke, Words, arcs, ellipse, line, polygon, rectangle
from rcsd.simulation.views import Box, Element, Label, Point, View
from rcsd.simulation.views.curve import Arc
from rcsd.simulation.views.route import drawn_box

_BUMPS = ((-0.30, 0.16, 0.21), (-0.22, -0.14, 0.22), (0.04, -0.24, 0.25), (0.28, -0.08, 0.21), (0.27, 0.18, 0.19))
_DASH = (4.0, 3.0)
_HANDLE = 6.0
_UPRIGHT = 1.2
_LIGHT = "#f4f6f8"


def shapes_of(element: Element, view: View, ink: Ink, *, upright: bool = False) -> tuple[Stroke, ...]:
    """Return the outline of an element; `upright` tells that a valve stands on an upright pipe."""
    box = drawn_box(element)
    line_colour = tone(element.style.border) or ink.shape
    if element.kind == "cloud":
        return _cloud(box, ink.pipe)
    if element.kind == "valve":
        return _spigot(box, line_colour) if view.notation == "stella" else _hourglass(box, ink.pipe, upright=upright)
    if element.kind == "group":
        return (Stroke(rectangle(box, 6.0), tone(element.style.border) or FRAME, 1.0, None),)
    if element.kind in ("control", "image"):
        return (Stroke(rectangle(box, 3.0), FRAME, 1.0, _LIGHT),)
    fill = _fill(element, view)
    dash = _DASH if element.kind == "shadow" and element.shape != "none" else ()
    width = 1.6 if element.kind == "stock" else ink.line
    if element.kind == "shadow":
        line_colour = tone(element.style.border) if view.notation == "stella" else None
        line_colour = line_colour or PALE
    if element.shape == "box":
        radius = 5.0 if element.kind == "module" else 0.0
        return (Stroke(rectangle(box, radius), line_colour, width, fill, dash),)
    if element.shape in ("circle", "hexagon"):
        outline = ellipse(box) if element.shape == "circle" else _hexagon(box)
        return (Stroke(outline, line_colour, width, fill, dash),)
    if element.shape in ("clockwise", "counterclockwise"):
        return _turning(box, ink.arrow, 1 if element.shape == "clockwise" else -1)
    return ()


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


def _fill(element: Element, view: View) -> str | None:
    """Return what a shape is filled with: text beside it needs no room within, text alone no ground."""
    own = tone(element.style.fill)
    if own is not None and own != PAPER:
        return own
    if element.kind == "comment":
        return own
    return PAPER


def _cloud(box: Box, colour: str) -> tuple[Stroke, ...]:
    """Circles with their outlines, and once more without, so that the outlines within are covered."""
    bumps = []
    for x, y, r in _BUMPS:
        centre = Point(box.centre.x + x * box.width, box.centre.y + y * box.height * 1.1)
        bumps.append(Box.around(centre, 2 * r * box.width, 2 * r * box.height * 1.15))
    outer = tuple(Stroke(ellipse(bump), colour, 1.2, PAPER) for bump in bumps)
    inner = tuple(Stroke(ellipse(bump.grown(-0.3)), None, 0.0, PAPER) for bump in bumps)
    middle = Stroke(ellipse(Box.around(box.centre, box.width * 0.5, box.height * 0.5)), None, 0.0, PAPER)
    return (*outer, *inner, middle)


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
