"""Views -> the sketch of an .mdl file, in Vensim's version 300."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterable, Iterator

from rcsd.names import canonical
from rcsd.simulation.ir.model import Model
from rcsd.simulation.views import Element, Kind, Link, Pipe, Point, Style, View
from rcsd.simulation.writer.names import bare, needs_quotes

_HEAD = (
    "\\\\\\---/// Sketch information - do not modify anything except names\n"
    "V300  Do not put anything below this section - it will be ignored\n"
)
_DEFAULTS = "$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0"
_NO_COLOUR = "-1--1--1"
_GREY = "128-128-128,0-0-0,|10||128-128-128"
"""What Vensim writes for a shadow variable."""
_ORDER: tuple[Kind, ...] = ("group", "stock", "cloud", "valve", "auxiliary", "module", "shadow", "comment")
"""What is shown, from below to above; the name of a flow comes with its valve."""
_POINTS_PER_PIXEL = 72 / 96
_SHAPES = {"box": 3, "clockwise": 4, "counterclockwise": 5, "circle": 6, "hexagon": 7}
_PLAIN_SHAPE, _ATTACHED, _WITH_SIZE = 8, 32, 2
_SOURCE_HALF, _TARGET_HALF = 100, 4
_PLAIN_ARROW = 64
_LETTER, _LINE, _WIDEST = 4, 9, 64
"""Half the width of a letter, half the height of a line, and half the width after which a name is broken."""
_VALVE, _CLOUD = (6, 8), (10, 8)
_LEAST_STOCK = (40, 20)
_OWN = {"border": 1, "colour": 2, "fill": 4, "size": 8, "attributes": 16, "font": 32}


def sketch_text(views: Iterable[View], model: Model) -> str:
    """Write the sketch of a model; without views one empty sheet, which Vensim asks for."""
    shown = list(views) or [View("View 1", ())]
    return "".join(f"{_HEAD}*{bare(view.name)}\n{_DEFAULTS}\n" + "".join(_Sheet(view, model).lines()) for view in shown)


class _Sheet:
    """One view."""

    def __init__(self, view: View, model: Model) -> None:
        self._view = view
        self._model = model
        self._elements = {element.id: element for element in view.elements if self._is_shown(element)}
        self._numbers: dict[int, int] = {}
        self._next = 0
        self._pipes = {pipe.valve: pipe for pipe in view.pipes}
        self._names = {e.valve: e for e in view.elements if e.kind == "flow" and e.valve is not None}
        self._seen: set[str] = set()

    def _is_shown(self, element: Element) -> bool:
        if element.kind in ("stock", "auxiliary", "flow", "valve", "shadow"):
            return self._variable(element) is not None
        return element.kind not in ("image", "control")

    def _variable(self, element: Element) -> str | None:
        """Return the name of the variable that an element stands for; None for one that there is not."""
        module = self._view.module
        tries = (f"{module}.{element.name}", element.name) if module else (element.name,)
        found = next((variable for name in tries if (variable := self._model.get(name)) is not None), None)
        return None if found is None else bare(found.name)

    def lines(self) -> Iterator[str]:
        """Yield its objects: a pipe stands before its valve, the name of a flow right after that."""
        for kind in _ORDER:
            for element in self._elements.values():
                if element.kind == kind:
                    yield from self._flow(element) if kind == "valve" else (self._element(element),)
        for link in self._view.links:
            if link.source in self._elements and link.target in self._elements:
                yield self._link(link)

    def _number(self, id: int | None = None) -> int:
        """Return the number of an object, a new one for what has none."""
        if id is not None and id in self._numbers:
            return self._numbers[id]
        self._next += 1
        if id is not None:
            self._numbers[id] = self._next
        return self._next

    def _element(self, element: Element) -> str:
        number = self._number(element.id)
        match element.kind:
            case "cloud":
                return f"12,{number},48,{_point(element.centre)},{_size(_CLOUD)},0,3,0,0,-1,0,0,0\n"
            case "stock" | "auxiliary" | "shadow":
                return self._name(element, number)
        text = element.text or element.name
        half = _half(element) if element.width else _words(text)
        shape = 3 if element.kind in ("group", "module") else _SHAPES.get(element.shape, _PLAIN_SHAPE)
        style, bits = _style(element.style)
        head = f"12,{number},0,{_point(element.centre)},{_size(half)},{shape},4,{element.hidden},{bits},-1,0,0,0{style}"
        return f"{head}\n{_one_line(text)}\n"

    def _name(self, element: Element, number: int) -> str:
        """Write a variable; one that the sheet shows a second time is a shadow."""
        name = self._variable(element) or element.name
        is_first = canonical(name) not in self._seen and element.kind != "shadow"
        if element.kind != "shadow":
            self._seen.add(canonical(name))
        half = _words(name)
        if element.kind == "stock":
            half = self._stock(element, half)
        elif self._view.notation == "vensim" and element.width:
            half = _half(element)
        shape = 3 if element.kind == "stock" else _SHAPES.get(element.shape, _PLAIN_SHAPE)
        if element.kind != "stock" and self._view.notation == "stella":
            shape = _PLAIN_SHAPE
        if not is_first:
            where = f"{_point(element.centre)},{_size(half)},{_PLAIN_SHAPE}"
            return f"10,{number},{_quoted(name)},{where},2,0,3,-1,0,0,0,{_GREY}\n"
        style, bits = _style(element.style)
        where = f"{_point(element.centre)},{_size(half)},{shape},3,{element.hidden},{bits},0,0,0,0{style}"
        return f"10,{number},{_quoted(name)},{where}\n"

    def _stock(self, element: Element, words: tuple[int, int]) -> tuple[int, int]:
        """Return the half size of a stock: that of a file where its name stands inside, else room for the name."""
        if element.side == "center" and element.width:
            return _half(element)
        return max(_LEAST_STOCK[0], words[0]), max(_LEAST_STOCK[1], words[1])

    def _flow(self, valve: Element) -> Iterator[str]:
        name = self._names.get(valve.id)
        own, text = self._number(valve.id), self._number(None if name is None else name.id)
        pipe = self._pipes.get(valve.id)
        if pipe is not None:
            yield from self._pipe(pipe, valve, own)
        style, bits = _style(valve.style)
        yield f"11,{own},0,{_point(valve.centre)},{_valve(pipe, valve, name)},0,0,0\n"
        shown = self._variable(valve) or valve.name
        self._seen.add(canonical(shown))
        half = _words(shown)
        centre = Point(valve.centre.x, valve.centre.y + _VALVE[1] + half[1] + 2)
        if name is not None and self._view.notation == "vensim":
            half, centre = _half(name), name.centre
        elif name is not None:
            centre = self._beside(valve, name, half)
        yield f"10,{text},{_quoted(shown)},{_point(centre)},{_size(half)},40,3,{valve.hidden},{bits},-1,0,0,0{style}\n"

    def _beside(self, valve: Element, name: Element, half: tuple[int, int]) -> Point:
        """Put the name of a flow on that side of its valve where the file has it."""
        across, down = name.centre.x - valve.centre.x, name.centre.y - valve.centre.y
        x, y = round(valve.centre.x), round(valve.centre.y)
        if abs(across) > abs(down) and abs(across) > name.width / 2:
            return Point(x + math.copysign(_VALVE[0] + half[0] + 2, across), y)
        return Point(x, y + math.copysign(_VALVE[1] + half[1] + 2, down or 1))

    def _pipe(self, pipe: Pipe, valve: Element, number: int) -> Iterator[str]:
        """Write both halves of a pipe: each runs from the valve to an end, through its corners."""
        before, after = _parted(pipe.points, valve.centre)
        halves = ((pipe.target, after, _TARGET_HALF), (pipe.source, before[::-1], _SOURCE_HALF))
        for end, corners, shape in halves:
            if end is None or end not in self._elements:
                continue
            element = self._elements[end]
            points = list(corners) or [element.centre]
            points[-1] = _into(points[-1], points[-2] if len(points) > 1 else valve.centre, element)
            head = 4 if shape == _SOURCE_HALF and pipe.both_ways else 0
            bits = shape - _ATTACHED if head else shape
            yield self._arrow(number, self._number(end), f"{bits},{pipe.hidden},0,22", points)

    def _link(self, link: Link) -> str:
        source, target = self._elements[link.source], self._elements[link.target]
        start, stop = self._number(source.id), self._number(target.id)
        here, there = source.centre, target.centre
        points = link.points or (Point((here.x + there.x) / 2, (here.y + there.y) / 2),)
        shape = 0 if not link.points else 1 if link.curved else 4
        polarity = ord(link.polarity[0]) if link.polarity else 0
        bits = f"{shape},{link.hidden},{polarity},{round(link.thickness)}"
        return self._arrow(
            start,
            stop,
            bits,
            points,
            _colour(link.style.colour),
            f"{_PLAIN_ARROW | int(link.delayed)},{int(link.initial)}",
        )

    def _arrow(
        self, source: int, target: int, bits: str, points: Iterable[Point], colour: str = _NO_COLOUR, marks: str = "0,0"
    ) -> str:
        """Write an arrow; `bits` are its shape, hide level, polarity and thickness, `marks` delay and initial."""
        listed = [f"({_point(point)})" for point in points]
        own = int(colour != _NO_COLOUR)
        head = f"1,{self._number()},{source},{target},{bits},{own},{marks},{colour}"
        return f"{head},,{len(listed)}|{'|'.join(listed)}|\n"


def _valve(pipe: Pipe | None, valve: Element, name: Element | None) -> str:
    """Return the size, shape, bits and side of the name of a valve: it lies across its pipe."""
    before, after = _parted(pipe.points, valve.centre) if pipe is not None else ((), ())
    ends = [*before[-1:], *after[:1]]
    upright = bool(ends) and all(abs(end.x - valve.centre.x) < 1 for end in ends)
    if not upright:
        return f"{_size(_VALVE)},34,3,{valve.hidden},0,1"
    side = 2 if name is not None and name.centre.x < valve.centre.x else 4
    return f"{_size(_VALVE[::-1])},33,3,{valve.hidden},0,{side}"


def _parted(points: tuple[Point, ...], at: Point) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Part the points of a pipe at its valve: those before it, and those after it."""
    if at in points:
        here = points.index(at)
        return points[:here], points[here + 1 :]
    distances = [_distance(at, a, b) for a, b in itertools.pairwise(points)]
    here = distances.index(min(distances)) + 1 if distances else len(points)
    return points[:here], points[here:]


def _distance(at: Point, a: Point, b: Point) -> float:
    """Return how far a point lies from the piece of a line."""
    length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
    share = 0.0 if length == 0 else ((at.x - a.x) * (b.x - a.x) + (at.y - a.y) * (b.y - a.y)) / length
    share = max(0.0, min(1.0, share))
    return math.hypot(at.x - a.x - share * (b.x - a.x), at.y - a.y - share * (b.y - a.y))


def _into(end: Point, before: Point, element: Element) -> Point:
    """Lead the end of a pipe on to the middle of an element, level or upright as it comes."""
    centre = element.centre
    if abs(end.y - before.y) <= abs(end.x - before.x):
        return Point(centre.x, end.y)
    return Point(end.x, centre.y)


def _point(at: Point) -> str:
    return f"{round(at.x)},{round(at.y)}"


def _size(half: tuple[int, int]) -> str:
    return f"{half[0]},{half[1]}"


def _half(element: Element) -> tuple[int, int]:
    return max(1, round(element.width / 2)), max(1, round(element.height / 2))


def _words(text: str) -> tuple[int, int]:
    """Return half the box of a text that is broken where it gets long."""
    width = len(text) * _LETTER + 6
    lines = -(-width // _WIDEST)
    return min(width, _WIDEST), _LINE * lines


def _quoted(name: str) -> str:
    if not needs_quotes(name, "vensim"):
        return name
    inside = name.replace('"', '\\"')
    return f'"{inside}"'


def _one_line(text: str) -> str:
    return "\\n".join(line.strip() for line in text.splitlines()) or " "


def _colour(written: str | None) -> str:
    if written is None:
        return _NO_COLOUR
    return "-".join(str(int(written[i : i + 2], 16)) for i in (1, 3, 5))


def _font(written: str | None) -> str:
    """Return the first of the fonts that are named: a comma or a bar would end the field."""
    return "" if written is None else bare(re.split(r"[,|]", written)[0])


def _style(style: Style) -> tuple[str, int]:
    """Return the fields for what an element says of its own looks, and the bits that say which of them count."""
    attributes = "".join(
        letter for letter, on in (("B", style.bold), ("I", style.italic), ("U", style.underline)) if on
    )
    own = {
        "border": style.border,
        "colour": style.colour,
        "fill": style.fill,
        "size": style.size,
        "attributes": attributes,
        "font": style.font,
    }
    bits = sum(_OWN[what] for what, value in own.items() if value)
    if not bits:
        return "", 0
    size = "" if style.size is None else f"{style.size * _POINTS_PER_PIXEL:g}"
    text = f"{_font(style.font)}|{size}|{attributes}|{_colour(style.colour) if style.colour else '0-0-0'}"
    return f",{_colour(style.border)},{_colour(style.fill)},{text}", bits
