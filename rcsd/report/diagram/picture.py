"""A view -> a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from itertools import pairwise

from rcsd.report.diagram.ink import Ink, ink_of
from rcsd.report.diagram.lines import arrow_shapes, pipe_shapes
from rcsd.report.diagram.nodes import shapes_of, words_of
from rcsd.report.diagram.shapes import Item, Picture, Stroke, Words
from rcsd.simulation.views import Box, Element, Label, View
from rcsd.simulation.views.measure import labels_of
from rcsd.simulation.views.route import drawn_box

_EDGE = 16.0
_EMPTY = Box(0.0, 0.0, 320.0, 80.0)
_LOWER = ("group", "control", "image")


def picture_of(view: View, titles: Mapping[str, str] | None = None) -> Picture:
    """Draw one view.

    Parameters
    ----------
    view : View
        The sheet.
    titles : mapping of str to str, optional
        What a pointer over a variable shows, by canonical name.

    Returns
    -------
    Picture
        As large as what is on the sheet, with a margin.
    """
    told = titles or {}
    ink = ink_of(view)
    elements = {element.id: element for element in view.elements if not element.hidden}
    labels = labels_of(view)
    lower = [e for e in elements.values() if e.kind in _LOWER]
    items = [Item(_whole(e, view, ink, labels)) for e in lower]
    items += _arrows(view, elements, labels, ink)
    items += _pipes(view, elements, ink, told)
    upright = _upright(view)
    for element in elements.values():
        if element.kind not in _LOWER:
            key = view.variable(element)
            shapes = _whole(element, view, ink, labels, upright=element.id in upright)
            items.append(Item(shapes, key, told.get(key, element.name)))
    return Picture(view.name, _seen(elements, items), tuple(item for item in items if item.shapes))


def _whole(
    element: Element, view: View, ink: Ink, labels: Mapping[int, Label], *, upright: bool = False
) -> tuple[Stroke | Words, ...]:
    shapes = shapes_of(element, view, ink, upright=upright)
    label = labels.get(element.id)
    return (*shapes, words_of(element, label, view, ink)) if label else shapes


def _arrows(view: View, elements: Mapping[int, Element], labels: Mapping[int, Label], ink: Ink) -> list[Item]:
    items = []
    for link in view.links:
        if not link.hidden and link.source in elements and link.target in elements:
            source, target = (view.variable(elements[end]) for end in (link.source, link.target))
            items.append(Item(arrow_shapes(link, elements, labels, ink), joins=(source, target)))
    return items


def _pipes(view: View, elements: Mapping[int, Element], ink: Ink, told: Mapping[str, str]) -> list[Item]:
    items = []
    every = {element.id: element for element in view.elements}
    for pipe in view.pipes:
        if not pipe.hidden and pipe.valve in elements:
            key = view.variable(elements[pipe.valve])
            items.append(Item(pipe_shapes(pipe, every, ink), key, told.get(key, elements[pipe.valve].name)))
    return items


def _upright(view: View) -> set[int]:
    """Return the valves that stand on an upright piece of their pipe."""
    found = set()
    centres = {element.id: element.centre for element in view.elements}
    for pipe in view.pipes:
        at = centres.get(pipe.valve)
        for a, b in pairwise(pipe.points):
            if at is not None and abs(a.x - b.x) < abs(a.y - b.y):
                within = min(a.y, b.y) <= at.y <= max(a.y, b.y) and abs(at.x - a.x) < 4  # noqa: PLR2004
                if within:
                    found.add(pipe.valve)
    return found


def _seen(elements: Mapping[int, Element], items: Sequence[Item]) -> Box:
    boxes = [drawn_box(element) for element in elements.values()]
    for item in items:
        for shape in item.shapes:
            boxes.append(shape.box if isinstance(shape, Words) else _extent(shape))
    return reduce(Box.joined, boxes).grown(_EDGE) if boxes else _EMPTY


def _extent(stroke: Stroke) -> Box:
    xs = [value for _, values in stroke.segments for value in values[::2]]
    ys = [value for _, values in stroke.segments for value in values[1::2]]
    return Box(min(xs), min(ys), max(xs), max(ys))
