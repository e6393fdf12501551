"""Objects 1 of a sketch -> arrows and pipes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rcsd.simulation.views.element import Element
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.link import Link, Pipe
from rcsd.simulation.views.style import PLAIN, Style
from rcsd.simulation.views.vensim.fields import Row, colour

ARROW = 1
_DOUBLE = 20
"""A line thicker than this is a pipe."""
_ARC = 1
_NO_HEAD = 32
_FIRST_DRAWN = 64
_INITIAL = 1
_DELAYED = 1
_POINT = re.compile(r"\((-?\d+),(-?\d+)\)")
_STRAIGHT = 8.0
"""Pixels by which a corner may miss a pipe's line and lie on it all the same."""
_TENS = 10


@dataclass(frozen=True, slots=True)
class Half:
    """Half a pipe: from its valve to one end.

    Attributes
    ----------
    valve, end : int
        Ids.
    points : tuple of Point
        Corners, from the valve on.
    is_source, has_head : bool
        Whether it was drawn as where the flow comes from; whether an arrowhead is at its end.
    hidden : int
        Hide level.
    style : Style
        Of its line.
    """

    valve: int
    end: int
    points: tuple[Point, ...]
    is_source: bool
    has_head: bool
    hidden: int
    style: Style


def arrow_of(row: Row, elements: Mapping[int, Element]) -> Link | Half:
    """Read one arrow: its two ends, shape, hide level, polarity, thickness, what is its own, delay, initial, colours.

    Raises
    ------
    ValueError
        If an end of it is no element of the view.
    """
    source, target = row.integer(0), row.integer(1)
    for end in (source, target):
        if end not in elements:
            raise ValueError(f"no object {end} in its view")
    shape, thickness = row.flags(2), row.flags(5)
    points = tuple(Point(float(x), float(y)) for x, y in _POINT.findall(",".join(row.fields[11:])))
    style = Style(colour=colour(row.at(9))) if row.flags(6) & 1 else PLAIN
    if thickness > _DOUBLE and "valve" in (elements[source].kind, elements[target].kind):
        if elements[source].kind != "valve":
            source, target = target, source
        return Half(source, target, points, bool(shape & _FIRST_DRAWN), not shape & _NO_HEAD, row.flags(3), style)
    polarity = row.flags(4)
    bent = _bent(points, elements[source].centre, elements[target].centre) if shape else ()
    return Link(
        source,
        target,
        bent,
        curved=shape == _ARC,
        polarity=chr(polarity) if 33 <= polarity < 127 else "",  # noqa: PLR2004 - what ASCII can print
        initial=bool(row.flags(8) & _INITIAL),
        delayed=bool(row.flags(7) & _DELAYED),
        hidden=row.flags(3),
        thickness=float(thickness % _TENS),
        style=style,
    )


def _bent(points: tuple[Point, ...], start: Point, stop: Point) -> tuple[Point, ...]:
    """Leave out (0, 0), which stands for no point."""
    return tuple(point for point in points if (point.x, point.y) != (0, 0) and point not in (start, stop))


def pipes_of(halves: Sequence[Half], elements: Mapping[int, Element]) -> tuple[Pipe, ...]:
    """Join the halves at each valve to pipes, from where the flow comes to where it goes."""
    of_valve: dict[int, list[Half]] = {}
    for half in halves:
        of_valve.setdefault(half.valve, []).append(half)
    return tuple(_pipe(valve, some, elements) for valve, some in of_valve.items())


def _pipe(valve: int, halves: list[Half], elements: Mapping[int, Element]) -> Pipe:
    """Take the half without a head as the source; between two with heads, the one that was drawn first."""
    ordered = sorted(halves, key=lambda half: (half.has_head, not half.is_source))
    source = ordered[0] if len(ordered) > 1 or not ordered[0].has_head else None
    target = ordered[-1] if ordered[-1] is not source else None
    middle = elements[valve].centre
    before = _leg(middle, source, elements)[::-1] if source else ()
    after = _leg(middle, target, elements) if target else ()
    return Pipe(
        valve,
        source.end if source else None,
        target.end if target else None,
        (*before, middle, *after),
        both_ways=source is not None and source.has_head,
        hidden=max(half.hidden for half in halves),
        style=ordered[0].style,
    )


def _leg(middle: Point, half: Half, elements: Mapping[int, Element]) -> tuple[Point, ...]:
    """Return the corners from the valve to the element, along lines that are upright or level."""
    box = elements[half.end].box
    corners = [middle]
    for point in half.points:
        straight = _aligned(corners[-1], point)
        if math.dist((straight.x, straight.y), (corners[-1].x, corners[-1].y)) > 1:
            corners.append(straight)
    corners += _towards(corners, box)
    return tuple(corners[1:])


def _aligned(before: Point, point: Point) -> Point:
    if abs(point.x - before.x) <= _STRAIGHT < abs(point.y - before.y):
        return Point(before.x, point.y)
    if abs(point.y - before.y) <= _STRAIGHT < abs(point.x - before.x):
        return Point(point.x, before.y)
    return point


def _towards(corners: list[Point], box: Box) -> list[Point]:
    """Go on from the last corner into the box: level or upright if it lies there, otherwise around one more corner."""
    last = corners[-1]
    level, upright = box.top <= last.y <= box.bottom, box.left <= last.x <= box.right
    if level and upright:
        return []
    if level:
        return [Point(box.centre.x, last.y)]
    if upright:
        return [Point(last.x, box.centre.y)]
    along = len(corners) > 1 and abs(corners[-2].x - last.x) < abs(corners[-2].y - last.y)
    corner = Point(last.x, box.centre.y) if along else Point(box.centre.x, last.y)
    return [corner, box.centre]
