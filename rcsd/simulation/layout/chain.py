"""Stocks and their flows as one body: the longest chain in a row, other flows up and down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rcsd.simulation.layout.graph import Graph


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow and the stocks at its ends; None is a cloud."""

    name: str
    source: str | None
    target: str | None


def flows_among(graph: Graph, stocks: Iterable[str]) -> list[Flow]:
    """Return the flows of some stocks; a flow of several stocks runs between the first two that fit."""
    inside = list(stocks)
    source = {flow: each for each in reversed(inside) for flow in graph.outflows.get(each, ())}
    target = {flow: each for each in reversed(inside) for flow in graph.inflows.get(each, ())}
    return [Flow(name, source.get(name), target.get(name)) for name in graph.kinds if name in source or name in target]


def chains(graph: Graph, stocks: Iterable[str]) -> list[list[str]]:
    """Group stocks that flows join, in the order given."""
    inside = list(stocks)
    near: dict[str, set[str]] = {each: set() for each in inside}
    for flow in flows_among(graph, inside):
        if flow.source is not None and flow.target is not None:
            near[flow.source].add(flow.target)
            near[flow.target].add(flow.source)
    found: list[list[str]] = []
    seen: set[str] = set()
    for each in inside:
        if each not in seen:
            members, waiting = set(), [each]
            while waiting:
                stock_name = waiting.pop()
                if stock_name not in members:
                    members.add(stock_name)
                    waiting += near[stock_name]
            seen |= members
            found.append([name for name in inside if name in members])
    return found


def spine(stocks: list[str], flows: Iterable[Flow]) -> list[str]:
    """Return the longest run of stocks along their flows; the earlier in the file of two that are as long."""
    following: dict[str, list[str]] = {each: [] for each in stocks}
    for flow in flows:
        if flow.source and flow.target and flow.target not in following[flow.source]:
            following[flow.source].append(flow.target)
    best: list[str] = []
    budget = 20_000  # a chain of stocks has few branches; a web of them is cut off
    waiting = [[each] for each in reversed(stocks)]
    while waiting and budget:
        budget -= 1
        path = waiting.pop()
        if len(path) > len(best):
            best = path
        waiting += [[*path, each] for each in following[path[-1]] if each not in path]
    return best
