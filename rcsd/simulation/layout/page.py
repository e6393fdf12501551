"""From variables of one page to what is placed on it: chains, names, shadows of what stands elsewhere, arrows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rcsd.simulation.layout.body import chain_body
from rcsd.simulation.layout.chain import Flow, chains, flows_among
from rcsd.simulation.layout.glyph import Body, label
from rcsd.simulation.layout.graph import Graph
from rcsd.simulation.layout.placing.sheet import Arrow, Key


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page.

    Attributes
    ----------
    name : str
        Of the view.
    bodies : tuple of (Body, int)
        Chains, then names, then shadows; the number tells the appearances of one variable apart.
    arrows : tuple of Arrow
        One for each cause of each variable whose own place this is.
    stocks : frozenset of str
        Which variables of the model are stocks.
    """

    name: str
    bodies: tuple[tuple[Body, int], ...]
    arrows: tuple[Arrow, ...]
    stocks: frozenset[str]

    def with_shadows(self, moved: Mapping[Arrow, Key]) -> Page:
        """Return a page on which some arrows start from shadows of their own."""
        arrows = tuple(Arrow(moved[a], a.target, a.initial) if a in moved else a for a in self.arrows)
        own = tuple(each for each in self.bodies if not each[1])
        return replace(self, bodies=own + _shadows(arrows, self.stocks), arrows=arrows)


def _shadows(arrows: Iterable[Arrow], stocks: frozenset[str]) -> tuple[tuple[Body, int], ...]:
    """Return a body for each shadow that arrows join."""
    keys = dict.fromkeys(key for arrow in arrows for key in (arrow.source, arrow.target) if key[1])
    return tuple((label("shadow", name, boxed=name in stocks), number) for name, number in keys)


def page_of(graph: Graph, name: str, variables: Collection[str]) -> Page:
    """Gather a page for some variables; a cause that is none of them has a shadow there.

    A stock brings its flows, whether they are among the variables or not; a flow without its stock is a name.
    """
    inside = [each for each in graph.kinds if each in variables]
    stocks = [each for each in inside if graph.kinds[each] == "stock"]
    flows = flows_among(graph, stocks)
    bodies = [chain_body(chain, flows) for chain in chains(graph, stocks)]
    joined = {glyph.name for body in bodies for glyph in body.glyphs}
    own = [each for each in graph.kinds if each in joined or each in variables]
    bodies += [label("auxiliary", each) for each in own if each not in joined]
    arrows = [
        Arrow((cause, 0 if cause in own else 1), (each, 0), initial)
        for each in own
        for cause, initial in graph.causes[each].items()
    ]
    arrows += _second_ends(graph, stocks, flows)
    all_stocks = frozenset(each for each, kind in graph.kinds.items() if kind == "stock")
    return Page(name, (*((b, 0) for b in bodies), *_shadows(arrows, all_stocks)), tuple(arrows), all_stocks)


def _second_ends(graph: Graph, stocks: Sequence[str], flows: Sequence[Flow]) -> list[Arrow]:
    """Arrows to stocks that a flow changes beside the two that its pipe joins."""
    piped = {(flow.name, end) for flow in flows for end in (flow.source, flow.target)}
    return [
        Arrow((flow, 0), (stock, 0))
        for stock in stocks
        for flow in (*graph.inflows.get(stock, ()), *graph.outflows.get(stock, ()))
        if (flow, stock) not in piped
    ]
