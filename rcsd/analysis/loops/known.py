"""Which loops are scored: those at work in a run, or where they are too many the most telling of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.loops.cycles import Cycle, all_loops, independent_loops, strongest_loops
from rcsd.analysis.loops.graph import Feedback
from rcsd.analysis.loops.scope import Scope
from rcsd.simulation.engine.links import Link

_LOOKED_AT = 40
"""Moments at which the strongest loops are looked for where there are too many."""


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The loops of a model that are scored.

    Attributes
    ----------
    feedback : Feedback
        What they are loops of.
    scope : Scope
        To which they are confined.
    cycles : tuple of tuple of str
        The shortest independent loop set first, from short to long.
    partition : tuple of int
        To which cycle partition each of them belongs.
    n_independent : int
        How many of them are of that set.
    names : mapping of tuple of str to str
        Names of some.
    is_complete : bool
        Whether they are all that are ever at work.
    limit : int
        Number of loops that are too many.
    """

    feedback: Feedback
    scope: Scope
    cycles: tuple[Cycle, ...]
    partition: tuple[int, ...]
    n_independent: int
    names: Mapping[Cycle, str]
    is_complete: bool
    limit: int

    def kept(self, mask: NDArray[np.bool_]) -> Known:
        """Return some of the loops."""
        rows = np.flatnonzero(mask).tolist()
        return replace(
            self,
            cycles=tuple(self.cycles[i] for i in rows),
            partition=tuple(self.partition[i] for i in rows),
            n_independent=int(mask[: self.n_independent].sum()),
        )


def known_loops(
    feedback: Feedback,
    scores: Mapping[Link, NDArray[np.float64]],
    scope: Scope,
    names: Mapping[Cycle, str],
    limit: int,
) -> Known:
    """Choose the loops to score.

    Parameters
    ----------
    feedback : Feedback
        Of the model.
    scores : mapping of (str, str) to NDArray, shape (moment,)
        Of its links: one that is zero throughout is in no loop at work.
    scope : Scope
        To which loops are confined.
    names : mapping of tuple of str to str
        Loops with a name, turned, which are always scored.
    limit : int
        Most loops that are listed.
    """
    turn = feedback.turned
    independent = [turn(cycle) for cycle in independent_loops(feedback.links)]
    at_work = [link for link, score in scores.items() if (score != 0).any()]
    found = all_loops(at_work, limit)
    others = _strongest(feedback, scores, at_work, limit) if found is None else found
    cycles = dict.fromkeys([*independent, *names, *map(turn, others)])
    within = tuple(cycle for cycle in cycles if scope.holds(cycle))
    n_independent = sum(scope.holds(cycle) for cycle in independent)
    number = {name: i for i, own in enumerate(feedback.partitions) for name in own}
    partition = tuple(number[cycle[0]] for cycle in within)
    return Known(feedback, scope, within, partition, n_independent, names, found is not None, limit)


def _strongest(
    feedback: Feedback, scores: Mapping[Link, NDArray[np.float64]], at_work: list[Link], limit: int
) -> list[Cycle]:
    n_moments = next(iter(scores.values())).size
    moments = np.unique(np.linspace(0, n_moments - 1, _LOOKED_AT).astype(np.intp))
    strengths = [{link: abs(float(scores[link][k])) for link in at_work if scores[link][k] != 0} for k in moments]
    starts = [name for own in feedback.partitions for name in own if name in feedback.states]
    rest = [name for own in feedback.partitions for name in own if name not in feedback.states]
    return strongest_loops(strengths, [*starts, *(name for name in rest if _remembers(name, feedback))], limit)


def _remembers(name: str, feedback: Feedback) -> bool:
    """Whether a part of a variable, such as the stock of a smooth, carries over."""
    return any(source in feedback.network.carried for source in feedback.network.into(name))
