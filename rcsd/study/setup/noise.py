"""How far the cells of a series may be off, guessed from how rough the series is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.study.setup.matching.words import meaning_of, words_of

Kind = Literal["relative", "absolute", "negative-binomial"]

_LEAST_SHARE, _MOST_SHARE = 0.02, 0.4
"""Bounds of a relative error: a model is seldom nearer to data, and of a series rougher than that nothing is known."""
_LEAST_OF_SPREAD = 0.02
"""Least absolute error, as a share of the standard deviation of the series."""
_SECOND_DIFFERENCE = 6.0
"""Variance of a second difference of independent errors, in units of theirs."""
_NORMAL = 1.4826
"""Standard deviation of a normal variable over its median absolute deviation."""
_RANGE = 0.05
"""Values whose least is below this share of their mean are near zero: shares of them say nothing."""
_DIGITS = 2
_MANY = 50
"""Count from which on the scatter of counts is no more than that of a measurement."""
_COUNTED = frozenset(
    map(meaning_of, ("person", "people", "case", "patient", "individual", "animal", "unit", "item", "prey"))
)


@dataclass(frozen=True, slots=True)
class Scatter:
    """What is proposed for the errors of a series.

    Attributes
    ----------
    kind : str
        Of the study file.
    error : float or None
        Standard error of a cell, two digits; None where it is estimated.
    why : str
        What in the data speaks for it.
    source : str
        Where the number comes from.
    """

    kind: Kind
    error: float | None
    why: str
    source: str = "guessed from how rough the series is"

    def missed_by(self, factor: float) -> Scatter:
        """Return an error so many times as large, which is what a trial fit misses the series by."""
        if self.error is None:
            return self
        return replace(self, error=_rounded(self.error * factor), source="what a trial fit misses the series by")


def scatter_of(values: NDArray[np.float64], least: float = np.inf) -> Scatter:
    """Guess the errors of a series.

    Parameters
    ----------
    values
        In the fit window, shape (n,).
    least
        Least value of all, those that are held out among them: errors of a kind must have a place for it.
    """
    lowest = min(least, float(values.min()))
    if lowest <= 0:
        sign = "crosses zero" if lowest < 0 < values.max() else "holds zeros"
        if values.max() <= 0:
            sign = "is never above zero"
        return Scatter("absolute", _absolute(values), f"the series {sign}: a fixed amount")
    if values.min() < _RANGE * values.mean() and not _spans_decades(values):
        return Scatter("absolute", _absolute(values), "the series comes near zero: a fixed amount")
    share = float(np.clip(_roughness(np.log(values)), _LEAST_SHARE, _MOST_SHARE))
    return Scatter("relative", _rounded(share), "all values are positive: a share of the value")


def amount_of(values: NDArray[np.float64]) -> Scatter:
    """Guess the errors of a series as a fixed amount, where the model has values without a logarithm."""
    return Scatter("absolute", _absolute(values), "runs of the model reach zero, of which no share can be told")


def are_counts(values: NDArray[np.float64], unit: str) -> bool:
    """Whether values, shape (n,), are counts of so few that their own number makes them scatter."""
    whole = bool((values >= 0).all() and np.array_equal(values, np.round(values)))
    if not whole or np.ptp(values) == 0 or values.min() > _MANY:
        return False
    words = set(words_of(unit))
    return not words or bool(words & _COUNTED)


COUNTS = Scatter("negative-binomial", None, "whole numbers, some of them small: counts")
"""What is proposed for counts."""


def _spans_decades(values: NDArray[np.float64]) -> bool:
    """Whether a series runs over orders of magnitude steadily, so that its logarithm is the smoother one."""
    logs, plain = np.log(values), values
    spread_logs, spread = np.ptp(logs), np.ptp(plain)
    return bool(_roughness(logs) / spread_logs < _roughness(plain) / spread) if spread_logs and spread else True


def _absolute(values: NDArray[np.float64]) -> float:
    spread = float(np.std(values)) or float(np.abs(values).max()) or 1.0
    return _rounded(float(np.clip(_roughness(values), _LEAST_OF_SPREAD * spread, spread)))


def _roughness(values: NDArray[np.float64]) -> float:
    """Return the standard deviation of what a smooth course leaves: a straight line has no second differences."""
    if values.size <= 2:  # noqa: PLR2004 - two points are always on a line
        return 0.0
    seconds = np.diff(values, 2)
    return float(_NORMAL * np.median(np.abs(seconds)) / np.sqrt(_SECOND_DIFFERENCE))


def _rounded(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
