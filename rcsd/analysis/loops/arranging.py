"""From scored links to the loops of a run, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.loops.cycles import Cycle, closed
from rcsd.analysis.loops.known import Known
from rcsd.analysis.loops.matching import Family
from rcsd.analysis.loops.polarity import Polarity, polarity
from rcsd.analysis.loops.result import FeedbackLoop, LoopFamily, Partition, Span
from rcsd.analysis.loops.sums import Sums, sums_of
from rcsd.analysis.loops.weighing import Floats, weighing
from rcsd.simulation.engine.links import Link

LISTED = 500
"""Loops beside the independent and the named ones that are listed."""
_HALF = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """Loops with their scores.

    Attributes
    ----------
    loops : tuple of FeedbackLoop
        As listed.
    scores, relative : NDArray, shape (time, loop)
        Of them.
    partitions : tuple of Partition
        Of all loops.
    families : tuple of LoopFamily
        Loops under a name.
    """

    loops: tuple[FeedbackLoop, ...]
    scores: Floats
    relative: Floats
    partitions: tuple[Partition, ...]
    families: tuple[LoopFamily, ...]


def arranged(
    known: Known,
    families: Sequence[Family],
    scores: Mapping[Link, Floats],
    signs: Callable[[Collection[Link]], Mapping[Link, Floats]],
    times: Floats,
) -> Arranged:
    """Score loops and put them in order.

    Parameters
    ----------
    known : Known
        The loops.
    families : sequence of Family
        Those that are told together.
    scores : mapping of (str, str) to NDArray, shape (time,)
        Of links.
    signs : callable
        Given links, returns the sign of what a small move of the cause does, shape (time,): for loops at rest.
    times : NDArray, shape (time,)
        Of the steps.
    """
    weigh = weighing(known.cycles, known.partition)
    members = [each.members(known.cycles) for each in families]
    sums = sums_of(weigh, scores, members, len(known.feedback.partitions), times.size)
    kept = _kept(known, sums.mean)
    logs, negative = weigh.of(kept).logs(scores, times.size)
    sign = np.where(negative, -1.0, 1.0)
    relative = sign * sums.shares(logs, weigh.partition[kept])
    with np.errstate(over="ignore"):
        raw = sign * np.exp(logs)
    told = tuple(
        LoopFamily(each.name, len(own), sums.family_share[i], sums.family_net[i])
        for i, (each, own) in enumerate(zip(families, members, strict=True))
    )
    resting = {link for row, i in enumerate(kept) if not relative[row].any() for link in closed(known.cycles[i])}
    loops = tuple(_loops(known, kept, relative, sums, signs(resting), times))
    return Arranged(loops, raw.T, relative.T, tuple(_partitions(known, sums.reinforcing)), told)


def _kept(known: Known, mean: Floats) -> NDArray[np.intp]:
    """Choose the loops to list: the independent and the named ones, then the strongest of the others."""
    always = [i for i, cycle in enumerate(known.cycles) if i < known.n_independent or cycle in known.names]
    rest = np.setdiff1d(np.arange(len(known.cycles)), always)
    rest = rest[np.lexsort((rest, -mean[rest].round(9)))][:LISTED]
    return np.array([*always, *rest], dtype=np.intp)


def _loops(
    known: Known,
    kept: NDArray[np.intp],
    relative: Floats,
    sums: Sums,
    signs: Mapping[Link, Floats],
    times: Floats,
) -> Iterator[FeedbackLoop]:
    count: dict[str, int] = {}
    for row, i in enumerate(kept.tolist()):
        cycle = known.cycles[i]
        own = polarity(relative[row]) if relative[row].any() else polarity_at_rest(cycle, signs)
        count[own] = count.get(own, 0) + 1
        yield FeedbackLoop(
            id=f"{own}{count[own]}",
            name=known.names.get(cycle, ""),
            variables=cycle,
            polarity=own,
            partition=known.partition[i],
            is_independent=i < known.n_independent,
            mean_share=float(sums.mean[i]),
            most=float(sums.greatest[i]),
            leads=spans(sums.leader[known.partition[i]] == i, times),
            dominates=spans(np.abs(relative[row]) >= _HALF, times),
        )


def polarity_at_rest(cycle: Cycle, signs: Mapping[Link, Floats]) -> Polarity:
    """Name the polarity of a loop that does not move, from what small moves of its variables would do."""
    product = np.ones(1)
    for link in closed(cycle):
        product = product * signs[link]
    return polarity(product)


def spans(mask: NDArray[np.bool_], times: Floats) -> tuple[Span, ...]:
    """Return the stretches of time in which something holds.

    Examples
    --------
    >>> spans(np.array([True, True, False, True]), np.array([2000.0, 2001.0, 2002.0, 2003.0]))
    (Span(start=2000.0, stop=2001.0), Span(start=2003.0, stop=2003.0))
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return tuple(Span(float(times[a]), float(times[b - 1])) for a, b in zip(edges[::2], edges[1::2], strict=True))


def _partitions(known: Known, reinforcing: Floats) -> Iterator[Partition]:
    numbers = known.partition
    for i, variables in enumerate(known.feedback.partitions):
        inside = set(variables)
        yield Partition(
            variables=variables,
            states=tuple(name for name in variables if name in known.feedback.states),
            n_links=sum(source in inside and target in inside for source, target in known.feedback.links),
            n_loops=numbers.count(i),
            n_independent=numbers[: known.n_independent].count(i),
            reinforcing=reinforcing[i],
        )
