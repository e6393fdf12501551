"""What a calibration returns: every start, and the best of them with its uncertainty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.calibration.errors.model import NoiseValues

SAME_COST = 0.01
"""Starts whose cost lies within this share of the best one are said to agree with it."""

NEGLIGIBLE_COST = 1e-6
"""Costs (half squared standard errors) that differ by less than this are the same, whatever their ratio."""


TIE = 1e-13
"""Costs that differ by less than this share are equal: a sum of squares is not known to more digits."""


def least(costs: ArrayLike) -> int:
    """Return the number of the lowest cost, the first of those that are equal to it.

    Examples
    --------
    >>> least([3.0, 1.0 + 1e-15, 1.0])
    1
    """
    each = np.asarray(costs, dtype=np.float64)
    return int(np.flatnonzero(each <= np.min(each) * (1 + TIE))[0])


@dataclass(frozen=True, slots=True)
class Start:
    """One descent from one starting point.

    Attributes
    ----------
    index
        Place in the list of starts, 0 is the study's own starting values.
    initial, estimate
        Parameter values on the natural scale before and after the descent.
    cost
        Half the sum of the squared residuals at `estimate` (data and priors).
    n_evaluations
        Model runs spent, those of the derivatives included.
    n_failed
        How many of these runs diverged or raised.
    converged
        Whether a tolerance was met, as against the evaluations running out or the first run failing.
    message
        Why the descent ended, in words.
    """

    index: int
    initial: Mapping[str, float]
    estimate: Mapping[str, float]
    cost: float
    n_evaluations: int
    n_failed: int
    converged: bool
    message: str


@dataclass(frozen=True, slots=True)
class FitResult:
    """The best of all starts, and all starts.

    Attributes
    ----------
    names
        The parameters, in the order of every array below.
    estimate
        Natural scale, shape (n_parameters,).
    cost
        Half the sum of the squared residuals at `estimate` (data and priors).
    at_lower, at_upper
        Boolean masks (n_parameters,): the estimate lies on that bound, within 0.1 % of the search interval.
    standard_error
        Gauss-Newton standard errors on the natural scale (n_parameters,); NaN for a parameter on a bound, and None
        altogether where the data do not determine the free parameters (singular information matrix).
    starts
        Every start, sorted by index.
    n_runs, n_failed
        Model runs of the whole calibration, and those that diverged or raised.
    window
        First and last year fitted.
    n_residuals
        Cells of data (with a weight above 0) that entered the cost.
    noise
        By target, what was estimated of its errors with the parameters, or None where they are taken as stated; None
        where that is so of all.
    """

    names: tuple[str, ...]
    estimate: NDArray[np.float64]
    cost: float
    at_lower: NDArray[np.bool_]
    at_upper: NDArray[np.bool_]
    standard_error: NDArray[np.float64] | None
    starts: tuple[Start, ...]
    n_runs: int
    n_failed: int
    window: tuple[int, int]
    n_residuals: int
    noise: tuple[NoiseValues | None, ...] | None = None

    @property
    def values(self) -> dict[str, float]:
        """The estimate by name: what a simulator takes as inputs."""
        return {name: float(value) for name, value in zip(self.names, self.estimate, strict=True)}

    @property
    def best(self) -> Start:
        """The start that reached the lowest cost (the first of them when several did)."""
        return self.starts[least([start.cost for start in self.starts])]

    @property
    def agreement(self) -> int:
        """How many starts ended within 1 % of the best cost."""
        return sum(map(self.is_near_best, self.starts))

    def is_near_best(self, start: Start) -> bool:
        """Whether a start ended within 1 % of the best cost."""
        return start.cost <= self.cost * (1 + SAME_COST) + NEGLIGIBLE_COST
