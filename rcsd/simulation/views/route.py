"""Arrows and pipes as they are drawn: from edge to edge of what they join."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rcsd.simulation.views.curve import Arc, arc_through
from rcsd.simulation.views.element import Element
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.label import Label
from rcsd.simulation.views.link import Link, Pipe

MARGIN = 2.5
"""Pixels between an arrow and what it joins."""
CLOUD_SEAM = 4.0
"""Pixels by which a cloud is drawn larger than its box."""
_SAMPLES = 96
_MOST_PLACES = 1000
_HALVINGS = 12
_ROUND = frozenset({"circle", "hexagon", "clockwise", "counterclockwise"})


@dataclass(frozen=True, slots=True)
class Route:
    """Where an arrow is seen.

    Attributes
    ----------
    pieces : tuple of Arc
        End to end; the last one ends at the head's tip. None where the two elements touch.
    """

    pieces: tuple[Arc, ...]

    def sampled(self, apart: float = 4.0) -> tuple[Point, ...]:
        """Return places on it, no more than some pixels apart; of a piece of many sheets' length fewer."""
        places = []
        for piece in self.pieces:
            steps = min(int(piece.length / apart) + 1, _MOST_PLACES)
            places += [piece.at(k / steps) for k in range(steps + 1)]
        return tuple(places)

    @property
    def direction(self) -> float:
        """The angle at which it arrives, in radians as x to y turns."""
        before, end = self.pieces[-1].at(0.97), self.pieces[-1].stop
        return math.atan2(end.y - before.y, end.x - before.x)


def drawn_box(element: Element) -> Box:
    """Return the box of an element's shape as it is drawn: a cloud is a little larger than Vensim has it."""
    return element.box.grown(CLOUD_SEAM) if element.kind == "cloud" else element.box


def route_of(link: Link, elements: Mapping[int, Element], labels: Mapping[int, Label]) -> Route:
    """Return where an arrow is seen.

    Parameters
    ----------
    link : Link
        The arrow.
    elements, labels : mapping of int
        The elements of its view by id, and the texts of those that have one.
    """
    source, target = elements[link.source], elements[link.target]
    pieces = _whole(link, source.centre, target.centre)
    leaves, arrives = _outline(source, labels), _outline(target, labels)
    pieces = _after(pieces, leaves)
    return Route(_before(pieces, arrives))


def _whole(link: Link, start: Point, stop: Point) -> tuple[Arc, ...]:
    if link.curved and len(link.points) == 1:
        return (arc_through(start, link.points[0], stop),)
    corners = [start, *link.points, stop]
    return tuple(Arc(a, b) for a, b in pairwise(corners) if a != b) or (Arc(start, stop),)


def _after(pieces: tuple[Arc, ...], inside: Callable[[Point], bool]) -> tuple[Arc, ...]:
    """Leave out what lies within the source's outline."""
    for k, piece in enumerate(pieces):
        if (share := _leaving(piece, inside)) is not None:
            return (piece.between(share, 1.0), *pieces[k + 1 :])
    return ()


def _before(pieces: tuple[Arc, ...], inside: Callable[[Point], bool]) -> tuple[Arc, ...]:
    """Leave out what lies within the target's outline."""
    for k in range(len(pieces) - 1, -1, -1):
        piece = pieces[k]
        backwards = Arc(piece.stop, piece.start, piece.centre, piece.radius, piece.first + piece.sweep, -piece.sweep)
        if (share := _leaving(backwards, inside)) is not None:
            return (*pieces[:k], piece.between(0.0, 1.0 - share))
    return ()


def _leaving(piece: Arc, inside: Callable[[Point], bool]) -> float | None:
    """Return the share of a piece after which it is first outside; None if it never is."""
    for k in range(_SAMPLES + 1):
        if not inside(piece.at(k / _SAMPLES)):
            low, high = max(k - 1, 0) / _SAMPLES, k / _SAMPLES
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                low, high = (middle, high) if inside(piece.at(middle)) else (low, middle)
            return high
    return None


def _outline(element: Element, labels: Mapping[int, Label]) -> Callable[[Point], bool]:
    """Return what tells whether a place is so near to an element that no arrow is drawn there."""
    box = drawn_box(element)
    if element.shape == "none" and element.kind not in ("valve", "cloud") and element.id in labels:
        box = labels[element.id].box
    if element.shape in _ROUND or element.kind == "cloud":
        return _within_ellipse(box.grown(MARGIN))
    return _within(box.grown(MARGIN))


def _within(box: Box) -> Callable[[Point], bool]:
    return lambda at: box.left <= at.x <= box.right and box.top <= at.y <= box.bottom


def _within_ellipse(box: Box) -> Callable[[Point], bool]:
    centre, wide, high = box.centre, box.width / 2, box.height / 2
    return lambda at: ((at.x - centre.x) / wide) ** 2 + ((at.y - centre.y) / high) ** 2 <= 1.0


def pipe_of(pipe: Pipe, elements: Mapping[int, Element]) -> tuple[Point, ...]:
    """Return the corners of a pipe, cut at the edges of what it joins; empty where they touch."""
    corners = list(pipe.points)
    for end, which in ((pipe.source, 0), (pipe.target, -1)):
        if end is not None:
            corners = _cut(corners, drawn_box(elements[end]), which)
    return tuple(corners)


def _cut(corners: list[Point], box: Box, which: int) -> list[Point]:
    """Cut a broken line at a box that one of its ends lies in."""
    ordered = corners if which == 0 else corners[::-1]
    inside = _within(box)
    for k in range(len(ordered) - 1):
        piece = Arc(ordered[k], ordered[k + 1])
        if not inside(piece.stop):
            kept = [piece.at(_leaving(piece, inside) or 0.0), *ordered[k + 1 :]]
            return kept if which == 0 else kept[::-1]
    return []
