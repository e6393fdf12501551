"""Finds the feedback loops of a model, their polarity and their dominance over a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from rcsd.analysis.loops.arranging import arranged
from rcsd.analysis.loops.graph import feedback_of
from rcsd.analysis.loops.known import Known, known_loops
from rcsd.analysis.loops.matching import matched
from rcsd.analysis.loops.names import NamedLoop
from rcsd.analysis.loops.result import LoopAnalysis
from rcsd.analysis.loops.scope import scope_of
from rcsd.analysis.loops.weighing import Floats
from rcsd.errors import ParameterError
from rcsd.simulation.engine import SystemSimulator
from rcsd.simulation.engine.links import Link, LinkScorer, steps_in, traced
from rcsd.simulator import broadcast_inputs

LIMIT = 100_000
"""Loops at work in a run beyond which they are not listed one by one."""
_MOST_BYTES = 2**31
"""Of the courses of variables and links."""


def feedback_loops(
    simulator: SystemSimulator,
    inputs: Mapping[str, ArrayLike] | None = None,
    *,
    of: str | None = None,
    named: Iterable[NamedLoop] = (),
    limit: int = LIMIT,
) -> LoopAnalysis:
    """Find the loops of a model and score them over one run.

    Links are scored at every step as `rcsd.simulation.engine.links.LinkScorer` says, whatever method integrates the
    run; a loop's score is the product of those of its links, its relative score that over the sum of all absolute
    scores in its cycle partition (Schoenberg, Davidsen and Eberlein 2020, System Dynamics Review 36(2)).

    Parameters
    ----------
    simulator : SystemSimulator
        Of the model, as ``load(...).simulator("interpreted")`` makes one.
    inputs : mapping of str to number, optional
        Constants of the run.
    of : str, optional
        Confines loops, and the sums that shares are taken of, to those through the stocks from which this variable is
        worked out within a step.
    named : iterable of NamedLoop
        Loops that have a name, and are always listed.
    limit : int
        Loops at work, beyond which they are not all listed: the shortest independent ones are then, those with a name
        and the strongest that a search finds.

    Returns
    -------
    LoopAnalysis

    Raises
    ------
    ParameterError
        For more than one run, or an unknown input.
    ModelError
        For an unknown variable `of`, or one that no loop moves.
    """
    if limit < 1:
        raise ParameterError(f"a limit of {limit} loops lists none; give at least 1")
    system = simulator.system
    rows, n_runs = broadcast_inputs(inputs, system.constants)
    if n_runs != 1:
        raise ParameterError(f"loops are scored over one run, and {n_runs} are asked for: use `dominance` for many")
    feedback = feedback_of(system)
    scorer = LinkScorer(feedback.network, feedback.members)
    _require_room(len(scorer.needed) + len(feedback.links), steps_in(system.time).size)
    trace = traced(feedback.network.system, rows, range(1), scorer.needed, seed=simulator.seed)
    raw = scorer.scores(trace)
    scope = scope_of(feedback, of, [link for link, each in raw.items() if not each.any()])
    scores = {link: each[:, 0] for link, each in feedback.combined(raw).items()}
    match = matched(named, feedback)
    known = known_loops(feedback, scores, scope, match.names, limit)

    def signs(links: Collection[Link]) -> dict[Link, Floats]:
        ways = {part for link in links for path in feedback.links[link] for part in path}
        return {link: each[:, 0] for link, each in feedback.combined(scorer.signs(trace, ways), links).items()}

    found = arranged(known, match.families, scores, signs, trace.times)
    step = (system.time.saved_times() - system.time.start) / system.time.step
    saved = np.rint(step).astype(np.int64)
    return LoopAnalysis(
        model=system.name,
        times=trace.times,
        saved=saved[saved < trace.times.size],
        loops=found.loops,
        scores=found.scores,
        relative=found.relative,
        partitions=found.partitions,
        families=found.families,
        n_scored=len(known.cycles),
        is_complete=known.is_complete,
        limit=limit,
        of=scope.variable,
        of_states=scope.states,
        notes=(
            *match.faults,
            *_lost(trace.lost([each.name for each in system.stocks])),
            *notes_of(known, system.time.method),
        ),
    )


def _lost(time: float | None) -> list[str]:
    """Say where a run ends in numbers that are none, from which on nothing is scored."""
    if time is None:
        return []
    return [f"the run is lost at time {time:g}, where a stock is no finite number: nothing is scored from there on"]


def _require_room(n_courses: int, n_steps: int) -> None:
    """Refuse a run whose courses would not fit into memory.

    Raises
    ------
    ParameterError
        With the remedy.
    """
    if (needed := 8 * n_courses * n_steps) > _MOST_BYTES:
        raise ParameterError(
            f"{needed / 2**30:.1f} GiB of values and scores would be held, and at most {_MOST_BYTES // 2**30} GiB are: "
            "take a longer step (--step) or a shorter run (--to)"
        )


def notes_of(known: Known, method: str) -> list[str]:
    """Say what a reader of the numbers must know."""
    notes = []
    if not known.is_complete:
        notes.append(
            f"more than {known.limit:,} loops are at work: scored are the shortest independent ones, those with a "
            f"name and the strongest that a search found, {len(known.cycles):,} in all, and shares are of these"
        )
    if method != "euler":
        notes.append(
            f"the run is integrated by {method.upper()}; scores compare the beginnings of its steps, and a stock's "
            "change is taken to be that of its net flow there"
        )
    return notes
