"""The feedback loops of a study's fitted run, and when each of them leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.loops import FeedbackLoop, LoopAnalysis
from rcsd.analysis.loops.polarity import Polarity

Vector = NDArray[np.float64]

_MOST_PARTITIONS, _MOST_LOOPS = 3, 6


@dataclass(frozen=True, slots=True)
class Lead:
    """A stretch of periods in which no loop of a partition has a greater score, both ends included."""

    start: float
    stop: float


@dataclass(frozen=True, slots=True, eq=False)
class LoopCourse:
    """A loop in the fitted run.

    Attributes
    ----------
    id, name : str
        Polarity and number, and what its author calls it, which may be nothing.
    polarity : {"R", "B", "Ru", "Bu", "U", "N"}
        Reinforcing, balancing, mostly the one or the other, undetermined, or without effect.
    variables : tuple of str
        In causal order.
    mean_share : float
        Mean of its absolute relative score.
    leads : tuple of Lead
        When it leads its partition.
    relative : NDArray, shape (time,)
        Its relative score at the saved times, above zero where it reinforces.
    """

    id: str
    name: str
    polarity: Polarity
    variables: tuple[str, ...]
    mean_share: float
    leads: tuple[Lead, ...]
    relative: Vector


@dataclass(frozen=True, slots=True, eq=False)
class LoopPartition:
    """Stocks that all move one another, with the strongest of their loops.

    Attributes
    ----------
    stocks : tuple of str
        Its stocks.
    n_loops, n_independent : int
        Loops that are scored, and those of the shortest independent set.
    reinforcing : NDArray, shape (time,)
        Share of the reinforcing loops in all scores; NaN where the partition rests.
    loops : tuple of LoopCourse
        The strongest, by their mean share.
    """

    stocks: tuple[str, ...]
    n_loops: int
    n_independent: int
    reinforcing: Vector
    loops: tuple[LoopCourse, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FittedLoops:
    """The loops of the fitted run.

    Attributes
    ----------
    times : NDArray, shape (time,)
        Saved times, in periods of the study.
    n_scored : int
        Loops that are scored in all partitions.
    is_complete : bool
        Whether these are all that are at work.
    partitions : tuple of LoopPartition
        The largest.
    n_partitions : int
        How many there are.
    notes : tuple of str
        What a reader of the numbers must know.
    fault : str
        Why there are none; empty where there are.
    """

    times: Vector
    n_scored: int
    is_complete: bool
    partitions: tuple[LoopPartition, ...]
    n_partitions: int
    notes: tuple[str, ...]
    fault: str = ""


def without_loops(fault: str) -> FittedLoops:
    """Say why the loops of a run are not told."""
    return FittedLoops(np.empty(0), 0, is_complete=True, partitions=(), n_partitions=0, notes=(), fault=fault)


def fitted_loops(found: LoopAnalysis, periods: Callable[[Vector], Vector]) -> FittedLoops:
    """Keep the strongest loops of the largest partitions of a run.

    Parameters
    ----------
    found
        All of them.
    periods
        Counts times of the model in periods of the study.
    """
    order = sorted(range(len(found.partitions)), key=lambda i: (-found.partitions[i].n_loops, i))
    return FittedLoops(
        times=periods(found.times[found.saved]),
        n_scored=found.n_scored,
        is_complete=found.is_complete,
        partitions=tuple(_partition(found, i, periods) for i in order[:_MOST_PARTITIONS]),
        n_partitions=len(found.partitions),
        notes=found.notes,
    )


def _partition(found: LoopAnalysis, i: int, periods: Callable[[Vector], Vector]) -> LoopPartition:
    whole = found.partitions[i]
    own = [(k, loop) for k, loop in enumerate(found.loops) if loop.partition == i and loop.mean_share > 0]
    own.sort(key=lambda pair: -pair[1].mean_share)  # equal ones stay in their order
    return LoopPartition(
        whole.states,
        whole.n_loops,
        whole.n_independent,
        whole.reinforcing[found.saved],
        tuple(_course(loop, found.relative[found.saved, k], periods) for k, loop in own[:_MOST_LOOPS]),
    )


def _course(loop: FeedbackLoop, relative: Vector, periods: Callable[[Vector], Vector]) -> LoopCourse:
    ends = [periods(np.array([span.start, span.stop])) for span in loop.leads]
    leads = tuple(Lead(float(start), float(stop)) for start, stop in ends)
    return LoopCourse(loop.id, loop.name, loop.polarity, loop.variables, float(loop.mean_share), leads, relative)
