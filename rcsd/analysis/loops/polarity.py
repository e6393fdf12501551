"""Whether a loop is reinforcing or balancing, from the signs that its links show in a run."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Polarity = Literal["R", "B", "Ru", "Bu", "U", "N"]
_SURE = 0.99
"""Least confidence in a polarity that is not the same throughout (Schoenberg and Eberlein 2020)."""


def polarity(signed: NDArray[np.float64]) -> Polarity:
    """Name the polarity of a loop from relative scores, or from signs.

    Confidence is the difference between the sums of positive and negative values over the sum of both.

    Parameters
    ----------
    signed : NDArray, shape (time,)
        Values whose sign is that of the loop; what is 0 says nothing.
    """
    positive, negative = float(signed[signed > 0].sum()), float(-signed[signed < 0].sum())
    total = positive + negative
    if total == 0:
        return "N"
    if negative == 0 or positive == 0:
        return "R" if positive else "B"
    if abs(positive - negative) / total < _SURE:
        return "U"
    return "Ru" if positive > negative else "Bu"


WORDS: dict[Polarity, str] = {
    "R": "reinforcing",
    "B": "balancing",
    "Ru": "mostly reinforcing",
    "Bu": "mostly balancing",
    "U": "undetermined",
    "N": "without effect",
}
