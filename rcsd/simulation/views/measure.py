"""What is wrong with a sheet to the eye: text upon text, and what leaves the sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Literal

from rcsd.simulation.views.element import Element
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.label import Label, label_of
from rcsd.simulation.views.route import Route, drawn_box, route_of
from rcsd.simulation.views.view import View

_TOUCH = 1.0
"""Pixels that two texts may share: the line's height holds room above and below its letters."""
_EDGE = 60.0
"""Pixels around the elements of a view that states no size: what an arrow may swing out."""
_SEEN = ("stock", "auxiliary", "valve", "cloud", "module", "shadow")


@dataclass(frozen=True, slots=True)
class Blemish:
    """One thing wrong with a sheet.

    Attributes
    ----------
    kind : str
        ``overlap``: two texts cover each other. ``covered``: a text lies on the shape of another element. ``outside``:
        a text or a shape leaves the sheet. ``astray``: an arrow leaves it. ``crossed``: an arrow runs through a text
        that is at neither of its ends.
    first, second : int
        Ids of the elements; of the arrow's two ends for ``astray``; of the text and the arrow's source for ``crossed``;
        the same twice for ``outside``.
    message : str
        Which they are.
    """

    kind: Literal["overlap", "covered", "outside", "astray", "crossed"]
    first: int
    second: int
    message: str


def labels_of(view: View) -> dict[int, Label]:
    """Return the texts of the elements that are shown, by id."""
    found = ((element.id, label_of(element, view)) for element in view.elements if not element.hidden)
    return {id: label for id, label in found if label is not None}


def sheet_of(view: View) -> Box:
    """Return the sheet: as wide and high as stated; otherwise what its elements and texts need, and an edge around."""
    if view.width and view.height:
        return Box(0.0, 0.0, view.width, view.height)
    boxes = [element.box for element in view.elements if not element.hidden]
    boxes += [label.box for label in labels_of(view).values()]
    return reduce(Box.joined, boxes, Box(0.0, 0.0, 0.0, 0.0) if not boxes else boxes[0]).grown(_EDGE)


def blemishes(view: View, *, crossings: bool = False) -> tuple[Blemish, ...]:
    """Return what is wrong with a view, as it is drawn.

    Parameters
    ----------
    view : View
        The sheet.
    crossings : bool
        Whether to tell arrows that run through texts as well; hardly a large view is without one.

    Returns
    -------
    tuple of Blemish
        None for a view with nothing to find fault with.
    """
    elements = {element.id: element for element in view.elements if not element.hidden}
    labels = labels_of(view)
    sheet = sheet_of(view)
    routes = [
        (link.source, link.target, route_of(link, elements, labels))
        for link in view.links
        if not link.hidden and link.source in elements and link.target in elements
    ]
    found = [*_overlaps(elements, labels), *_covered(elements, labels), *_outside(elements, labels, sheet)]
    found += _astray(elements, routes, sheet)
    if crossings:
        found += _crossed(elements, labels, routes)
    return tuple(found)


def _say(element: Element) -> str:
    return repr(element.name or element.text[:40] or element.kind)


def _overlaps(elements: dict[int, Element], labels: dict[int, Label]) -> Iterator[Blemish]:
    for (a, one), (b, other) in combinations(labels.items(), 2):
        wide, high = one.box.overlap(other.box)
        if wide > _TOUCH and high > _TOUCH:
            words = f"{_say(elements[a])} and {_say(elements[b])} cover each other by {wide:.0f} x {high:.0f} pixels"
            yield Blemish("overlap", a, b, words)


def _covered(elements: dict[int, Element], labels: dict[int, Label]) -> Iterator[Blemish]:
    shapes = [element for element in elements.values() if element.kind in ("valve", "cloud") or element.shape != "none"]
    for shape in shapes:
        if shape.kind not in _SEEN:
            continue
        for id, label in labels.items():
            wide, high = label.box.overlap(drawn_box(shape))
            if id != shape.id and wide > _TOUCH and high > _TOUCH:
                words = f"the text {_say(elements[id])} lies on the {shape.kind} {_say(shape)}"
                yield Blemish("covered", id, shape.id, words)


def _outside(elements: dict[int, Element], labels: dict[int, Label], sheet: Box) -> Iterator[Blemish]:
    for id, element in elements.items():
        box = element.box.joined(labels[id].box) if id in labels else element.box
        if not sheet.holds(box, _TOUCH):
            yield Blemish("outside", id, id, f"{_say(element)} leaves the sheet")


def _astray(elements: dict[int, Element], routes: list[tuple[int, int, Route]], sheet: Box) -> Iterator[Blemish]:
    for source, target, route in routes:
        if not all(sheet.holds(_dot(place), _TOUCH) for place in route.sampled()):
            words = f"the arrow from {_say(elements[source])} to {_say(elements[target])} leaves the sheet"
            yield Blemish("astray", source, target, words)


def _crossed(
    elements: dict[int, Element], labels: dict[int, Label], routes: list[tuple[int, int, Route]]
) -> Iterator[Blemish]:
    for source, target, route in routes:
        places = route.sampled()
        for id, label in labels.items():
            element = elements[id]
            own = {source, target} & {id, element.valve}
            if own or element.kind == "group":
                continue
            box = label.box.grown(-_TOUCH)
            if any(box.left < at.x < box.right and box.top < at.y < box.bottom for at in places):
                words = (
                    f"the arrow from {_say(elements[source])} to {_say(elements[target])} runs through {_say(element)}"
                )
                yield Blemish("crossed", id, source, words)


def _dot(at: Point) -> Box:
    return Box(at.x, at.y, at.x, at.y)
