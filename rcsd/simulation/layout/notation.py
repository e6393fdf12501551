"""A view in the other notation: each name stays where it is, Stella's circle stands over it or under it.

In Vensim a variable is its name; in Stella it is a circle with the name beside it. A circle in the place of the name
would push every name down upon the next. So the circle and its name share the middle that the name alone has in
Vensim: the circle moves up, or down where its name stands over it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.layout.glyph import RADIUS, STOCK_SYMBOL, Side, flow_name, stock
from rcsd.simulation.layout.text import as_written, beside_size, label_size
from rcsd.simulation.views import PLAIN, Element, Link, Point, View

_MORE: Final = 0.3
"""Arrows by which those from below must be more for the name to stand over the circle."""


def in_stella(view: View, stocks: Collection[str]) -> View:
    """Return a view of Vensim's in Stella's notation.

    Parameters
    ----------
    view : View
        In Vensim's notation; another comes back as it is.
    stocks : collection of str
        Stocks of the model: a shadow of one is a box.
    """
    if view.notation == "stella":
        return view
    boxes = {canonical(stock) for stock in stocks}
    over = _names_over(view)
    elements = [_symbol(element, boxes, over=element.id in over) for element in view.elements]
    links = _moved(view, {element.id: element for element in elements}, _at_valves(view))
    return replace(view, elements=tuple(elements), links=links, notation="stella", style=PLAIN)


def in_vensim(view: View) -> View:
    """Return a view of Stella's in Vensim's notation, each symbol and its name replaced by the name in their middle."""
    if view.notation == "vensim":
        return view
    valves = {element.id: element for element in view.elements if element.kind == "valve"}
    elements = {element.id: _name(element, valves) for element in view.elements}
    links = _moved(view, elements, _at_names(view, elements))
    return replace(view, elements=tuple(elements.values()), links=links, notation="vensim")


def shift_of(name: str) -> float:
    """Whole pixels from the middle of a circle to that of the circle with its name."""
    return float(round(beside_size(name)[1] / 2))


def _symbol(element: Element, stocks: Collection[str], *, over: bool) -> Element:
    if element.kind not in ("auxiliary", "shadow"):
        return element
    is_stock = element.kind == "shadow" and canonical(element.name) in stocks
    width, height = STOCK_SYMBOL if is_stock else (2 * RADIUS, 2 * RADIUS)
    down = shift_of(element.name) * (1 if over else -1)
    return replace(
        element,
        centre=Point(element.centre.x, element.centre.y + down),
        width=width,
        height=height,
        side="top" if over else "bottom",
        shape="box" if is_stock else "circle",
    )


def _name(element: Element, valves: Mapping[int, Element]) -> Element:
    """Draw a symbol with its name as Vensim draws it."""
    at = element.centre
    if element.kind == "stock" and element.side != "center":
        glyph = stock(element.name, at.x, at.y, width=element.width, height=element.height)
        return replace(element, width=glyph.width, height=glyph.height, side="center")
    if element.kind == "flow" and element.valve is not None and element.valve in valves:
        valve = valves[element.valve].centre
        glyph = flow_name(element.name, valve.x, valve.y, _side_of(at, valve))
        return replace(element, centre=Point(glyph.x, glyph.y), width=glyph.width, height=glyph.height)
    if element.kind not in ("auxiliary", "shadow"):
        return element
    width, height = label_size(as_written(element.name, shadow=element.kind == "shadow"))
    down = shift_of(element.name) * {"bottom": 1, "top": -1}.get(element.side, 0)
    middle = Point(at.x, at.y + down)
    return replace(element, centre=middle, width=width, height=height, side="center", shape="none")


def _side_of(name: Point, valve: Point) -> Side:
    """Return the side of a valve on which its name stands."""
    if abs(name.x - valve.x) > abs(name.y - valve.y):
        return "right" if name.x > valve.x else "left"
    return "bottom" if name.y > valve.y else "top"


def _names_over(view: View) -> set[int]:
    """Variables whose name stands over the circle, since more arrows come from below."""
    centres = {element.id: (element.centre.x, element.centre.y) for element in view.elements}
    balance = dict.fromkeys(centres, 0.0)
    for link in view.links:
        along = np.subtract(centres[link.target], centres[link.source])
        down = float(along[1]) / max(float(np.hypot(*along)), 1.0)
        balance[link.source] += down
        balance[link.target] -= down
    return {id for id, each in balance.items() if each > _MORE}


def _moved(view: View, elements: Mapping[int, Element], ends: Callable[[Link], tuple[int, int]]) -> tuple[Link, ...]:
    """Lead arrows to the ends that they have in the other notation, and move their middles with these."""
    before = {element.id: element.centre for element in view.elements}
    links = []
    for link in view.links:
        source, target = ends(link)
        shifts = [
            (elements[new].centre.x - before[old].x, elements[new].centre.y - before[old].y)
            for new, old in ((source, link.source), (target, link.target))
        ]
        right, down = (sum(each) / 2 for each in zip(*shifts, strict=True))
        points = tuple(Point(point.x + right, point.y + down) for point in link.points)
        links.append(replace(link, source=source, target=target, points=points))
    return tuple(links)


def _at_valves(view: View) -> Callable[[Link], tuple[int, int]]:
    """Return the ends of an arrow in Stella's notation: a flow is met at its valve."""
    valves = {element.id: element.valve for element in view.elements if element.valve is not None}
    return lambda link: (valves.get(link.source, link.source), valves.get(link.target, link.target))


def _at_names(view: View, elements: Mapping[int, Element]) -> Callable[[Link], tuple[int, int]]:
    """Return the ends of an arrow in Vensim's notation: a flow is met at its valve or its name.

    The nearer one is taken; an arrow along its own pipe to the valve would not be seen, and meets the name.
    """
    names = {element.valve: element.id for element in view.elements if element.valve is not None}
    piped = {(pipe.valve, end) for pipe in view.pipes for end in (pipe.source, pipe.target)}

    def end(here: int, there: int) -> int:
        name = names.get(here)
        if name is None:
            return here
        other = elements[there].centre
        away = {id: math.dist(_xy(elements[id]), (other.x, other.y)) for id in (here, name)}
        return here if (here, there) not in piped and away[here] < away[name] else name

    return lambda link: (end(link.source, link.target), end(link.target, link.source))


def _xy(element: Element) -> tuple[float, float]:
    return element.centre.x, element.centre.y
