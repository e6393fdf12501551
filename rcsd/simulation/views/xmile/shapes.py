"""Stocks, flows, auxiliaries, modules, aliases, groups and what is of the interface -> elements."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast, get_args

from lxml import etree

from rcsd.names import canonical
from rcsd.simulation.views.element import Element, Kind, Shape, Side
from rcsd.simulation.views.geometry import Box, Point
from rcsd.simulation.views.label import beside
from rcsd.simulation.views.naming import plain
from rcsd.simulation.views.xmile.styles import Sheet, attributes_of, style_of

STOCK_SIZE = (45.0, 35.0)
MODULE_SIZE = (55.0, 45.0)
ROUND = 18.0
"""Diameter of a circle and of a valve: what Stella draws, and writes as ``radius``."""
HANDLE = 7.0
"""Height of a valve's handle, which stands above its circle."""
_SIZES = {"stock": STOCK_SIZE, "module": MODULE_SIZE}
_SHOWN: dict[str, Kind] = {
    "stock": "stock",
    "aux": "auxiliary",
    "gf": "auxiliary",
    "module": "module",
    "alias": "shadow",
}
_SIDES: dict[str, Side] = {"stock": "top", "module": "top"}
_CONTROLS = frozenset(
    {
        "button",
        "gauge",
        "graph",
        "graphical_input",
        "group_input",
        "knob",
        "lamp",
        "list_input",
        "numeric_display",
        "numeric_input",
        "options",
        "pie_input",
        "slider",
        "stacked_container",
        "switch",
        "table",
    }
)
_LARGEST = 1_000_000.0
_OUTLINES: dict[str, Shape] = {"rectangle": "box", "circle": "circle", "name_only": "none"}


@dataclass(slots=True)
class Shapes:
    """What is read of a view so far.

    Attributes
    ----------
    kinds : mapping of str to str
        Kind of each variable of the model, by canonical name: ``stock``, ``flow``, ``aux``.
    elements : list of Element
        In order.
    named : dict of str to int
        Id of the first appearance of each variable, by canonical name; of a flow: of its valve.
    aliases : dict of str to int
        Id of each alias, by its uid in the file.
    """

    kinds: Mapping[str, str]
    elements: list[Element] = field(default_factory=list)
    named: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)

    def next_id(self) -> int:
        """Return the id of the next element."""
        return len(self.elements) + 1

    def add(self, element: Element) -> None:
        """Append one."""
        self.elements.append(element)

    def read(self, node: etree._Element, rules: Sheet) -> None:
        """Read one object of a view; connectors are none, and what is unknown is passed over.

        Raises
        ------
        ValueError
            If a place or an extent is no number, or beyond any sheet, or what must be named is not.
        """
        tag = str(node.tag)
        if tag in _SHOWN:
            self._variable(node, tag, rules)
        elif tag == "flow":
            self._flow(node, rules)
        elif tag == "group":
            self.add(self._frame(node, "group", rules, node.get("name", "")))
        elif tag == "text_box":
            self.add(self._frame(node, "comment", rules, "".join(node.itertext()).strip()))
        elif tag in _CONTROLS and node.get("width"):
            self.add(self._frame(node, "control", rules, node.get("title", "") or tag.replace("_", " ")))
        elif tag in ("image", "graphics_frame"):
            self.add(self._frame(node, "image", rules, ""))

    def _variable(self, node: etree._Element, tag: str, rules: Sheet) -> None:
        of = _text(node.find("of")) if tag == "alias" else node.get("name", "")
        name = plain(of)
        if not name:
            raise ValueError(f"<{tag}> has no name")
        like = self.kinds.get(canonical(name), "aux") if tag == "alias" else tag
        attributes = attributes_of(node, like if like in ("stock", "flow", "module") else "aux", rules)
        bare = attributes.get("shape_type") == "name_only"
        width, height = (0.0, 0.0) if bare else _size(attributes, like)
        shape: Shape = _OUTLINES.get(attributes.get("shape_type", ""), "box" if like in _SIZES else "circle")
        element = Element(
            self.next_id(),
            _SHOWN[tag],
            _centre(node, width, height),
            width,
            height,
            name,
            _lines(of),
            "center" if shape == "none" else _side(attributes, _SIDES.get(like, "bottom")),
            shape,
            style=style_of(attributes),
        )
        if tag == "alias":
            self.aliases[node.get("uid", "")] = element.id
        else:
            self.named.setdefault(canonical(name), element.id)
        self.add(element)

    def _flow(self, node: etree._Element, rules: Sheet) -> None:
        """Read a valve, and beside it the name."""
        written = node.get("name", "")
        if not plain(written):
            raise ValueError("<flow> has no name")
        attributes = attributes_of(node, "flow", rules)
        style = style_of(attributes)
        valve = Element(self.next_id(), "valve", _centre(node, ROUND, ROUND), ROUND, ROUND, plain(written), style=style)
        self.add(valve)
        side = _side(attributes, "bottom")
        box = beside(
            _with_handle(valve.box), side, _lines(written) or valve.name, style.over(style_of(rules.get("", {})))
        ).box
        self.add(
            Element(
                self.next_id(),
                "flow",
                box.centre,
                box.width,
                box.height,
                valve.name,
                _lines(written),
                valve=valve.id,
                style=style,
            )
        )
        self.named.setdefault(canonical(valve.name), valve.id)

    def _frame(self, node: etree._Element, kind: Kind, rules: Sheet, text: str) -> Element:
        """Read what is given by its corner."""
        attributes = attributes_of(node, str(node.tag), rules)
        width, height = _number(attributes, "width", 80.0), _number(attributes, "height", 40.0)
        x, y = _number(attributes, "x"), _number(attributes, "y")
        shape: Shape = "none" if kind == "comment" else "box"
        centre = Point(x + width / 2, y + height / 2)
        return Element(self.next_id(), kind, centre, width, height, text=text, shape=shape, style=style_of(attributes))


def _with_handle(box: Box) -> Box:
    return Box(box.left, box.top - HANDLE, box.right, box.bottom)


def number_of(node: etree._Element, key: str) -> float:
    """Return an attribute that is a place.

    Raises
    ------
    ValueError
        If it is missing, no number, or beyond any sheet.
    """
    return _number(node.attrib, key)


def _number(attributes: Mapping[str, str], key: str, default: float | None = None) -> float:
    written = attributes.get(key)
    if written is None:
        if default is None:
            raise ValueError(f"has no {key}")
        return default
    try:
        value = float(written)
    except ValueError:
        raise ValueError(f'has {key}="{written}", which is no number') from None
    if not math.isfinite(value) or abs(value) > _LARGEST:
        raise ValueError(f'has {key}="{written}", which is beyond any sheet')
    return value


def _size(attributes: Mapping[str, str], like: str) -> tuple[float, float]:
    if "width" in attributes and "height" in attributes:
        return _number(attributes, "width"), _number(attributes, "height")
    if like in _SIZES:
        wide, high = _SIZES[like]
        return _number(attributes, "shape_width", wide), _number(attributes, "shape_height", high)
    return ROUND, ROUND


def _centre(node: etree._Element, width: float, height: float) -> Point:
    """Return the centre: what x and y are, but for an object with its own width and height, whose corner they are."""
    x, y = number_of(node, "x"), number_of(node, "y")
    sized = node.get("width") is not None and node.get("height") is not None
    return Point(x + width / 2, y + height / 2) if sized else Point(x, y)


def _side(attributes: Mapping[str, str], default: Side) -> Side:
    side = attributes.get("label_side", "").casefold()
    return cast(Side, side) if side in get_args(Side) else default


def _lines(written: str) -> str:
    """Return a name as the modeller has broken it; "" where that is nowhere."""
    lines = re.split(r"\\n|\n", written.strip().strip('"'))
    return "\n".join(plain(line) for line in lines) if len(lines) > 1 else ""


def _text(node: etree._Element | None) -> str:
    return "" if node is None or node.text is None else node.text.strip()
