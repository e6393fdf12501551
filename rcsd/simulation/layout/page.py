"""From variables of one page to what is placed on it: chains, names, shadows of what stands elsewhere, arrows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rcsd.simulation.layout.body import chain_body
from rcsd.simulation.layout.chain import Flow, chains, flows_among
from rcsd.simulation.layout.glyph import Body, Side, label
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
    """

    name: str
    bodies: tuple[tuple[Body, int], ...]
    arrows: tuple[Arrow, ...]


def page_of(graph: Graph, name: str, variables: Collection[str], sides: Mapping[str, Side] | None = None) -> Page:
    """Gather a page for some variables; a cause that is none of them has a shadow there.

    A stock brings its flows, whether they are among the variables or not; a flow without its stock is a name.
    """
    inside = [each for each in graph.kinds if each in variables]
    stocks = [each for each in inside if graph.kinds[each] == "stock"]
    flows = flows_among(graph, stocks)
    bodies = [chain_body(chain, flows, sides) for chain in chains(graph, stocks)]
    joined = {glyph.name for body in bodies for glyph in body.glyphs}
    own = [each for each in graph.kinds if each in joined or each in variables]
    bodies += [label("auxiliary", each) for each in own if each not in joined]
    arrows = [
        Arrow((cause, 0 if cause in own else 1), (each, 0), initial)
        for each in own
        for cause, initial in graph.causes[each].items()
    ]
    arrows += _second_ends(graph, stocks, flows)
    shadows = dict.fromkeys(arrow.source[0] for arrow in arrows if arrow.source[1])
    return Page(name, (*((b, 0) for b in bodies), *((label("shadow", s), 1) for s in shadows)), tuple(arrows))


def _second_ends(graph: Graph, stocks: Sequence[str], flows: Sequence[Flow]) -> list[Arrow]:
    """Arrows to stocks that a flow changes beside the two that its pipe joins."""
    piped = {(flow.name, end) for flow in flows for end in (flow.source, flow.target)}
    return [
        Arrow((flow, 0), (stock, 0))
        for stock in stocks
        for flow in (*graph.inflows.get(stock, ()), *graph.outflows.get(stock, ()))
        if (flow, stock) not in piped
    ]


def with_shadows(page: Page, moved: Mapping[Arrow, Key]) -> Page:
    """Return a page on which some arrows start from shadows of their own."""
    arrows = [Arrow(moved[a], a.target, a.initial) if a in moved else a for a in page.arrows]
    used = dict.fromkeys(arrow.source for arrow in arrows)
    present = {(body.glyphs[0].name, number) for body, number in page.bodies}
    kept = [each for each in page.bodies if not each[1] or (each[0].glyphs[0].name, each[1]) in used]
    joined = {(glyph.name, number) for body, number in kept for glyph in body.glyphs}
    new = [(label("shadow", name), n) for name, n in used if (name, n) not in joined | present]
    return Page(page.name, (*kept, *new), tuple(arrows))
