"""What is known of the feedback loops of a model after a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.loops.cycles import with_arrows
from rcsd.analysis.loops.polarity import Polarity


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, both ends included."""

    start: float
    stop: float


@dataclass(frozen=True, slots=True)
class FeedbackLoop:
    """A feedback loop and what it did in a run.

    Attributes
    ----------
    id : str
        Its polarity and a number, such as R3.
    name : str
        As given by the model's author; empty without one.
    variables : tuple of str
        In causal order; the last one acts on the first.
    polarity : {"R", "B", "Ru", "Bu", "U", "N"}
        Reinforcing, balancing, mostly the one or the other, undetermined, or without any effect in the run.
    partition : int
        Number of the cycle partition that it is in.
    is_independent : bool
        Whether it is one of the shortest independent loop set.
    mean_share : float
        Mean of its absolute relative score over the times at which its partition moves; 0 for a loop at rest.
    most : float
        The greatest of them.
    leads : tuple of Span
        When no other loop of its partition has a greater score.
    dominates : tuple of Span
        When its share alone is half or more.
    """

    id: str
    name: str
    variables: tuple[str, ...]
    polarity: Polarity
    partition: int
    is_independent: bool
    mean_share: float
    most: float
    leads: tuple[Span, ...]
    dominates: tuple[Span, ...]

    @property
    def label(self) -> str:
        """Its name, or where it has none its number."""
        return self.name or self.id

    @property
    def chain(self) -> str:
        """Its variables with arrows, back to the first."""
        return with_arrows(self.variables)


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """Variables that all move one another; scores are compared within it.

    Attributes
    ----------
    variables, states : tuple of str
        All of them, and those that carry over from step to step.
    n_links : int
        Between them.
    n_loops : int
        Loops that are scored.
    n_independent : int
        In the shortest independent loop set.
    reinforcing : NDArray, shape (time,)
        Share of the reinforcing loops in all scores; NaN while the partition rests.
    """

    variables: tuple[str, ...]
    states: tuple[str, ...]
    n_links: int
    n_loops: int
    n_independent: int
    reinforcing: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LoopFamily:
    """Loops that are told together under a name.

    Attributes
    ----------
    name : str
        As given by the model's author.
    n_loops : int
        How many are scored.
    share, net : NDArray, shape (time,)
        Sums of absolute relative scores, and of relative scores; NaN while all partitions rest that they are in.
    """

    name: str
    n_loops: int
    share: NDArray[np.float64]
    net: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LoopAnalysis:
    """The loops of a model and their dominance in one run.

    Attributes
    ----------
    model : str
        Its name.
    times : NDArray, shape (time,)
        Of all steps.
    saved : NDArray of int, shape (saved,)
        Which of them the model saves.
    loops : tuple of FeedbackLoop
        First the shortest independent loop set and all loops with names, then the others by their shares.
    scores, relative : NDArray, shape (time, loop)
        Loop scores, and these over the sum of absolute scores of all loops in the partition that are scored.
    partitions : tuple of Partition
        Cycle partitions.
    families : tuple of LoopFamily
        One for each name.
    n_scored : int
        Loops over which shares are taken; more than are listed where there are very many.
    is_complete : bool
        Whether these are all that are at work in the run: otherwise they are too many, and the strongest were looked
        for.
    limit : int
        Number of loops that are too many.
    of : str
        The variable to whose stocks the loops are confined; empty for all.
    of_states : tuple of str
        These stocks.
    notes : tuple of str
        What a reader of the numbers must know.
    """

    model: str
    times: NDArray[np.float64]
    saved: NDArray[np.int64]
    loops: tuple[FeedbackLoop, ...]
    scores: NDArray[np.float64]
    relative: NDArray[np.float64]
    partitions: tuple[Partition, ...]
    families: tuple[LoopFamily, ...]
    n_scored: int
    is_complete: bool
    limit: int
    of: str
    of_states: tuple[str, ...]
    notes: tuple[str, ...]

    def __iter__(self) -> Iterator[FeedbackLoop]:
        """Go through the loops that are listed."""
        return iter(self.loops)

    def __len__(self) -> int:
        """Count the loops that are listed."""
        return len(self.loops)

    def __repr__(self) -> str:
        """Say how many loops there are."""
        more = "" if self.n_scored <= len(self) else f" of {self.n_scored:,}"
        return f"<{len(self)}{more} feedback loops of {self.model}>"

    def share(self, loop: FeedbackLoop) -> NDArray[np.float64]:
        """Return the relative score of a loop, shape (time,)."""
        return np.asarray(self.relative[:, self.loops.index(loop)])
