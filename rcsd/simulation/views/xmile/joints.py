"""Flows' points and connectors -> pipes, clouds and links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.views.curve import middle_of_angle
from rcsd.simulation.views.element import Element
from rcsd.simulation.views.geometry import Point
from rcsd.simulation.views.link import Link, Pipe
from rcsd.simulation.views.naming import plain
from rcsd.simulation.views.xmile.shapes import Shapes, number_of
from rcsd.simulation.views.xmile.styles import Sheet, attributes_of, style_of

_CLOUD = (26.0, 20.0)
_REACH = 15.0
"""Pixels around a stock within which a flow's end is one at it."""
_TO_EDGE = 80.0
_CLOCK = frozenset({"time", "dt", "starttime", "stoptime", "time step", "initial time", "final time", "saveper"})


@dataclass(frozen=True, slots=True)
class Ends:
    """Which stocks a model's flows join, by canonical names.

    Attributes
    ----------
    source, target : mapping of str to str
        The stock that a flow leaves, and that it enters.
    both_ways : frozenset of str
        Flows that may run backwards, in a file that tells them from others.
    """

    source: Mapping[str, str]
    target: Mapping[str, str]
    both_ways: frozenset[str]


def pipe_of(node: etree._Element, shapes: Shapes, ends: Ends, rules: Sheet) -> Pipe:
    """Read the points of a flow; at an end without stock stands a cloud.

    Raises
    ------
    ValueError
        If a point is no number, or the flow is not shown.
    """
    flow = canonical(plain(node.get("name", "")))
    valve = shapes.elements[shapes.named[flow] - 1]
    points = [Point(number_of(point, "x"), number_of(point, "y")) for point in node.iterfind("pts/pt")]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        points = _without_points(valve, flow, shapes, ends)
    elif len(points) == 2:  # noqa: PLR2004 - and a valve between
        points = [points[0], valve.centre, points[1]] if _between(points, valve.centre) else points
    return Pipe(
        valve.id,
        _end(points[0], ends.source.get(flow), shapes),
        _end(points[-1], ends.target.get(flow), shapes),
        tuple(points),
        both_ways=flow in ends.both_ways,
        style=style_of(attributes_of(node, "flow", rules)),
    )


def _between(points: list[Point], at: Point) -> bool:
    """Whether a valve lies on a level or upright pipe, so that its centre may be named."""
    a, b = points
    return (a.y == b.y == at.y and min(a.x, b.x) < at.x < max(a.x, b.x)) or (
        a.x == b.x == at.x and min(a.y, b.y) < at.y < max(a.y, b.y)
    )


def _without_points(valve: Element, flow: str, shapes: Shapes, ends: Ends) -> list[Point]:
    """Take the centres of the stocks, or places beside the valve."""
    here = []
    for stock, offset in ((ends.source.get(flow), -_TO_EDGE), (ends.target.get(flow), _TO_EDGE)):
        id = shapes.named.get(stock or "")
        here.append(shapes.elements[id - 1].centre if id else Point(valve.centre.x + offset, valve.centre.y))
    return [here[0], valve.centre, here[1]]


def _end(at: Point, stock: str | None, shapes: Shapes) -> int:
    """Return the id of the stock, or alias of it, at the end of a flow; or of a cloud that is put there."""
    for element in shapes.elements:
        if stock and canonical(element.name) == stock and element.kind in ("stock", "shadow"):
            box = element.box.grown(_REACH)
            if box.left <= at.x <= box.right and box.top <= at.y <= box.bottom:
                return element.id
    cloud = Element(shapes.next_id(), "cloud", at, *_CLOUD)
    shapes.add(cloud)
    return cloud.id


def from_clock(node: etree._Element) -> bool:
    """Whether a connector runs from time or a setting of it, which no view shows unless it wants to."""
    source = node.find("from")
    return source is not None and canonical(plain(source.text or "")) in _CLOCK


def link_of(node: etree._Element, shapes: Shapes, rules: Sheet) -> Link:
    """Read a connector: its ends, and its angle or points.

    Raises
    ------
    ValueError
        If an end is not on the view, or a number is none.
    """
    source, target = (_at(node.find(end), shapes, end) for end in ("from", "to"))
    start, stop = shapes.elements[source - 1].centre, shapes.elements[target - 1].centre
    points = tuple(Point(number_of(point, "x"), number_of(point, "y")) for point in node.iterfind("pts/pt"))
    curved = not points
    if curved and node.get("angle") is not None:
        middle = middle_of_angle(start, stop, number_of(node, "angle"))
        points = () if middle is None else (middle,)
    attributes = attributes_of(node, "connector", rules)
    return Link(
        source,
        target,
        points,
        curved=curved,
        polarity={"none": ""}.get(sign := attributes.get("polarity", "").strip(), sign)[:1],
        initial=shapes.elements[target - 1].kind == "stock",
        delayed=attributes.get("delay_mark", "false") == "true",
        style=style_of(attributes),
    )


def _at(node: etree._Element | None, shapes: Shapes, end: str) -> int:
    if node is None:
        raise ValueError(f"<connector> has no <{end}>")
    alias = node.find("alias")
    written = (node.text or "").strip()
    if alias is not None:
        id = shapes.aliases.get(alias.get("uid", ""))
        what = f"alias {alias.get('uid', '')}"
    else:
        id, what = shapes.named.get(canonical(plain(written))), repr(plain(written))
    if id is None:
        raise ValueError(f"<connector> runs {end} {what}, which is not on the view")
    return id
