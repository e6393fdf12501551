"""A page whose bodies have their places -> a view in Vensim's notation."""

from __future__ import annotations

from typing import Final

import numpy as np

from rcsd.simulation.layout.placing.cost import arrow_ends
from rcsd.simulation.layout.placing.geometry import Floats
from rcsd.simulation.layout.placing.sheet import Sheet
from rcsd.simulation.layout.text import SIZE
from rcsd.simulation.views import PLAIN, Element, Link, Pipe, Point, View
from rcsd.simulation.views.style import Style

_SHADOW: Final = Style(colour="#808080")


def view_of(sheet: Sheet, origins: Floats, name: str) -> View:
    """Draw a page; arrows are straight."""
    centres = sheet.centres(origins)
    return View(
        name,
        tuple(_elements(sheet, centres)),
        tuple(_links(sheet, centres)),
        tuple(_pipes(sheet, origins)),
        sheet.width,
        sheet.height,
        style=Style(font="Times New Roman", size=SIZE),
    )


def _elements(sheet: Sheet, centres: Floats) -> list[Element]:
    """Draw the glyphs; the id of an element is the number of its glyph and one."""
    valves = {glyph.name: i + 1 for i, glyph in enumerate(sheet.glyphs) if glyph.role == "valve"}
    return [
        Element(
            i + 1,
            glyph.role,
            Point(float(x), float(y)),
            glyph.width,
            glyph.height,
            glyph.name,
            shape="box" if glyph.role == "stock" else "none",
            valve=valves[glyph.name] if glyph.role == "flow" else None,
            style=_SHADOW if glyph.role == "shadow" else PLAIN,
        )
        for i, (glyph, (x, y)) in enumerate(zip(sheet.glyphs, centres, strict=True))
    ]


def _links(sheet: Sheet, centres: Floats) -> list[Link]:
    """Draw the arrows, to a flow's valve or its name, whichever is nearer."""
    met = arrow_ends(centres, sheet.ends, sheet.valves)
    at_name = np.isclose(met, centres[sheet.ends]).all(axis=-1)
    ids = np.where(at_name, sheet.ends, sheet.valves) + 1
    return [
        Link(int(source), int(target), initial=arrow.initial)
        for arrow, (source, target) in zip(sheet.arrows, ids, strict=True)
    ]


def _pipes(sheet: Sheet, origins: Floats) -> list[Pipe]:
    """Draw the pipes."""
    valves = {glyph.name: i + 1 for i, glyph in enumerate(sheet.glyphs) if glyph.role == "valve"}
    first = np.concatenate([[0], np.cumsum([len(body.glyphs) for body in sheet.bodies])])
    return [
        Pipe(
            valves[tube.flow],
            int(first[i]) + tube.source + 1,
            int(first[i]) + tube.target + 1,
            tuple(Point(float(x + origins[i, 0]), float(y + origins[i, 1])) for x, y in tube.points),
        )
        for i, body in enumerate(sheet.bodies)
        for tube in body.tubes
    ]
