"""Scores of all forecasters, summed up by group of origins and by origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import clustered_mean, relative_skill
from rcsd.analysis.forecasting.scores import coverage
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.measures import Measures

Array = NDArray[np.float64]

Kind = Literal["average", "structure", "rule"]
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Forecaster:
    """Who forecasts.

    Attributes
    ----------
    name, title
        For files, and for people.
    kind
        The average over structures, a single structure, or a benchmark rule.
    """

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Score:
    """One forecaster of one series over a group of origins.

    Attributes
    ----------
    forecaster, series, drivers
        Which; `drivers` is empty for a rule.
    group, horizon
        Of which origins, and over 1 to how many years ahead.
    n
        Cells.
    mase, mase_error
        Mean scaled error and its standard error, clustered by origin.
    crps, crps_error
        The same of the CRPS, per cent.
    wis, log_score
        Means.
    mape
        Median over the cities of the mean absolute percentage error.
    coverage, low, high
        Share in the 90 % interval, and the 95 % band of that share if cells were independent.
    skill
        Relative skill by the CRPS, against the reference rule: below 1 is better; NaN without.
    """

    forecaster: str
    series: str
    drivers: str
    group: str
    horizon: int
    n: int
    mase: float
    mase_error: float
    crps: float
    crps_error: float
    wis: float
    log_score: float
    mape: float
    coverage: float
    low: float
    high: float
    skill: float = _NAN


@dataclass(frozen=True, slots=True)
class OriginScore:
    """One forecaster of one series from one origin.

    Attributes
    ----------
    forecaster, series, drivers, origin, horizon, n
        Which, over 1 to `horizon` years ahead, and the number of cells.
    mase, crps, coverage
        Means.
    mape
        Median over the cities of the mean absolute percentage error.
    bias
        Mean log error in per cent: above 0 the forecast is too high.
    """

    forecaster: str
    series: str
    drivers: str
    origin: int
    horizon: int
    n: int
    mase: float
    crps: float
    coverage: float
    mape: float
    bias: float


def within(group: Group, horizon: int, origins: Sequence[int], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Mask of the cells of a group, 1 to `horizon` years ahead, shape (n_cities, n_origins, horizon)."""
    starts = np.array(origins)[:, np.newaxis]
    ahead = np.arange(1, shape[2] + 1)
    member = np.isin(starts, group.origins) & (ahead <= horizon) & (starts + ahead <= group.until)
    return np.broadcast_to(member, shape)


def group_score(
    forecaster: str,
    series: str,
    drivers: str,
    measures: Measures,
    group: Group,
    horizon: int,
    origins: Sequence[int],
) -> Score:
    """Sum up one forecaster over a group."""
    mask = within(group, horizon, origins, measures.crps.shape) & np.isfinite(measures.crps)
    start = np.broadcast_to(np.array(origins)[:, np.newaxis], mask.shape)[mask]
    mase, crps = clustered_mean(measures.scaled[mask], start), clustered_mean(measures.crps[mask], start)
    covered = coverage(measures.inside[mask])
    return Score(
        forecaster=forecaster,
        series=series,
        drivers=drivers,
        group=group.name,
        horizon=horizon,
        n=int(mask.sum()),
        mase=mase.value,
        mase_error=mase.error,
        crps=crps.value,
        crps_error=crps.error,
        wis=_mean(measures.wis[mask]),
        log_score=_mean(measures.log_score[mask]),
        mape=city_median(measures.percent, mask),
        coverage=covered.share,
        low=covered.low,
        high=covered.high,
    )


def origin_score(
    forecaster: str, series: str, drivers: str, measures: Measures, row: int, origin: int, horizon: int, until: int
) -> OriginScore:
    """Sum up one forecaster from one origin."""
    mask = np.zeros(measures.crps.shape, dtype=np.bool_)
    mask[:, row, : min(horizon, until - origin)] = True
    mask &= np.isfinite(measures.crps)
    return OriginScore(
        forecaster=forecaster,
        series=series,
        drivers=drivers,
        origin=origin,
        horizon=horizon,
        n=int(mask.sum()),
        mase=_mean(measures.scaled[mask]),
        crps=_mean(measures.crps[mask]),
        coverage=_mean(measures.inside[mask]),
        mape=city_median(measures.percent, mask),
        bias=-100 * _mean(measures.error[mask]),
    )


def skills(measures: Mapping[str, Measures], mask: NDArray[np.bool_], reference: str) -> dict[str, float]:
    """Relative skill of each forecaster by the CRPS; empty where the reference is none of them."""
    scores = {name: np.where(mask, each.crps, np.nan)[mask] for name, each in measures.items()}
    scored = {name: values for name, values in scores.items() if np.isfinite(values).any()}
    return relative_skill(scored, reference) if reference in scored else {}


def city_median(percent: Array, mask: NDArray[np.bool_]) -> float:
    """Median over the cities of their mean error; NaN without a cell."""
    counted = mask & np.isfinite(percent)
    n = counted.sum(axis=(1, 2))
    means = np.where(counted, percent, 0.0).sum(axis=(1, 2))[n > 0] / n[n > 0]
    return float(np.median(means)) if means.size else _NAN


def _mean(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(np.mean(known)) if known.size else _NAN
