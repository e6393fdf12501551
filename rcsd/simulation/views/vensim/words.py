"""Objects 10, 11, 12, 30 and 31 of a sketch -> elements."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rcsd.simulation.views.element import Element, Kind, Shape, Side
from rcsd.simulation.views.geometry import Point
from rcsd.simulation.views.naming import plain
from rcsd.simulation.views.style import PLAIN, Style
from rcsd.simulation.views.vensim.fields import Row, colour, font

VARIABLE, VALVE, COMMENT = 10, 11, 12
PICTURES = (30, 31)
_CLOUD = "48"
_IN, _CONTROL = 1, 8
_ATTACHED = 32
_SHAPES: dict[int, Shape] = {3: "box", 4: "clockwise", 5: "counterclockwise", 6: "circle", 7: "hexagon"}
_SIDES: dict[int, Side] = {1: "bottom", 2: "left", 3: "top", 4: "right"}
_LARGEST = 1_000_000
# which of an object's colours and parts of its font are its own
_BORDER, _COLOUR, _FILL, _SIZE, _ATTRIBUTES, _FACE = 1, 2, 4, 8, 16, 32


def element_of(row: Row, ppi: float, is_stock: Callable[[str, Shape], bool]) -> Element:
    """Read one object.

    Parameters
    ----------
    row : Row
        Its fields: name, x, y, half its width, half its height, shape, bits, hide level, which parts of its style are
        its own, where its text stands, width of its border, two of navigation, and its style.
    ppi : float
        Pixels to an inch.
    is_stock : callable
        Whether a variable of a name, drawn in a shape, is a stock.

    Raises
    ------
    ValueError
        If a place or an extent is no number, or beyond any sheet.
    """
    x, y, half_width, half_height = (row.number(place) for place in range(1, 5))
    if not all(abs(value) < _LARGEST for value in (x, y, half_width, half_height)):
        raise ValueError("a place beyond any sheet")
    shape_bits, bits = row.flags(5), row.flags(6)
    element = Element(
        row.id,
        "comment",
        Point(x, y),
        2 * abs(half_width),
        2 * abs(half_height),
        shape=_SHAPES.get(shape_bits & ~_ATTACHED & 15, "none"),
        side=_SIDES.get(row.flags(9), "center") if row.type == VARIABLE else "center",
        hidden=row.flags(7),
        style=_style(row, ppi),
    )
    if row.type == VARIABLE:
        name = plain(row.at(0))
        return replace(element, kind=_kind(name, element, shape_bits, bits, is_stock), name=name)
    if row.type == VALVE:
        return replace(element, kind="valve", shape="none")
    if row.type in PICTURES:
        return replace(element, kind="image", shape="none", text=row.at(0))
    return _comment(row, element, bits)


def _kind(name: str, element: Element, shape_bits: int, bits: int, is_stock: Callable[[str, Shape], bool]) -> Kind:
    if not bits & _IN:
        return "shadow"
    if shape_bits & _ATTACHED:
        return "flow"
    return "stock" if is_stock(name, element.shape) else "auxiliary"


def _comment(row: Row, element: Element, bits: int) -> Element:
    written = row.at(0)
    if written == _CLOUD and not row.text:
        return replace(element, kind="cloud", shape="none")
    if bits & _CONTROL:
        return replace(element, kind="control", shape="box", text=row.text)
    text = row.text if row.text else "" if re.fullmatch(r"-?\d*", written) else plain(written)
    return replace(element, text=text.replace("\\n", "\n").strip())


def _style(row: Row, ppi: float) -> Style:
    """Return what is an object's own."""
    own = row.flags(8)
    if not own:
        return PLAIN
    text = font(row.at(15), ppi)
    attributes = text if own & _ATTRIBUTES else PLAIN
    return Style(
        font=text.font if own & _FACE else None,
        size=text.size if own & _SIZE else None,
        bold=attributes.bold,
        italic=attributes.italic,
        underline=attributes.underline,
        colour=text.colour if own & _COLOUR else None,
        border=colour(row.at(13)) if own & _BORDER else None,
        fill=colour(row.at(14)) if own & _FILL else None,
    )
