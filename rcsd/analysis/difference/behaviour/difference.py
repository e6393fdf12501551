"""How the runs of two models differ."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.bands import Band

ROUNDING = 1e-9
"""Share of a variable's range below which a difference may be rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """A variable of both models, or an element of one, in their runs.

    Attributes
    ----------
    name, old_name : str
        In the new and in the old model.
    unit : str
        As the new model has it.
    old, new : NDArray, shape (time,)
        Its course in the base runs.
    base : float
        The largest difference between these at one time, as a share of the range that both cover together, or of
        the value itself where neither moves in time. Infinite where one is a number and the other is not.
    at : float
        When that is.
    median, high : float
        Of the same share over the draws: the median and the 95th percentile; NaN without an ensemble.
    moved_in : float
        Share of the draws in which it differs beyond rounding; NaN without an ensemble.
    in_sd : float
        The largest mean difference at one time, in standard deviations of the old model's draws at that time; NaN
        without an ensemble, or where these do not differ.
    gap : Band or None
        New less old, in the same draws; None where one is no number.
    """

    name: str
    old_name: str
    unit: str
    old: NDArray[np.float64]
    new: NDArray[np.float64]
    base: float
    at: float
    median: float = np.nan
    high: float = np.nan
    moved_in: float = np.nan
    in_sd: float = np.nan
    gap: Band | None = None

    @property
    def largest(self) -> float:
        """What variables are ranked by: the larger of the share in the base runs and of the median over the draws."""
        return float(np.nanmax([self.base, self.median, 0.0]))

    @property
    def has_moved(self) -> bool:
        """Whether it differs beyond rounding, in the base runs or in a draw."""
        return self.base > ROUNDING or bool(self.moved_in > 0)


@dataclass(frozen=True, slots=True, eq=False)
class BehaviourDifference:
    """How the runs of two models differ.

    Attributes
    ----------
    times : NDArray, shape (time,)
        Times that both save.
    moved : tuple of Moved
        Variables that differ beyond rounding, those that moved most first.
    n_compared : int
        Variables, and elements of variables, that were compared.
    n_draws : int
        Runs of each model's ensemble; 0 when none was made.
    varied : tuple of str
        Constants that were drawn, by the names of the new model.
    failed : tuple of int
        Runs of the old and of the new model's ensemble that did not end well; they are left out of both.
    notes : tuple of str
        What a reader must know of these numbers.
    """

    times: NDArray[np.float64]
    moved: tuple[Moved, ...]
    n_compared: int
    n_draws: int = 0
    varied: tuple[str, ...] = ()
    failed: tuple[int, int] = (0, 0)
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the runs are the same but for rounding."""
        return not self.moved
