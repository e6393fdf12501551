"""Means of scores, and whether one clock's are better than another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.forecasting import clustered_mean
from rcsd.papers.coevolution.evidence.forecast import Cell

REFERENCE = "walk"
"""The clock that others are held against: what comes is what is, give or take."""


@dataclass(frozen=True, slots=True)
class Score:
    """Mean scores of a clock on one proxy.

    Attributes
    ----------
    clock, proxy : str
        Which.
    n : int
        Forecasts: city by origin by year ahead.
    n_origins : int
        Origins that they come from.
    crps, log_score : float
        Means.
    crps_gain, log_gain : float
        By how much they are better than those of the reference on the same forecasts: positive is better.
    crps_error, log_error : float
        Standard errors of these gains, clustered by origin, since the cities of an origin share the nation's shocks.
    """

    clock: str
    proxy: str
    n: int
    n_origins: int
    crps: float
    log_score: float
    crps_gain: float
    log_gain: float
    crps_error: float
    log_error: float


def scores(cells: Sequence[Cell]) -> tuple[Score, ...]:
    """Sum up, by clock and proxy, in the order in which they first appear."""
    groups: dict[tuple[str, str], dict[tuple[str, int, int], Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.clock, cell.proxy), {})[cell.city, cell.origin, cell.ahead] = cell
    found = []
    for (clock, proxy), own in groups.items():
        other = groups[REFERENCE, proxy]
        keys = [key for key in own if key in other]
        origins = np.array([key[1] for key in keys])
        gains = np.array([[other[k].crps - own[k].crps, own[k].log_score - other[k].log_score] for k in keys])
        errors = [clustered_mean(gain, origins).error for gain in gains.T]
        means = np.array([[own[k].crps, own[k].log_score] for k in keys]).mean(axis=0)
        found.append(
            Score(clock, proxy, len(keys), np.unique(origins).size, *map(float, (*means, *gains.mean(axis=0), *errors)))
        )
    return tuple(found)
