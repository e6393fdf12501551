"""The feedback structure of a model: its variables, the links between those that move one another, and what is inside.

What the file does not name, such as the stocks of a delay, is part of the link that leads through it; a feedback that
stays inside one is none of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ModelError
from rcsd.simulation.engine.links import Link, Network, network_of
from rcsd.simulation.ir.system import System

_MOST_PATHS = 100_000
"""Ways through parts of functions, in a whole model."""

Path = tuple[Link, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Feedback:
    """Variables that move one another.

    Attributes
    ----------
    network : Network
        Everything that moves in the system.
    partitions : tuple of tuple of str
        Variables, in the order of the file, that all move one another: cycle partitions.
    links : mapping of (str, str) to tuple of paths
        Links between two variables of one partition, and the ways through the network that each stands for.
    members : frozenset of str
        Nodes of the network on these ways.
    rank : mapping of str to int
        Place of each variable in loops in the order of the file, stocks before all others.
    """

    network: Network
    partitions: tuple[tuple[str, ...], ...]
    links: Mapping[Link, tuple[Path, ...]]
    members: frozenset[str]
    rank: Mapping[str, int]

    @property
    def states(self) -> frozenset[str]:
        """Variables that carry over from step to step."""
        return frozenset(self.network.carried) & self.network.visible

    def turned(self, cycle: tuple[str, ...]) -> tuple[str, ...]:
        """Return a loop so that equal ones are equal: from its first stock in the file on, or its first variable."""
        ranks = [self.rank[name] for name in cycle]
        first = ranks.index(min(ranks))
        return (*cycle[first:], *cycle[:first])

    def combined(
        self, scores: Mapping[Link, NDArray[np.float64]], links: Iterable[Link] | None = None
    ) -> dict[Link, NDArray[np.float64]]:
        """Score links by the strongest of their ways at every step (Schoenberg and Eberlein 2020).

        Parameters
        ----------
        scores : mapping of (str, str) to NDArray
            Of the links of the network.
        links : iterable of (str, str), optional
            All of them when None.
        """
        found = {}
        for link in self.links if links is None else links:
            paths = self.links[link]
            best = _along(paths[0], scores)
            for path in paths[1:]:
                other = _along(path, scores)
                best = np.where(np.abs(other) > np.abs(best), other, best)
            found[link] = best
        return found


def feedback_of(system: System) -> Feedback:
    """Find the feedback structure of a system.

    Raises
    ------
    ModelError
        When functions of several stages lead through one another in too many ways.
    """
    network = network_of(system)
    place = {name: i for i, name in enumerate(system.outputs)}
    circles = [(circle, [name for name in circle if name in network.visible]) for circle in network.circles()]
    found = sorted(((c, sorted(v, key=place.__getitem__)) for c, v in circles if v), key=lambda pair: place[pair[1][0]])
    links: dict[Link, list[Path]] = {}
    n_paths = 0
    for circle, visible in found:
        within = set(circle)
        outof: dict[str, list[str]] = {name: [] for name in circle}
        for name in circle:
            for source in network.into(name):
                if source in within:
                    outof[source].append(name)
        for start in visible:
            for path in _ways(start, outof, network.visible):
                links.setdefault((start, path[-1][1]), []).append(path)
                n_paths += 1
                if n_paths > _MOST_PATHS:
                    raise ModelError(
                        f"delays and smooths of {system.name!r} lead through one another in more than {_MOST_PATHS:,} "
                        f"ways, at {start!r}: give them variables of their own",
                        variable=start,
                    )
    ordered = dict(sorted(links.items(), key=lambda item: (place[item[0][0]], place[item[0][1]])))
    members = frozenset(name for paths in links.values() for path in paths for link in path for name in link)
    inside = sorted((name for _, own in found for name in own), key=lambda n: (n not in network.carried, place[n]))
    return Feedback(
        network=network,
        partitions=tuple(tuple(own) for _, own in found),
        links={link: tuple(paths) for link, paths in ordered.items()},
        members=members,
        rank={name: i for i, name in enumerate(inside)},
    )


def _ways(start: str, outof: Mapping[str, Sequence[str]], visible: frozenset[str]) -> Iterator[Path]:
    """Yield the ways from a variable to the next ones, through nothing that the file names and nothing twice."""
    stack = [iter(outof[start])]
    path: list[Link] = []
    passed = {start}
    while stack:
        for node in stack[-1]:
            here = path[-1][1] if path else start
            if node in visible:
                yield (*path, (here, node))
            elif node not in passed:
                passed.add(node)
                path.append((here, node))
                stack.append(iter(outof[node]))
                break
        else:
            stack.pop()
            if path:
                passed.discard(path.pop()[1])


def _along(path: Path, scores: Mapping[Link, NDArray[np.float64]]) -> NDArray[np.float64]:
    product = scores[path[0]]
    for link in path[1:]:
        product = product * scores[link]
    return product
