"""Where the stocks, pipes, valves and clouds of one chain stand to one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from rcsd.simulation.layout.chain import Flow, spine
from rcsd.simulation.layout.glyph import CLOUD, CLOUD_ROOM, Body, Glyph, Side, Tube, cloud, flow_name, stock, valve
from rcsd.simulation.layout.text import beside_size, label_size

_SHORTEST: Final = 92.0
"""From the edge of a stock to that of the next, or to a cloud."""
_UPRIGHT: Final = 84.0
_BESIDE: Final = 66.0
"""Between pipes that run side by side."""
_INFLOW_SIDES: Final[tuple[Side, ...]] = ("left", "top", "bottom", "right")
_OUTFLOW_SIDES: Final[tuple[Side, ...]] = ("right", "bottom", "top", "left")
_OPPOSITE: Final[Mapping[Side, Side]] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
Cell = tuple[int, int]
Place = tuple[float, float]


def chain_body(stocks: Sequence[str], flows: Sequence[Flow]) -> Body:
    """Lay out a chain: its longest run of stocks in a row, others over or under it, clouds at the ends.

    Parameters
    ----------
    stocks : sequence of str
        Joined by flows.
    flows : sequence of Flow
        Theirs.
    """
    own = [flow for flow in flows if flow.source in stocks or flow.target in stocks]
    return _Chain(_cells(list(stocks), own), own).body()


def _cells(stocks: list[str], flows: Sequence[Flow]) -> dict[str, Cell]:
    """Column and row of each stock."""
    cells: dict[str, Cell] = {name: (i, 0) for i, name in enumerate(spine(stocks, flows))}
    while len(cells) < len(stocks):
        for flow in flows:
            ends = (flow.source, flow.target)
            known = next((end for end in ends if end in cells), None)
            new = next((end for end in ends if end is not None and end not in cells), None)
            if known is not None and new is not None:
                cells[new] = _nearest_free(cells[known], set(cells.values()))
    return cells


def _nearest_free(cell: Cell, taken: set[Cell]) -> Cell:
    column, row = cell
    away = sorted(
        ((i, j) for i in range(-6, 7) for j in range(-6, 7)),
        key=lambda at: (abs(at[0]) + abs(at[1]), at[0] != 0, -at[1], -at[0]),
    )
    near = ((column + i, row + j) for i, j in away)
    return next((at for at in near if at not in taken), (column, 1 + max(row for _, row in taken)))


class _Chain:
    """One chain while it is laid out."""

    def __init__(self, cells: Mapping[str, Cell], flows: Sequence[Flow]) -> None:
        self.cells = cells
        self.flows = flows
        self.at: dict[tuple[str, Side], list[Flow]] = {}
        between = [flow for flow in flows if flow.source in cells and flow.target in cells]
        for flow in between:
            self._between(flow)
        for flow in flows:
            if flow not in between:
                self._outward(flow)

    def _between(self, flow: Flow) -> None:
        assert flow.source is not None
        assert flow.target is not None
        side = self._side_to(flow.source, flow.target)
        self.at.setdefault((flow.source, side), []).append(flow)
        self.at.setdefault((flow.target, _OPPOSITE[side]), []).append(flow)

    def _side_to(self, source: str, target: str) -> Side:
        (i, j), (k, m) = self.cells[source], self.cells[target]
        if j == m:
            return "right" if k > i else "left"
        return "bottom" if m > j else "top"

    def _outward(self, flow: Flow) -> None:
        name = flow.source or flow.target
        assert name is not None
        order = _INFLOW_SIDES if flow.target == name else _OUTFLOW_SIDES
        side: Side = min(order, key=lambda each: (self._count(name, each), order.index(each)))
        self.at.setdefault((name, side), []).append(flow)

    def _count(self, name: str, side: Side) -> int:
        return len(self.at.get((name, side), ()))

    def _size(self, name: str) -> tuple[float, float]:
        """Width and height that leave each pipe a place."""
        least = stock(name, 0.0, 0.0)
        high = max(self._count(name, "left"), self._count(name, "right")) - 1
        wide = max(self._pitch(name, side) * (self._count(name, side) - 1) for side in ("top", "bottom"))
        return max(least.width, wide + 40), max(least.height, high * _BESIDE + least.height)

    def _pitch(self, name: str, side: Side) -> float:
        """From one upright pipe to the next, whose name stands between them."""
        widths = [_name_width(flow.name) for flow in self.at.get((name, side), ())]
        return max(widths, default=0.0) + 34

    def _offset(self, name: str, side: Side, flow: Flow) -> float:
        """Where on the side of a stock a pipe meets it, from the middle."""
        beside = self.at[name, side]
        pitch = _BESIDE if side in ("left", "right") else self._pitch(name, side)
        return (beside.index(flow) - (len(beside) - 1) / 2) * pitch

    def _reach(self, name: str, side: Side) -> float:
        """From the edge of a stock to the cloud of its farthest flow on that side; 0 where there is none."""
        flows = [flow for flow in self.at.get((name, side), ()) if flow.source is None or flow.target is None]
        if side in ("left", "right"):
            return max((max(_SHORTEST, _name_width(flow.name) + 2 * CLOUD_ROOM[0]) for flow in flows), default=0.0)
        return _UPRIGHT if flows else 0.0

    def _middles(self) -> dict[str, Place]:
        """Centre of each stock, from columns and rows as wide and high as they must be."""
        columns = sorted({column for column, _ in self.cells.values()})
        rows = sorted({row for _, row in self.cells.values()})
        x, y = {columns[0]: 0.0}, {rows[0]: 0.0}
        for left, right in pairwise(columns):
            x[right] = x[left] + max(200.0, *(self._apart(a, b) for a in self._in(left, 0) for b in self._in(right, 0)))
        for above, below in pairwise(rows):
            y[below] = y[above] + max(self._stacked(a, b) for a in self._in(above, 1) for b in self._in(below, 1))
        return {name: (x[column], y[row]) for name, (column, row) in self.cells.items()}

    def _in(self, line: int, axis: int) -> list[str]:
        return [name for name, cell in self.cells.items() if cell[axis] == line]

    def _apart(self, a: str, b: str) -> float:
        """From the middle of a stock to that of one to its right."""
        shared = [f for f in self.at.get((a, "right"), ()) if f in self.at.get((b, "left"), ())]
        gap = max((_name_width(flow.name) + 14 for flow in shared), default=20.0)
        clouds = self._reach(a, "right") + self._reach(b, "left")
        return (
            (self._size(a)[0] + self._size(b)[0]) / 2
            + max(_SHORTEST, gap)
            + (clouds + 2 * CLOUD_ROOM[0] if clouds else 0.0)
        )

    def _stacked(self, a: str, b: str) -> float:
        """From the middle of a stock to that of one below it."""
        clouds = self._reach(a, "bottom") + self._reach(b, "top")
        return (self._size(a)[1] + self._size(b)[1]) / 2 + _UPRIGHT + 20 + clouds

    def body(self) -> Body:
        """Return the chain with the middle of its first stock as the origin."""
        middles = self._middles()
        first = middles[next(iter(self.cells))]
        middles = {name: (x - first[0], y - first[1]) for name, (x, y) in middles.items()}
        glyphs: list[Glyph] = []
        for name, (x, y) in middles.items():
            width, height = self._size(name)
            glyphs.append(stock(name, x, y, width=width, height=height))
        order = {name: i for i, name in enumerate(middles)}
        tubes: list[Tube] = []
        for flow in self.flows:
            points = self._pipe(flow, middles)
            at, side = _valve_on(points)
            tube_ends = []
            for end, place in ((flow.source, points[0]), (flow.target, points[-1])):
                if end is not None and end in order:
                    tube_ends.append(order[end])
                else:
                    tube_ends.append(len(glyphs))
                    glyphs.append(cloud(*place))
            glyphs += [valve(flow.name, *at), flow_name(flow.name, *at, side)]
            tubes.append(Tube(flow.name, tube_ends[0], tube_ends[1], points))
        return Body(tuple(glyphs), tuple(tubes))

    def _pipe(self, flow: Flow, middles: Mapping[str, Place]) -> tuple[Place, ...]:
        """Points of a pipe, those of its two ends the first and the last."""
        inside = [end for end in (flow.source, flow.target) if end is not None and end in middles]
        if len(inside) > 1:
            return self._joining(flow, middles)
        name = inside[0]
        side = next(s for s in _OPPOSITE if flow in self.at.get((name, s), ()))
        edge, far = self._stub(name, side, flow, middles[name])
        return (edge, far) if flow.source == name else (far, edge)

    def _stub(self, name: str, side: Side, flow: Flow, middle: Place) -> tuple[Place, Place]:
        """Return the place where a pipe meets a stock, and that of its cloud."""
        width, height = self._size(name)
        offset = self._offset(name, side, flow)
        (x, y), reach = middle, self._reach(name, side) + CLOUD[0] / 2
        if side in ("left", "right"):
            sign = 1 if side == "right" else -1
            edge = x + sign * width / 2
            return (edge, y + offset), (edge + sign * reach, y + offset)
        sign = 1 if side == "bottom" else -1
        edge = y + sign * height / 2
        return (x + offset, edge), (x + offset, edge + sign * reach)

    def _joining(self, flow: Flow, middles: Mapping[str, Place]) -> tuple[Place, ...]:
        """Points of a pipe between two stocks: straight where they stand beside each other, else round a corner."""
        assert flow.source is not None
        assert flow.target is not None
        (ax, ay), (bx, by) = middles[flow.source], middles[flow.target]
        (aw, ah), (bw, bh) = self._size(flow.source), self._size(flow.target)
        (i, j), (k, m) = self.cells[flow.source], self.cells[flow.target]
        side = self._side_to(flow.source, flow.target)
        offset = self._offset(flow.source, side, flow)
        if j == m and abs(i - k) == 1:
            sign = 1 if k > i else -1
            return ((ax + sign * aw / 2, ay + offset), (bx - sign * bw / 2, by + offset))
        if i == k and abs(j - m) == 1:
            sign = 1 if m > j else -1
            return ((ax + offset, ay + sign * ah / 2), (bx + offset, by - sign * bh / 2))
        if j == m:  # over the stocks between them
            over = ay - max(ah, bh) / 2 - 46
            return ((ax, ay - ah / 2), (ax, over), (bx, over), (bx, by - bh / 2))
        sign = 1 if k >= i else -1
        up = -1 if m < j else 1
        if i == k:
            beside = ax + max(aw, bw) / 2 + 60
            return ((ax + aw / 2, ay), (beside, ay), (beside, by), (bx + bw / 2, by))
        return ((ax + offset, ay + up * ah / 2), (ax + offset, by), (bx - sign * bw / 2, by))


def _name_width(name: str) -> float:
    return max(label_size(name)[0], beside_size(name)[0])


def _valve_on(points: Sequence[Place]) -> tuple[Place, Side]:
    """Return the middle of the longest straight piece of a pipe, and the side of it where a name has room."""
    pieces = list(pairwise(points))
    (ax, ay), (bx, by) = max(pieces, key=lambda p: abs(p[0][0] - p[1][0]) + abs(p[0][1] - p[1][1]))
    return ((ax + bx) / 2, (ay + by) / 2), "bottom" if abs(bx - ax) >= abs(by - ay) else "right"
