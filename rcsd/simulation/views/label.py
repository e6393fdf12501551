"""The text of an element: in which lines, of what size, and where. What draws and what measures both ask here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rcsd.simulation.views.element import Element, Side
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.style import Style
from rcsd.simulation.views.text import LINE, broken, text_width
from rcsd.simulation.views.view import View

SIZE = 13.0
"""Pixels of the em where neither file nor layout says any."""
GAP = 3.0
"""Pixels between a shape and the text beside it."""
BESIDE = 116.0
"""Pixels after which text beside a shape is broken."""
WIDEST = 220.0
"""The same for text that the modeller has broken himself."""
_PADDING = 4.0
_SLACK = 1.08
"""A line may be so much wider than a bare word's box: fonts differ, and the box is none that is seen."""
_SMALLEST = 0.6
_STEP = 0.95
_ADDRESS = re.compile(r"\|(?:(?:https?|mailto|file):\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?)$")
"""Where a Vensim comment leads, which is written behind it."""
_BEFORE_SETTINGS = re.compile(r'"[^"]*"|[^,]*')
"""What a control shows: the variable or the graph, before its range or tool."""
_NARROW = {"times new roman": 0.84, "times": 0.84, "garamond": 0.8, "arial narrow": 0.85, "calibri": 0.9}
"""Size at which the drawing's font is as wide as another at 1."""


@dataclass(frozen=True, slots=True)
class Label:
    """Text as it is drawn.

    Attributes
    ----------
    lines : tuple of str
        From above.
    size : float
        The em, in pixels.
    box : Box
        Just around it.
    side : str
        Its alignment: lines of text at the left of a shape end at its right, and so on.
    """

    lines: tuple[str, ...]
    size: float
    box: Box
    side: Side


def words_of(element: Element, view: View) -> str:
    """Return what is written at an element."""
    if element.kind in ("valve", "cloud"):
        return ""
    if element.kind == "shadow" and view.notation == "vensim":
        return f"<{element.name}>"
    if element.kind == "control":
        shown = _BEFORE_SETTINGS.match(element.text)
        return shown[0].strip('"') if shown else ""
    return _ADDRESS.sub("", element.text) or element.name


def label_of(element: Element, view: View) -> Label | None:
    """Return the text of an element, or None where nothing is written.

    Text in a shape is made smaller until it fits, down to six tenths; text alone is broken to the width that the
    element states; text beside a shape at `BESIDE`.
    """
    words = words_of(element, view)
    if not words.strip():
        return None
    style = element.style.over(view.style)
    size, bold = size_of(style), bool(style.bold)
    if element.kind == "group":
        return _in_corner(element, words, size, bold)
    if element.side != "center":
        return beside(element.box, element.side, words, style)
    lines = broken(words, _room(element), size, bold=bold)
    least = size * _SMALLEST
    while not _fits(lines, element, size, bold) and size * _STEP >= least:
        size *= _STEP
        lines = broken(words, _room(element), size, bold=bold)
    return Label(lines, size, Box.around(element.centre, *_extent(lines, size, bold)), "center")


def size_of(style: Style) -> float:
    """Return the size at which the drawing's font is as wide as that of a style."""
    return (style.size or SIZE) * _NARROW.get((style.font or "").casefold(), 1.0)


def _room(element: Element) -> float:
    if element.shape == "none":
        return element.width * _SLACK
    return max(element.width - 2 * _PADDING, 1.0)


def _fits(lines: tuple[str, ...], element: Element, size: float, bold: bool) -> bool:
    if not element.width:
        return True
    wide, high = _extent(lines, size, bold)
    room = element.height * 1.3 if element.shape == "none" else element.height - _PADDING / 2
    return wide <= _room(element) and high <= max(room, size * LINE)


def _extent(lines: tuple[str, ...], size: float, bold: bool) -> tuple[float, float]:
    return max(text_width(line, size, bold=bold) for line in lines), len(lines) * size * LINE


def _in_corner(element: Element, words: str, size: float, bold: bool) -> Label:
    lines = broken(words, max(element.width - 4 * _PADDING, 1.0), size, bold=bold)
    wide, high = _extent(lines, size, bold)
    left, top = element.box.left + 2 * _PADDING, element.box.top + _PADDING
    return Label(lines, size, Box(left, top, left + wide, top + high), "right")


def beside(box: Box, side: Side, words: str, style: Style) -> Label:
    """Return text at a side of a shape's box, or in its middle."""
    size, bold = size_of(style), bool(style.bold)
    lines = broken(words, WIDEST if "\n" in words else BESIDE, size, bold=bold)
    wide, high = _extent(lines, size, bold)
    x, y = box.centre.x, box.centre.y
    centre = {
        "center": box.centre,
        "top": Point(x, box.top - GAP - high / 2),
        "bottom": Point(x, box.bottom + GAP + high / 2),
        "left": Point(box.left - GAP - wide / 2, y),
        "right": Point(box.right + GAP + wide / 2, y),
    }[side]
    return Label(lines, size, Box.around(centre, wide, high), side)
