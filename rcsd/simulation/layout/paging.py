"""Which variables stand together: a large model is parted into pages by what is connected most."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Final

from rcsd.simulation.layout.chain import chains
from rcsd.simulation.layout.graph import Graph

MOST: Final = 40
"""Variables that a page should hold; a chain of stocks is never parted."""


def pages_of(graph: Graph, most: int = MOST) -> list[list[str]]:
    """Part the variables of a model into pages.

    Parts are joined two by two, those first that have more arrows between them than chance would give (the greedy gain
    of modularity: Clauset, Newman and Moore 2004), as long as a page holds them. Parts that are left over, and what no
    arrow joins, share pages.

    Parameters
    ----------
    graph : Graph
        The model.
    most : int
        Variables on a page.

    Returns
    -------
    list of list of str
        Names in the order of the model, pages by their first.
    """
    parts = _Parts(_pieces(graph), graph, most)
    parts.join_leaves()
    parts.join()
    order = {name: i for i, name in enumerate(graph.kinds)}
    pages = [sorted(page, key=order.__getitem__) for page in _packed(parts.members.values(), most)]
    return sorted(pages, key=lambda page: order[page[0]])


def _pieces(graph: Graph) -> list[list[str]]:
    """Chains with their flows, and every other variable alone."""
    stocks = [name for name, kind in graph.kinds.items() if kind == "stock"]
    found = []
    for chain in chains(graph, stocks):
        flows = [f for s in chain for f in (*graph.inflows.get(s, ()), *graph.outflows.get(s, ()))]
        found.append(list(dict.fromkeys([*chain, *flows])))
    inside = {name for piece in found for name in piece}
    return found + [[name] for name in graph.kinds if name not in inside]


class _Parts:
    """Parts of a model while they are joined."""

    def __init__(self, pieces: list[list[str]], graph: Graph, most: int) -> None:
        self.most = most
        self.members = dict(enumerate(pieces))
        of = {name: i for i, piece in self.members.items() for name in piece}
        self.near: dict[int, dict[int, int]] = {i: {} for i in self.members}
        self.ends = dict.fromkeys(self.members, 0)
        self.arrows = 0
        for name, causes in graph.causes.items():
            for cause in causes:
                self.arrows += 1
                a, b = of[name], of[cause]
                self.ends[a] += 1
                self.ends[b] += 1
                if a != b:
                    self.near[a][b] = self.near[b][a] = self.near[a].get(b, 0) + 1

    def join_leaves(self) -> None:
        """Join every part of one variable with one neighbour to that, a constant to its only use."""
        for part in list(self.members):
            if len(self.members[part]) == 1 and len(self.near[part]) == 1:
                other = next(iter(self.near[part]))
                if self._fits(part, other):
                    self._unite(other, part)

    def join(self) -> None:
        """Join two by two, the most connected first."""
        waiting = [(self._gain(a, b), a, b) for a in self.near for b in self.near[a] if a < b]
        heapq.heapify(waiting)
        while waiting:
            gain, a, b = heapq.heappop(waiting)
            known = a in self.members and b in self.near[a]
            if known and gain == self._gain(a, b) and self._fits(a, b):
                self._unite(a, b)
                for c in self.near[a]:
                    heapq.heappush(waiting, (self._gain(a, c), min(a, c), max(a, c)))

    def _gain(self, a: int, b: int) -> float:
        """Return the arrows between two parts beyond what chance would give, the more the less."""
        return self.ends[a] * self.ends[b] / (2 * self.arrows) - self.near[a][b]

    def _fits(self, a: int, b: int) -> bool:
        return len(self.members[a]) + len(self.members[b]) <= self.most

    def _unite(self, a: int, b: int) -> None:
        self.members[a] = [*self.members[a], *self.members.pop(b)]
        self.ends[a] += self.ends.pop(b)
        for other, n in self.near.pop(b).items():
            del self.near[other][b]
            if other != a:
                self.near[a][other] = self.near[other][a] = self.near[a].get(other, 0) + n


def _packed(groups: Iterable[list[str]], most: int) -> list[list[str]]:
    """Put small groups together, the largest first, each on the first page with room."""
    pages: list[list[str]] = []
    for group in sorted(groups, key=len, reverse=True):
        page = next((page for page in pages if len(page) + len(group) <= most), None)
        if page is None:
            pages.append(list(group))
        else:
            page += group
    return pages
