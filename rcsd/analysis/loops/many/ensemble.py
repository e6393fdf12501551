"""Loop dominance over many runs: in what share of them each loop rules, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.loops.finding import LIMIT, notes_of
from rcsd.analysis.loops.graph import Feedback, feedback_of
from rcsd.analysis.loops.known import Known, known_loops
from rcsd.analysis.loops.many.dominance import Dominance
from rcsd.analysis.loops.many.periods import Periods, periods_of
from rcsd.analysis.loops.many.ruling import rulings_of
from rcsd.analysis.loops.matching import matched
from rcsd.analysis.loops.names import NamedLoop
from rcsd.analysis.loops.scope import scope_of
from rcsd.analysis.loops.sums import sums_of
from rcsd.analysis.loops.weighing import Floats, weighing
from rcsd.errors import SimulationError
from rcsd.simulation.engine import SystemSimulator
from rcsd.simulation.engine.links import Link, LinkScorer, steps_in, traced
from rcsd.simulator import broadcast_inputs
from rcsd.work.progress import Progress, silent

_TRACED_BYTES = 2**27
"""Of the courses of runs that are held together."""
_REFERENCES = 4
"""Runs in which all loops are scored, to leave out those that never count."""
_NEGLIGIBLE = 1e-4
_MANY = 1000
"""Loops up to which none is left out."""


def dominance(
    simulator: SystemSimulator,
    inputs: Mapping[str, ArrayLike],
    *,
    of: str | None = None,
    named: Iterable[NamedLoop] = (),
    limit: int = LIMIT,
    until: float | None = None,
    progress: Progress = silent,
) -> Dominance:
    """Say in what share of some runs each loop rules.

    All runs of a chunk go through every equation together. In each period, which lies between two saved times, relative
    scores are averaged over a few of its steps; the loop with the greatest average rules the period in that run. Where
    loops lie in several cycle partitions, the one with the most loops is looked at.

    Parameters
    ----------
    simulator : SystemSimulator
        Of the model.
    inputs : mapping of str to array_like, shape (run,)
        Constants, such as draws of a posterior.
    of : str, optional
        As of `rcsd.analysis.loops.feedback_loops`; the stocks are found for all runs together.
    named : iterable of NamedLoop
        Loops with a name.
    limit : int
        As of `feedback_loops`.
    until : float, optional
        The last time to look at; the final time when None.
    progress : callable
        Told as step "loops" after each chunk of runs.

    Returns
    -------
    Dominance

    Raises
    ------
    ParameterError, ModelError
        As of `feedback_loops`.
    SimulationError
        When all runs fail.
    """
    system = simulator.system
    if until is not None and until < system.time.stop:
        system = replace(system, time=system.time.changed(stop=until))
    feedback = feedback_of(system)
    rows, n_runs = broadcast_inputs(inputs, system.constants)
    when = periods_of(system.time)
    raw, ok = _scored(simulator.seed, feedback, rows, n_runs, when, progress)
    if not ok.any():
        raise SimulationError(f"all {n_runs} runs failed: narrow the ranges of their inputs")
    raw = {link: each[:, ok] for link, each in raw.items()}
    scope = scope_of(feedback, of, [link for link, each in raw.items() if not each.any()])
    scores = feedback.combined(raw)
    match = matched(named, feedback)
    flat = {link: each.reshape(-1) for link, each in scores.items()}
    everything = known_loops(feedback, flat, scope, match.names, limit)
    known, apart = _largest_partition(everything)
    known, left_out = _without_negligible(known, scores)
    found = rulings_of(known, match.families, scores, when)
    return Dominance(
        model=simulator.name,
        of=scope.variable,
        of_states=scope.states,
        starts=when.starts,
        families=found.families,
        loops=found.loops,
        reinforcing=found.reinforcing,
        n_runs=n_runs,
        n_failed=int((~ok).sum()),
        n_scored=len(known.cycles),
        left_out=left_out,
        is_complete=everything.is_complete,
        notes=(*match.faults, *apart, *notes_of(everything, system.time.method)),
    )


def _scored(
    seed: int,
    feedback: Feedback,
    rows: Mapping[str, NDArray[np.float64]],
    n_runs: int,
    when: Periods,
    progress: Progress,
) -> tuple[dict[Link, Floats], NDArray[np.bool_]]:
    """Score links of the network in all runs, shape (moment, run), and tell the runs that stay finite."""
    network = feedback.network
    scorer = LinkScorer(network, feedback.members)
    per_run = 8 * max(1, len(scorer.needed)) * steps_in(network.system.time).size
    size = max(1, min(n_runs, _TRACED_BYTES // per_run))
    found: list[dict[Link, Floats]] = []
    ok = np.ones(n_runs, dtype=np.bool_)
    states = [name for name in network.carried if name in feedback.members]
    for start in range(0, n_runs, size):
        part = slice(start, min(start + size, n_runs))
        own = {name: row[part] for name, row in rows.items()}
        trace = traced(network.system, own, range(part.start, part.stop), scorer.needed, seed=seed)
        for name in states:
            ok[part] &= np.isfinite(trace.values[name]).all(axis=0)
        found.append({link: each[when.steps] for link, each in scorer.scores(trace).items()})
        progress("loops", part.stop, n_runs)
    return {link: np.concatenate([each[link] for each in found], axis=1) for link in found[0]}, ok


def _largest_partition(known: Known) -> tuple[Known, list[str]]:
    """Keep the loops of the partition that has the most, and say what that leaves out."""
    numbers = np.array(known.partition, dtype=np.int64)
    if np.unique(numbers).size <= 1:
        return known, []
    largest = int(np.bincount(numbers).argmax())
    others = sorted({known.feedback.partitions[i][0] for i in set(known.partition) - {largest}})
    said = f"loops that share no variable with the others are left out: those of {', '.join(others)}"
    return known.kept(numbers == largest), [said]


def _without_negligible(known: Known, scores: Mapping[Link, Floats]) -> tuple[Known, float]:
    """Leave out loops that are negligible at every moment of a few runs, and return their mean share there."""
    if len(known.cycles) <= _MANY:
        return known, 0.0
    n_moments, n_runs = next(iter(scores.values())).shape
    few = np.unique(np.linspace(0, n_runs - 1, _REFERENCES).astype(np.intp))
    weigh = weighing(known.cycles, known.partition)
    own = {link: scores[link][:, few].reshape(-1) for link in weigh.links}
    sums = sums_of(weigh, own, [], len(known.feedback.partitions), n_moments * few.size)
    keep = (sums.greatest >= _NEGLIGIBLE) | np.array([cycle in known.names for cycle in known.cycles])
    return known.kept(keep), float(sums.mean[~keep].sum())
