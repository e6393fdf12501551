"""The index on two levels: scores of systems from normalised indicators, and the index from the scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def system_scores(normalised: Floats, within: Floats, places: NDArray[np.int64], n_systems: int) -> Floats:
    """Score of every system: ``t = sum a_i w_i``, Peng and Ji (2023), eq (8).

    Parameters
    ----------
    normalised
        Indicators, shape (..., n_indicators); where one is missing, the others of its system share its weight.
    within
        Weights within systems, broadcast against `normalised`.
    places
        Place of each indicator's system, shape (n_indicators,).
    n_systems
        How many systems there are.

    Returns
    -------
    NDArray, shape (..., n_systems)
        NaN where all that a system has is missing, or what is there has no weight.
    """
    member = (places[:, None] == np.arange(n_systems)).astype(np.float64)
    there = ~np.isnan(normalised)
    weights = np.where(there, within, 0.0)
    return _ratio(np.where(there, normalised, 0.0) * weights @ member, weights @ member)


def index_of(scores: Floats, systems: Floats) -> Floats:
    """Return the index: ``T = sum t_j W_j``, eq (9), over systems on the last axis; a NaN counts for nothing."""
    there = ~np.isnan(scores)
    weights = np.where(there, systems, 0.0)
    return _ratio((np.where(there, scores, 0.0) * weights).sum(axis=-1), weights.sum(axis=-1))


def _ratio(above: Floats, below: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, above / below, np.nan)
