"""How far apart two runs are, and two ensembles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_FLAT = 1e-9
"""Share of its value that a range must exceed to be one; else what varies is rounding."""


def gaps(old: Numbers, new: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
    """Return the largest difference over time as a share of the range, and the index of its time.

    Parameters
    ----------
    old, new : NDArray, shape (..., time)
        Two courses, or many.

    Returns
    -------
    (share, index), each of shape (...)
        Infinite where one is finite and the other is not; where both are not, they do not differ.
    """
    finite = np.isfinite(old), np.isfinite(new)
    both, neither = finite[0] & finite[1], ~finite[0] & ~finite[1]
    kept_old, kept_new = np.where(both, old, 0.0), np.where(both, new, 0.0)
    difference = np.where(both, np.abs(kept_new - kept_old), np.where(neither, 0.0, np.inf))
    index = np.argmax(difference, axis=-1)
    largest = np.take_along_axis(difference, index[..., None], axis=-1)[..., 0]
    return np.where(largest > 0, largest / _scale(kept_old, kept_new, both), 0.0), index


def _scale(old: Numbers, new: Numbers, both: NDArray[np.bool_]) -> Numbers:
    """Return the range that two courses cover together; their size where neither moves in time, 1 where that is 0."""
    tops = [np.where(both, each, -np.inf).max(axis=-1) for each in (old, new)]
    bottoms = [np.where(both, each, np.inf).min(axis=-1) for each in (old, new)]
    size = np.maximum(np.abs(old), np.abs(new)).max(axis=-1)
    with np.errstate(invalid="ignore"):  # no time at all where both are finite: what is left is no number
        moves = np.maximum(tops[0] - bottoms[0], tops[1] - bottoms[1]) > _FLAT * size
        together = np.maximum(*tops) - np.minimum(*bottoms)
    scale: Numbers = np.where(moves, together, np.where(size > 0, size, 1.0))
    return scale


def in_sd(old: Numbers, new: Numbers) -> float:
    """Return the largest mean difference at one time in standard deviations of the old draws at that time.

    Parameters
    ----------
    old, new : NDArray, shape (draw, time)
        Of one variable, in the same draws.
    """
    finite = np.isfinite(old).all(axis=0) & np.isfinite(new).all(axis=0)
    if len(old) <= 1 or not finite.any():
        return float("nan")
    sd = old[:, finite].std(axis=0, ddof=1)
    shift = np.abs((new[:, finite] - old[:, finite]).mean(axis=0))
    spread = sd > _FLAT * np.abs(old[:, finite]).max(axis=0)
    return float((shift[spread] / sd[spread]).max()) if spread.any() else float("nan")
