"""What is known of loop dominance after many runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """How much of many runs a loop, or the loops under a name, rule.

    Attributes
    ----------
    name : str
        Given by the model's author; of a loop without one, its variables with arrows.
    sign : float
        Mean sign of its scores over runs and periods: 1 reinforcing, -1 balancing throughout; 0 where it rests.
    rules : NDArray, shape (period,)
        Share of the runs in which it has the greatest mean share of its kind; NaN where all runs rest.
    low, median, high : NDArray, shape (period,)
        5 %, 50 % and 95 % over the runs of its mean share in all scores.
    """

    name: str
    sign: float
    rules: NDArray[np.float64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Dominance:
    """Loop dominance over many runs, in one cycle partition.

    Attributes
    ----------
    model, of : str
        The model; the variable to whose stocks loops are confined, empty for all.
    of_states : tuple of str
        These stocks.
    starts : NDArray, shape (period,)
        When each period begins.
    families : tuple of Ruling
        Loops with a name, each with all loops of its family. They may share loops, so that shares can add up to more
        than all.
    loops : tuple of Ruling
        Single loops that rule somewhere, most often ruling first.
    reinforcing : Ruling
        All reinforcing loops together: `rules` is the share of the runs in which they have more than half.
    n_runs, n_failed : int
        Runs, and those of them with a value that is no finite number, which are left out.
    n_scored : int
        Loops that are scored in every run.
    left_out : float
        Mean share of the loops that are not, because they are negligible throughout a few runs.
    is_complete : bool
        Whether all loops at work were known.
    notes : tuple of str
        What a reader of the numbers must know.
    """

    model: str
    of: str
    of_states: tuple[str, ...]
    starts: NDArray[np.float64]
    families: tuple[Ruling, ...]
    loops: tuple[Ruling, ...]
    reinforcing: Ruling
    n_runs: int
    n_failed: int
    n_scored: int
    left_out: float
    is_complete: bool
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        """Say how many runs there are."""
        return f"<loop dominance in {self.n_runs - self.n_failed:,} runs of {self.model}>"
