"""A page whose bodies have their places -> a view in Vensim's or Stella's notation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from rcsd.simulation.layout.glyph import RADIUS, Glyph, stock
from rcsd.simulation.layout.placing.cost import arrow_ends
from rcsd.simulation.layout.placing.geometry import Floats
from rcsd.simulation.layout.placing.sheet import Sheet
from rcsd.simulation.layout.text import SANS_SIZE, SIZE, as_written, height_beside
from rcsd.simulation.views import Element, Kind, Link, Notation, Pipe, Point, Shape, Side, Style, View

_STELLA_STOCK: Final = (45.0, 35.0)
_GREY: Final = "#808080"
_STYLES: Final[Mapping[Notation, Style]] = {
    "vensim": Style(font="Times New Roman", size=SIZE),
    "stella": Style(size=SANS_SIZE),
}
_MORE: Final = 0.3
"""Arrows by which those from below must be more for the name to stand over the circle."""


def view_of(sheet: Sheet, origins: Floats, name: str, notation: Notation) -> View:
    """Draw a page; arrows are straight."""
    centres = sheet.centres(origins)
    drawn = _Drawn(sheet, centres, notation)
    return View(
        name,
        tuple(drawn.element(i) for i in range(len(sheet.glyphs))),
        tuple(drawn.links()),
        tuple(drawn.pipes(origins)),
        sheet.width,
        sheet.height,
        notation,
        style=_STYLES[notation],
    )


class _Drawn:
    """A page while it is drawn; the id of an element is the number of its glyph and one."""

    def __init__(self, sheet: Sheet, centres: Floats, notation: Notation) -> None:
        self.sheet = sheet
        self.centres = centres
        self.notation = notation
        self.valves = {g.name: i + 1 for i, g in enumerate(sheet.glyphs) if g.role == "valve"}
        self.over = self._names_over() if notation == "stella" else set()

    def _names_over(self) -> set[int]:
        """Glyphs whose name stands over the circle, since more arrows come from below."""
        balance = np.zeros(len(self.sheet.glyphs))
        for (source, target), ends in zip(self.sheet.ends, self.centres[self.sheet.ends], strict=True):
            along = ends[1] - ends[0]
            down = along[1] / max(float(np.hypot(*along)), 1e-9)
            balance[source] += down
            balance[target] -= down
        return {i for i, each in enumerate(balance) if each > _MORE}

    def element(self, i: int) -> Element:
        """Draw one glyph."""
        glyph, (x, y) = self.sheet.glyphs[i], self.centres[i]
        centre = Point(float(x), float(y))
        valve = self.valves[glyph.name] if glyph.role == "flow" else None
        if self.notation == "vensim" or glyph.role in ("valve", "cloud"):
            shape: Shape = "box" if glyph.role == "stock" else "none"
            style = Style(colour=_GREY) if glyph.role == "shadow" else Style()
            return Element(
                i + 1, glyph.role, centre, glyph.width, glyph.height, glyph.name, shape=shape, valve=valve, style=style
            )
        return self._beside(i, glyph, centre, valve)

    def _beside(self, i: int, glyph: Glyph, centre: Point, valve: int | None) -> Element:
        """Draw a symbol with its name beside it, as Stella does."""
        if glyph.role == "stock":
            side: Side = "bottom" if glyph.below else "top"
            return Element(i + 1, "stock", centre, *self._stock_size(glyph), glyph.name, side=side, shape="box")
        if glyph.role == "flow":
            at = self.centres[self.valves[glyph.name] - 1]
            side = _side_of(centre, at)
            return Element(
                i + 1,
                "flow",
                Point(float(at[0]), float(at[1])),
                2 * RADIUS,
                2 * RADIUS,
                glyph.name,
                side=side,
                valve=valve,
            )
        kind: Kind = glyph.role
        over = i in self.over
        shift = height_beside(as_written(glyph.name, shadow=kind == "shadow")) / 2
        circle = Point(centre.x, centre.y + (shift if over else -shift))
        return Element(
            i + 1, kind, circle, 2 * RADIUS, 2 * RADIUS, glyph.name, side="top" if over else "bottom", shape="circle"
        )

    def links(self) -> list[Link]:
        """Draw the arrows."""
        sheet = self.sheet
        met = arrow_ends(self.centres, sheet.ends, sheet.valves)
        links = []
        for i, arrow in enumerate(sheet.arrows):
            at_valve = [
                self.notation == "stella" or not np.array_equal(met[i, end], self.centres[sheet.ends[i, end]])
                for end in (0, 1)
            ]
            ids = [
                self.valves.get(key[0], int(glyph) + 1) if valve and key[1] == 0 else int(glyph) + 1
                for key, glyph, valve in zip((arrow.source, arrow.target), sheet.ends[i], at_valve, strict=True)
            ]
            links.append(Link(ids[0], ids[1], initial=arrow.initial))
        return links

    def pipes(self, origins: Floats) -> list[Pipe]:
        """Draw the pipes."""
        first = np.concatenate([[0], np.cumsum([len(body.glyphs) for body in self.sheet.bodies])])
        found = []
        for i, body in enumerate(self.sheet.bodies):
            for tube in body.tubes:
                ends = int(first[i]) + tube.source, int(first[i]) + tube.target
                points = [(x + float(origins[i, 0]), y + float(origins[i, 1])) for x, y in tube.points]
                points[0] = self._met(ends[0], *points[0])
                points[-1] = self._met(ends[1], *points[-1])
                corners = tuple(Point(x, y) for x, y in points)
                found.append(Pipe(self.valves[tube.flow], ends[0] + 1, ends[1] + 1, corners))
        return found

    def _stock_size(self, glyph: Glyph) -> tuple[float, float]:
        """Of a stock: in Stella its usual size, unless pipes meet it beside one another."""
        if self.notation == "vensim":
            return glyph.width, glyph.height
        least = stock(glyph.name, 0.0, 0.0)
        wide, high = glyph.width - least.width, glyph.height - least.height
        return _STELLA_STOCK[0] + max(wide, 0.0), _STELLA_STOCK[1] + max(high, 0.0)

    def _met(self, i: int, x: float, y: float) -> tuple[float, float]:
        """Where a pipe meets a glyph, which in Stella is smaller."""
        glyph = self.sheet.glyphs[i]
        if glyph.role != "stock":
            return x, y
        (middle_x, middle_y), (wide, high) = self.centres[i], self._stock_size(glyph)
        if abs(abs(x - middle_x) - glyph.width / 2) < 1:
            return float(middle_x + np.sign(x - middle_x) * wide / 2), y
        return x, float(middle_y + np.sign(y - middle_y) * high / 2)


def _side_of(name: Point, valve: Floats) -> Side:
    """On which side of a valve its name stands."""
    if abs(name.y - valve[1]) > 1:
        return "bottom" if name.y > valve[1] else "top"
    return "right" if name.x > valve[0] else "left"
