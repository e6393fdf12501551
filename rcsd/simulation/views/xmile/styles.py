"""Colours and fonts of an XMILE file: an object's own, its kind's in its view, its kind's in all views."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from rcsd.simulation.views.style import Style

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_SIZE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(pt|px|in|cm|mm)?")
_PIXELS = {"pt": 96 / 72, "px": 1.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_NAMES = {
    "aqua": "#00ffff",
    "black": "#000000",
    "blue": "#0000ff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "lime": "#00ff00",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "purple": "#800080",
    "red": "#ff0000",
    "silver": "#c0c0c0",
    "teal": "#008080",
    "white": "#ffffff",
    "yellow": "#ffff00",
}
Sheet = Mapping[str, Mapping[str, str]]
"""Attributes by kind of object; "" holds for all."""


def rules_of(styled: etree._Element, outer: Sheet) -> Sheet:
    """Return the rules within an element's ``<style>``, over those from further out."""
    rules = {kind: dict(attributes) for kind, attributes in outer.items()}
    for style in styled.findall("style"):
        rules[""] = {**rules.get("", {}), **_attributes(style)}
        for kind in style:
            if isinstance(kind.tag, str):
                shape = kind.find("shape")
                size = {} if shape is None else {f"shape_{key}": value for key, value in _attributes(shape).items()}
                rules[kind.tag] = {**rules.get(kind.tag, {}), **_attributes(kind), **size}
    return rules


def attributes_of(node: etree._Element, kind: str, rules: Sheet) -> dict[str, str]:
    """Return what is said of an object: of it, or else of its kind."""
    return {**rules.get(kind, {}), **_attributes(node)}


def style_of(attributes: Mapping[str, str]) -> Style:
    """Return the style that attributes describe."""
    decoration, weight, slant = (attributes.get(key) for key in ("text_decoration", "font_weight", "font_style"))
    return Style(
        font=attributes.get("font_family"),
        size=pixels(attributes.get("font_size", "")),
        bold=None if weight is None else weight == "bold",
        italic=None if slant is None else slant == "italic",
        underline=None if decoration is None else decoration == "underline",
        colour=colour(attributes.get("font_color", "")),
        border=colour(attributes.get("color", "")),
        fill=colour(attributes.get("background", "")),
    )


def colour(written: str) -> str | None:
    """Return ``#rrggbb`` of a colour that is named or given as such; None of what is none."""
    plain = written.strip().casefold()
    return plain if _HEX.fullmatch(plain) else _NAMES.get(plain)


def pixels(written: str) -> float | None:
    """Return a length in pixels, None for what is none."""
    found = _SIZE.fullmatch(written.strip())
    size = float(found[1]) * _PIXELS[found[2] or "pt"] if found else 0.0
    return size or None


def _attributes(node: etree._Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in node.attrib.items()}
