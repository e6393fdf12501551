"""Loops of a graph: the shortest independent ones, all of them, or the strongest where they are too many."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rcsd.simulation.engine.links import Link

Cycle = tuple[str, ...]
_MUCH_WEAKER = 0.01
_MOST_VISITS = 20_000
"""From one start at one moment."""


def closed(cycle: Cycle) -> Iterator[Link]:
    """Yield the links of a cycle, the last one back to its first variable."""
    return pairwise((*cycle, cycle[0]))


def with_arrows(cycle: Cycle) -> str:
    """Write a cycle, back to its first variable.

    Examples
    --------
    >>> with_arrows(("Population", "Births"))
    'Population → Births → Population'
    """
    return " → ".join((*cycle, cycle[0]))


def independent_loops(links: Iterable[Link]) -> list[Cycle]:
    """Find a shortest independent loop set.

    Loops are taken from the shortest on, each with at least one link that none before it has, until all links are
    covered; of equally short ones the first is that with the fewest new links (Oliva 2004, System Dynamics Review
    20(4)). The shortest loop through each link is all that can be taken so: a longer one would bring nothing new.

    Parameters
    ----------
    links : iterable of (str, str)
        In an order that settles ties. Links in no loop are left out.

    Returns
    -------
    list of tuple of str
        The variables of each loop.
    """
    links = list(dict.fromkeys(links))
    after = _successors(links)
    by_length: dict[int, list[Cycle]] = {}
    for source, target in links:
        back = _shortest(target, source, after)
        if back is not None:
            by_length.setdefault(len(back), []).append(back)
    covered: set[Link] = set()
    found: list[Cycle] = []
    for length in sorted(by_length):
        waiting = by_length[length]
        while waiting:
            new = [sum(link not in covered for link in closed(cycle)) for cycle in waiting]
            waiting = [cycle for cycle, n in zip(waiting, new, strict=True) if n]
            fewest = min((n for n in new if n), default=0)
            if fewest:
                cycle = next(c for c in waiting if sum(link not in covered for link in closed(c)) == fewest)
                found.append(cycle)
                covered.update(closed(cycle))
    return found


def all_loops(links: Iterable[Link], limit: int, *, longest: int | None = None) -> list[Cycle] | None:
    """List every loop (Johnson 1975) of at most so many variables; None when there are more than `limit`."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    found: list[Cycle] = []
    for cycle in nx.simple_cycles(nx.DiGraph(list(links)), length_bound=longest):
        if len(found) == limit:
            return None
        found.append(tuple(cycle))
    return found


def strongest_loops(strengths: Sequence[Mapping[Link, float]], starts: Iterable[str], limit: int) -> list[Cycle]:
    """Find loops with strong links: a sample of all, for graphs that have too many.

    From every start the search follows the strongest links first, and goes on from a variable unless it has been there
    on a much stronger way. Eberlein and Schoenberg (2020, Finding the Loops that Matter) give up where another way was
    stronger at all, with which less than half of the 200 strongest loops of World3 are found in place of nearly all.

    Parameters
    ----------
    strengths : sequence of mapping of (str, str) to float
        Of links that are at work, at some times: absolute scores, greater than zero.
    starts : iterable of str
        Variables with a memory: each loop has one.
    limit : int
        Most loops to find.
    """
    starts = tuple(starts)
    found: dict[frozenset[Link], Cycle] = {}
    for strength in strengths:
        after: dict[str, list[tuple[float, str]]] = {}
        for (source, target), score in strength.items():
            after.setdefault(source, []).append((score, target))
        for own in after.values():
            own.sort(key=lambda pair: (-pair[0], pair[1]))
        for start in starts:
            for cycle in _from(start, after):
                found.setdefault(frozenset(closed(cycle)), cycle)
                if len(found) >= limit:
                    return list(found.values())
    return list(found.values())


def _from(start: str, after: Mapping[str, Sequence[tuple[float, str]]]) -> Iterator[Cycle]:
    best: dict[str, float] = {}
    n_visits = 0
    path, inside = [start], {start}
    scores = [1.0]
    stack = [iter(after.get(start, ()))]
    while stack:
        for strength, target in stack[-1]:
            score = scores[-1] * strength
            if target == start:
                yield tuple(path)
            elif target not in inside and score > _MUCH_WEAKER * best.get(target, 0.0):
                n_visits += 1
                if n_visits > _MOST_VISITS:
                    return
                best[target] = max(score, best.get(target, 0.0))
                path.append(target)
                inside.add(target)
                scores.append(score)
                stack.append(iter(after.get(target, ())))
                break
        else:
            stack.pop()
            inside.discard(path.pop())
            scores.pop()


def _successors(links: Iterable[Link]) -> dict[str, list[str]]:
    after: dict[str, list[str]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
    return after


def _shortest(start: str, end: str, after: Mapping[str, Sequence[str]]) -> Cycle | None:
    """Return a shortest way from one variable to another, both included; just one where they are the same."""
    before: dict[str, str] = {}
    seen, waiting = {start}, deque([start])
    while waiting:
        node = waiting.popleft()
        if node == end:
            way = [node]
            while way[-1] != start:
                way.append(before[way[-1]])
            return tuple(reversed(way))
        for other in after.get(node, ()):
            if other not in seen:
                seen.add(other)
                before[other] = node
                waiting.append(other)
    return None
