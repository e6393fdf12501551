"""Views -> the sheets of an XMILE file: stocks with their names inside, circles, flows with points, connectors.

What a sheet of Vensim's says is kept: places, the size of stocks, which arrows bend and how far, polarity, comments.
What XMILE has no place for is left out: hidden objects, controls, pictures.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from rcsd.names import canonical
from rcsd.simulation.ir.model import Model
from rcsd.simulation.views import Element, Link, Pipe, Point, Style, View
from rcsd.simulation.views.curve import angle_of_middle, middle_of_angle
from rcsd.simulation.writer.names import bare, number
from rcsd.simulation.writer.xmile.xml import Node, node

_KINDS = {"stock": "stock", "auxiliary": "aux", "module": "module"}
_ORDER = ("group", "stock", "valve", "flow", "auxiliary", "module", "shadow", "comment", "cloud")
"""What is shown, from below to above."""
_POINTS_PER_PIXEL = 72 / 96
_MOST_TRIES = 40
_BORDER = 3
"""Tens of pixels between what is on a page and its edge, for a name below a circle."""


def sheets(views: Iterable[View], model: Model) -> Iterator[Node]:
    """Write the sheets of a model."""
    for view in views:
        yield _Sheet(view, model).node()


class _Sheet:
    """One view."""

    def __init__(self, view: View, model: Model) -> None:
        self._view = view
        self._model = model
        shown = (element for element in view.elements if not element.hidden and element.kind in _ORDER)
        self._shown = sorted(shown, key=lambda element: _ORDER.index(element.kind))
        self._by_id = {element.id: element for element in self._shown}
        self._pipes = {pipe.valve: pipe for pipe in view.pipes}
        self._sides = {e.valve: e for e in self._shown if e.kind == "flow" and e.valve is not None}
        self._uids: dict[int, str] = {}
        self._first: dict[str, int] = {}
        self._n_connectors = 0

    def node(self) -> Node:
        """Write it: what is shown, then what joins it."""
        objects = [written for element in self._shown if (written := self._object(element)) is not None]
        links = [self._connector(link) for link in self._view.links if not link.hidden]
        return node(
            "view",
            *objects,
            *(link for link in links if link is not None),
            type="stock_flow",
            name=self._view.name,
            page_width=_page(800, (element.box.right for element in self._shown)),
            page_height=_page(600, (element.box.bottom for element in self._shown)),
            zoom="100",
            isee__show_pages="false",
        )

    def _object(self, element: Element) -> Node | None:
        match element.kind:
            case "stock" | "auxiliary" | "module":
                return self._variable(element)
            case "valve":
                return self._flow(element)
            case "shadow":
                return self._alias(element)
            case "comment" if element.text:
                return _frame("text_box", element, element.text)
            case "group":
                return _frame("group", element, "")
        return None

    def _name(self, element: Element) -> str:
        known = self._model.get(element.name)
        return element.name if known is None else bare(known.name)

    def _variable(self, element: Element) -> Node | None:
        form = canonical(element.name)
        if element.kind != "module" and self._model.get(element.name) is None:
            return None  # the settings of time, and what no equation defines
        if form in self._first:
            return self._alias(element)
        self._first[form] = element.id
        place = _corner(element) if element.kind == "stock" else _place(element.centre)
        side = "center" if element.kind == "stock" else "bottom" if element.side == "center" else element.side
        return node(
            _KINDS[element.kind],
            name=self._name(element).replace(" ", "_"),
            **place,
            label_side=side,
            **_style(element.style),
        )

    def _alias(self, element: Element) -> Node | None:
        if self._model.get(element.name) is None:
            return None
        uid = self._uids.setdefault(element.id, str(len(self._uids) + 1))
        of = node("of", self._name(element).replace(" ", "_"))
        side = "bottom" if element.side == "center" else element.side
        return node("alias", of, **_place(element.centre), uid=uid, label_side=side)

    def _flow(self, valve: Element) -> Node | None:
        if self._model.get(valve.name) is None:
            return None
        if canonical(valve.name) in self._first:
            return self._alias(valve)
        self._first[canonical(valve.name)] = valve.id
        pipe = self._pipes.get(valve.id)
        points = () if pipe is None else self._points(pipe, valve)
        return node(
            "flow",
            node("pts", *(node("pt", x=_at(point.x), y=_at(point.y)) for point in points)) if points else None,
            name=self._name(valve).replace(" ", "_"),
            **_place(valve.centre),
            label_side=self._side(valve),
            **_style(valve.style),
        )

    def _side(self, valve: Element) -> str:
        """Say where the name of a flow stands as seen from its valve."""
        text = self._sides.get(valve.id)
        if text is None:
            return "bottom"
        across, down = text.centre.x - valve.centre.x, text.centre.y - valve.centre.y
        if abs(across) > abs(down) and abs(across) > text.width / 2:
            return "right" if across > 0 else "left"
        return "bottom" if down >= 0 else "top"

    def _points(self, pipe: Pipe, valve: Element) -> Sequence[Point]:
        """Return where a pipe runs, from edge to edge, without the valve that lies on it."""
        corners = [point for point in pipe.points if point != valve.centre or not _lies_on(point, pipe.points)]
        if len(corners) < 2:  # noqa: PLR2004 - a line has two ends
            return ()
        ends = (self._by_id.get(id) if id is not None else None for id in (pipe.source, pipe.target))
        source, target = ends
        corners[0] = _edge(corners[0], corners[1], source)
        corners[-1] = _edge(corners[-1], corners[-2], target)
        return corners

    def _connector(self, link: Link) -> Node | None:
        ends = (self._by_id.get(link.source), self._by_id.get(link.target))
        source, target = ends
        if source is None or target is None:
            return None
        start, stop = (self._end(end) for end in (source, target))
        if start is None or stop is None:
            return None
        here, there = self._centre(source), self._centre(target)
        self._n_connectors += 1
        broken = bool(link.points) and not link.curved
        return node(
            "connector",
            node("from", start),
            node("to", stop),
            node("pts", *(node("pt", x=_at(p.x), y=_at(p.y)) for p in link.points)) if broken else None,
            uid=str(len(self._uids) + self._n_connectors),
            angle=None if broken else _angle(here, link.points[0] if link.points else None, there),
            polarity=link.polarity or None,
            delay_mark="true" if link.delayed else None,
            **_style(link.style),
        )

    def _end(self, element: Element) -> Node | str | None:
        """Name one end of a connector; None for what a file of XMILE does not show."""
        if element.id in self._uids:
            return node("alias", uid=self._uids[element.id])
        if element.kind not in ("stock", "auxiliary", "flow", "valve", "module"):
            return None
        shown = canonical(element.name) in self._first
        return self._name(element).replace(" ", "_") if shown else None

    def _centre(self, element: Element) -> Point:
        """Return the centre of an end: of a flow that of its valve."""
        valve = self._by_id.get(element.valve) if element.valve is not None else None
        return (valve or element).centre


def _page(least: int, edges: Iterable[float]) -> str:
    """Return the width or the height of a page that holds what is on it."""
    return str(max(least, *(10 * math.ceil(edge / 10 + _BORDER) for edge in edges), least))


def _angle(start: Point, middle: Point | None, stop: Point) -> str:
    """Return the angle at which an arrow leaves: one that comes back as itself from the pixels of a sketch.

    Where a notation has moved the ends, these pixels lie between the whole ones.
    """
    if middle is None:
        return _degrees(start, Point((start.x + stop.x) / 2, (start.y + stop.y) / 2), stop)
    between = Point(middle.x - math.floor(middle.x), middle.y - math.floor(middle.y))
    written = _degrees(start, middle, stop)
    for _ in range(_MOST_TRIES):
        bent = middle_of_angle(start, stop, float(written))
        if bent is None:
            break
        again = Point(round(bent.x - between.x) + between.x, round(bent.y - between.y) + between.y)
        if again == middle:
            break
        middle = again
        written = _degrees(start, middle, stop)
    return written


def _degrees(start: Point, middle: Point, stop: Point) -> str:
    return _at(round(angle_of_middle(start, middle, stop), 2))


def _lies_on(point: Point, points: Sequence[Point]) -> bool:
    """Whether a point lies on the line between its neighbours."""
    i = points.index(point)
    if not 0 < i < len(points) - 1:
        return False
    before, after = points[i - 1], points[i + 1]
    return abs((after.x - before.x) * (point.y - before.y) - (after.y - before.y) * (point.x - before.x)) < 1.0


def _edge(end: Point, before: Point, element: Element | None) -> Point:
    """Move the end of a pipe from within a stock to its edge."""
    if element is None or element.kind == "cloud":
        return end
    box = element.box
    if not (box.left <= end.x <= box.right and box.top <= end.y <= box.bottom):
        return end
    if end.y == before.y:
        return Point(box.left if before.x < box.left else box.right if before.x > box.right else end.x, end.y)
    if end.x == before.x:
        return Point(end.x, box.top if before.y < box.top else box.bottom if before.y > box.bottom else end.y)
    return end


def _place(at: Point) -> dict[str, str]:
    return {"x": _at(at.x), "y": _at(at.y)}


def _corner(element: Element) -> dict[str, str]:
    box = element.box
    return {"x": _at(box.left), "y": _at(box.top), "width": _at(box.width), "height": _at(box.height)}


def _frame(tag: str, element: Element, text: str) -> Node:
    named = {"name": element.text} if tag == "group" else {}
    return node(tag, text, **named, **_corner(element), **_style(element.style))


def _at(value: float) -> str:
    return number(value if math.isfinite(value) else 0.0, "xmile")


def _style(style: Style) -> dict[str, str | None]:
    """Write what an object says of its own looks."""
    size = None if style.size is None else f"{_at(round(style.size * _POINTS_PER_PIXEL, 2))}pt"
    return {
        "color": style.border or None,
        "background": style.fill,
        "font_color": style.colour,
        "font_family": style.font,
        "font_size": size,
        "font_weight": "bold" if style.bold else None,
        "font_style": "italic" if style.italic else None,
        "text_decoration": "underline" if style.underline else None,
    }
