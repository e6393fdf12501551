"""The model against each benchmark rule: where it errs less, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import diebold_mariano, encompassing
from rcsd.analysis.forecasting.comparison import Test
from rcsd.errors import SeriesError
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.measures import Measures
from rcsd.study.panel.scoring.tables import within

Array = NDArray[np.float64]

_MOST_LAGS = 2
"""Neighbouring origins whose covariances count: errors 3 years ahead share two years with the next origin's, and more
lags than that are not to be had from nine origins."""


@dataclass(frozen=True, slots=True)
class Duel:
    """The average of the model's structures against one rule.

    Attributes
    ----------
    rule, series, group, horizon
        Which.
    n
        City-origins that both have forecast.
    wins
        Share of them in which the model's mean absolute error is lower.
    mase, crps
        Diebold-Mariano tests of the scaled errors and of the CRPS: an estimate below 0 is for the model. None with too
        few origins.
    rule_adds, model_adds
        Encompassing tests: the weight of the rule beside the model, and of the model beside the rule, in the best
        combination of their log forecasts.
    """

    rule: str
    series: str
    group: str
    horizon: int
    n: int
    wins: float
    mase: Test | None
    crps: Test | None
    rule_adds: Test | None
    model_adds: Test | None


def duel(
    model: Measures, other: Measures, rule: str, series: str, group: Group, horizon: int, origins: Sequence[int]
) -> Duel:
    """Compare the model with a rule over the cells that both have."""
    mask = within(group, horizon, origins, model.crps.shape) & np.isfinite(model.crps) & np.isfinite(other.crps)
    starts = np.broadcast_to(np.array(origins)[:, np.newaxis], mask.shape)[mask]
    lags = min(horizon - 1, _MOST_LAGS)

    def compared(ours: Array, theirs: Array) -> Test | None:
        try:
            return diebold_mariano(ours[mask], theirs[mask], starts, n_lags=lags)
        except SeriesError:
            return None

    def adds(first: Array, second: Array) -> Test | None:
        try:
            return encompassing(first[mask], second[mask], starts, n_lags=lags)
        except SeriesError:
            return None

    n, wins = _wins(model.scaled, other.scaled, mask)
    return Duel(
        rule=rule,
        series=series,
        group=group.name,
        horizon=horizon,
        n=n,
        wins=wins,
        mase=compared(model.scaled, other.scaled),
        crps=compared(model.crps, other.crps),
        rule_adds=adds(model.error, other.error),
        model_adds=adds(other.error, model.error),
    )


def _wins(ours: Array, theirs: Array, mask: NDArray[np.bool_]) -> tuple[int, float]:
    """City-origins with a cell, and the share of them in which our mean error is the lower one."""
    counted = mask & np.isfinite(ours) & np.isfinite(theirs)
    there = counted.any(axis=2)
    difference = np.where(counted, ours - theirs, 0.0).sum(axis=2)[there]
    return int(there.sum()), float(np.mean(difference < 0)) if difference.size else float("nan")
