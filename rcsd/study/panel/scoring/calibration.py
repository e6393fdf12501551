"""Whether the intervals hold what they promise: by origin, before and after a scaling that earlier origins teach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import factors_by_origin, half_width_ratios, pit_histogram
from rcsd.analysis.forecasting.levels import HIGH, LOW, MIDDLE
from rcsd.analysis.forecasting.quantiles import widened
from rcsd.analysis.forecasting.scores import Coverage, coverage
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.cells import SeriesCells
from rcsd.study.panel.scoring.measures import Measures, measured
from rcsd.study.panel.scoring.tables import within

Array = NDArray[np.float64]
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GroupCalibration:
    """Coverage and PIT of one series over a group of origins.

    Attributes
    ----------
    series, group, horizon
        Which.
    before, after
        Coverage of the 90 % intervals.
    crps
        Mean CRPS before and after, per cent.
    pit, pit_after
        Cells in ten bins of the share of the forecast below what came.
    """

    series: str
    group: str
    horizon: int
    before: Coverage
    after: Coverage
    crps: tuple[float, float]
    pit: tuple[int, ...]
    pit_after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OriginCalibration:
    """Coverage of one series from one origin, 1 to `horizon` years ahead, and the factor on the widths."""

    series: str
    origin: int
    horizon: int
    factor: float
    before: Coverage
    after: Coverage


def spread_factors(quantiles: Single, cells: SeriesCells) -> dict[int, float]:
    """Learn at each origin by what factor earlier intervals should have been wider; nothing after the origin counts."""
    low, median, high = (quantiles[..., place].astype(np.float64) for place in (LOW, MIDDLE, HIGH))
    known = np.isfinite(cells.observed) & np.isfinite(median)
    starts = np.broadcast_to(np.array(cells.origins)[:, np.newaxis], known.shape)
    ahead = np.broadcast_to(np.arange(1, known.shape[2] + 1), known.shape)
    ratios = half_width_ratios(cells.observed[known], low[known], median[known], high[known])
    learned = factors_by_origin(starts[known], ahead[known], ratios)
    return {origin: learned.get(origin, 1.0) for origin in cells.origins}


def scaled_measures(quantiles: Single, cells: SeriesCells, factors: dict[int, float]) -> Measures:
    """Score forecasts whose spread is scaled by the factor of their origin."""
    factor = np.array([factors[origin] for origin in cells.origins])[:, np.newaxis]
    return measured(widened(quantiles, np.broadcast_to(factor, quantiles.shape[:-1])).astype(np.float32), cells)


def group_calibration(
    series: str, before: Measures, after: Measures, group: Group, horizon: int, origins: Sequence[int]
) -> GroupCalibration:
    """Sum up a group."""
    mask = within(group, horizon, origins, before.crps.shape) & np.isfinite(before.crps)
    return GroupCalibration(
        series=series,
        group=group.name,
        horizon=horizon,
        before=coverage(before.inside[mask]),
        after=coverage(after.inside[mask]),
        crps=(_mean(before.crps[mask]), _mean(after.crps[mask])),
        pit=tuple(map(int, pit_histogram(before.pit[mask]))),
        pit_after=tuple(map(int, pit_histogram(after.pit[mask]))),
    )


def origin_calibrations(
    series: str, before: Measures, after: Measures, factors: dict[int, float], horizon: int, until: int
) -> list[OriginCalibration]:
    """Sum up each origin."""
    found = []
    for row, (origin, factor) in enumerate(factors.items()):
        mask = np.isfinite(before.crps[:, row]) & (
            np.arange(1, before.crps.shape[2] + 1) <= min(horizon, until - origin)
        )
        inside = (coverage(each.inside[:, row][mask]) for each in (before, after))
        found.append(OriginCalibration(series, origin, horizon, factor, *inside))
    return found


def _mean(values: Array) -> float:
    return float(np.mean(values)) if values.size else float("nan")
