"""Indicators of different units and directions on one scale, on which more is always better.

Every function takes a column of an indicator over all units of comparison (city-years), NaN where it is missing, and
gives back an array of that shape. What is missing stays NaN and counts nowhere. A column without two different values
orders nothing: it gets 0.5 by `min_max` and `rank_scale`, 0 by `z_score`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from rcsd.errors import ParameterError

Direction = Literal["higher", "lower"]
"""Which values of an indicator are the better ones."""

Floats = NDArray[np.float64]
NEUTRAL = 0.5
"""Of a column that orders nothing."""

ROUNDING = 1e-12
"""Values that differ by less than this share of the larger one are one value, computed in two ways."""


def alike(low: float, high: float) -> bool:
    """Whether the smallest and the largest value of a column are one and the same; so are two that are missing.

    Examples
    --------
    >>> alike(0.1 + 0.2, 0.3)
    True
    """
    return not high / 2 - low / 2 > ROUNDING * max(abs(low), abs(high)) / 2


@dataclass(frozen=True, slots=True)
class Bounds:
    """The scale of min-max normalisation: what becomes 0 and what becomes 1, taken from one set of data.

    Attributes
    ----------
    low, high
        Smallest and largest value.
    direction
        Which is the better.
    """

    low: float
    high: float
    direction: Direction

    @classmethod
    def of(cls, values: ArrayLike, direction: Direction) -> Bounds:
        """Take the bounds of the values that are not missing; NaN where all are."""
        found = _finite(values)
        present = found[~np.isnan(found)]
        low, high = (float(present.min()), float(present.max())) if present.size else (np.nan, np.nan)
        return cls(low, high, _known(direction))

    @property
    def constant(self) -> bool:
        """Whether there are no two different values, so that nothing can be told from them."""
        return alike(self.low, self.high)

    def apply(self, values: ArrayLike) -> Floats:
        """Normalise by Peng and Ji (2023), eq (4), or (5) where lower is better.

        Values that the bounds were not taken from may come out below 0 or above 1; they are left so.
        """
        given = np.asarray(values, dtype=np.float64)
        if self.constant:
            return np.where(np.isnan(given), np.nan, NEUTRAL)
        # halves, since the difference of two very large numbers need not be finite
        span = self.high / 2 - self.low / 2
        rising = (given / 2 - self.low / 2) / span
        return np.asarray(rising if self.direction == "higher" else 1 - rising)


def min_max(values: ArrayLike, direction: Direction = "higher") -> Floats:
    """Between 0, the worst, and 1, the best: Peng and Ji (2023), eqs (4) and (5).

    Examples
    --------
    >>> min_max([2.0, 4.0, 3.0], "lower").tolist()
    [1.0, 0.0, 0.5]
    """
    return Bounds.of(values, direction).apply(values)


def z_score(values: ArrayLike, direction: Direction = "higher") -> Floats:
    """Distance from the mean in standard deviations (of the values given, ddof 0), positive where better."""
    given = _finite(values)
    present = given[~np.isnan(given)]
    spread = present.std() if present.size else 0.0
    if not present.size or alike(float(present.min()), float(present.max())) or spread == 0:
        return np.where(np.isnan(given), np.nan, 0.0)
    return np.asarray(_sign(direction) * (given - present.mean()) / spread)


def rank_scale(values: ArrayLike, direction: Direction = "higher") -> Floats:
    """Place in the order, from 0, the worst, to 1, the best; ties share their mean place.

    Examples
    --------
    >>> rank_scale([10.0, 30.0, 10.0, 1000.0]).tolist()
    [0.16666666666666666, 0.6666666666666666, 0.16666666666666666, 1.0]
    """
    given = _finite(values)
    present = ~np.isnan(given)
    n = int(present.sum())
    scaled = np.full(given.shape, np.nan)
    if n:
        scaled[present] = (rankdata(_sign(direction) * _levels(given[present])) - 1) / (n - 1) if n > 1 else NEUTRAL
    return scaled


def vector_scale(values: ArrayLike, direction: Direction = "higher") -> Floats:
    """Value over the length of the column's vector, negative where lower is better; 0 for a column of zeros."""
    given = _finite(values)
    length = float(np.sqrt(np.nansum(given**2)))
    return np.asarray(_sign(direction) * (given / length if length > 0 else given * 0.0))


NORMALISATIONS: dict[str, Callable[[ArrayLike, Direction], Floats]] = {
    "min-max": min_max,
    "z-score": z_score,
    "rank": rank_scale,
    "vector": vector_scale,
}
"""By name."""


def _levels(values: Floats) -> Floats:
    """Replace values by the places of the different ones, from 0; those that differ by rounding are one."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    size = np.maximum(np.abs(ordered[1:]), np.abs(ordered[:-1]))
    found = np.empty(values.shape)
    # halves, since the difference of two very large numbers need not be finite
    found[order] = np.concatenate([[0.0], np.cumsum(ordered[1:] / 2 - ordered[:-1] / 2 > ROUNDING * size / 2)])
    return found


def _sign(direction: Direction) -> float:
    return 1.0 if _known(direction) == "higher" else -1.0


def _known(direction: Direction) -> Direction:
    if direction not in {"higher", "lower"}:
        raise ParameterError(f"the direction {direction!r} is unknown: say 'higher' or 'lower', whichever is better")
    return direction


def _finite(values: ArrayLike) -> Floats:
    """Take numbers, NaN among them, but nothing infinite."""
    found = np.asarray(values, dtype=np.float64)
    if np.isinf(found).any():
        raise ParameterError("an infinite value cannot be put on a scale: leave it out as NaN")
    return found
