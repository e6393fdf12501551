"""Arrows and pipes of a view -> shapes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from rcsd.report.diagram.ink import PALE, PAPER, Ink, tone
from rcsd.report.diagram.nodes import head
from rcsd.report.diagram.shapes import Stroke, Words, arcs, line, polygon
from rcsd.simulation.views import Box, Element, Label, Link, Pipe, Point
from rcsd.simulation.views.route import Route, pipe_of, route_of

_HEAD = 8.5
_PIPE = 6.0
_PIPE_HEAD = 13.0
_SIGN = 12.0
_SIGN_BACK, _SIGN_ASIDE = 13.0, 8.0
_DASH = (4.0, 3.0)
_DELAY = 5.0


def arrow_shapes(
    link: Link, elements: Mapping[int, Element], labels: Mapping[int, Label], ink: Ink
) -> tuple[Stroke | Words, ...]:
    """Return an arrow with its head, its sign and the mark of its delay; nothing where its ends touch."""
    route = route_of(link, elements, labels)
    if not route.pieces or sum(piece.length for piece in route.pieces) < 1:
        return ()
    colour = tone(link.style.colour) or (PALE if link.initial else ink.arrow)
    width = max(ink.line, link.thickness)
    last = route.pieces[-1]
    shorter = last.between(0.0, max(1.0 - (_HEAD - 1.0) / last.length, 0.0)) if last.length else last
    shaft = Stroke(arcs((*route.pieces[:-1], shorter)), colour, width, None, _DASH if link.initial else ())
    shapes: list[Stroke | Words] = [shaft, head(last.stop, route.direction, colour, _HEAD + width - 1)]
    if link.delayed:
        shapes += _delay(route, colour)
    if link.polarity:
        shapes.append(_sign(link.polarity, route, colour))
    return tuple(shapes)


def _delay(route: Route, colour: str) -> list[Stroke]:
    places = route.sampled(1.0)
    middle = len(places) // 2
    strokes = []
    for offset in (-2, 2):
        k = min(max(middle + offset, 1), len(places) - 2) if len(places) > 3 else 0  # noqa: PLR2004
        a, b = places[max(k - 1, 0)], places[min(k + 1, len(places) - 1)]
        heading = math.atan2(b.y - a.y, b.x - a.x)
        aside = Point(-math.sin(heading) * _DELAY, math.cos(heading) * _DELAY)
        at = places[k]
        strokes.append(
            Stroke(line(Point(at.x - aside.x, at.y - aside.y), Point(at.x + aside.x, at.y + aside.y)), colour, 1.2)
        )
    return strokes


def _sign(sign: str, route: Route, colour: str) -> Words:
    """Put the sign behind the head, on the outer side of a bend."""
    last, heading = route.pieces[-1], route.direction
    outer = 1.0 if last.centre is None or last.sweep < 0 else -1.0
    tip = last.stop
    centre = Point(
        tip.x - _SIGN_BACK * math.cos(heading) - outer * _SIGN_ASIDE * math.sin(heading),
        tip.y - _SIGN_BACK * math.sin(heading) + outer * _SIGN_ASIDE * math.cos(heading),
    )
    shown = "\u2212" if sign == "-" else sign
    return Words((shown,), Box.around(centre, _SIGN * 0.6, _SIGN * 1.2), _SIGN, "center", colour, bold=True, halo=PAPER)


def pipe_shapes(pipe: Pipe, elements: Mapping[int, Element], ink: Ink) -> tuple[Stroke, ...]:
    """Return the double line of a flow, with a head at its end."""
    corners = pipe_of(pipe, elements)
    if len(corners) < 2:  # noqa: PLR2004 - a line has two ends
        return ()
    colour = tone(pipe.style.colour) or ink.pipe
    shaft = _shortened(corners, _PIPE_HEAD - 2)
    if pipe.both_ways:
        shaft = _shortened(shaft[::-1], _PIPE_HEAD - 2)[::-1]
    heads = [_pipe_head(corners[-2], corners[-1], colour)]
    if pipe.both_ways:
        heads.append(_pipe_head(corners[1], corners[0], colour))
    return (Stroke(line(*shaft), colour, _PIPE), Stroke(line(*shaft), PAPER, _PIPE - 2.4), *heads)


def _shortened(corners: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    a, b = corners[-2], corners[-1]
    length = math.dist((a.x, a.y), (b.x, b.y))
    share = max(1 - by / length, 0.0) if length else 0.0
    return (*corners[:-1], Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)))


def _pipe_head(before: Point, tip: Point, colour: str) -> Stroke:
    heading = math.atan2(tip.y - before.y, tip.x - before.x)
    back = Point(tip.x - _PIPE_HEAD * math.cos(heading), tip.y - _PIPE_HEAD * math.sin(heading))
    aside = (-math.sin(heading) * _PIPE, math.cos(heading) * _PIPE)
    corners = (tip, Point(back.x + aside[0], back.y + aside[1]), Point(back.x - aside[0], back.y - aside[1]))
    return Stroke(polygon(*corners), colour, 1.2, PAPER)
