"""The average over the structures of the model, with weights that each origin learns from earlier origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.pooling import TEMPER, learned_weights, linear_pool
from rcsd.analysis.forecasting.quantiles import log_densities
from rcsd.study.panel.origins.archive import Archive
from rcsd.study.panel.scoring.cells import SeriesCells

Array = NDArray[np.float64]
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StructureWeights:
    """What each structure counts in the average.

    Attributes
    ----------
    structures, origins
        Names and years, in the order of the arrays.
    series
        Whose forecasts the weights are learned from; they hold for all series, since a structure is one model.
    weights
        Shape (n_structures, n_origins); each column sums to 1. Always 0 for a structure that is not averaged.
    scores
        Mean log score over the cities by structure, origin and years ahead, shape (n_structures, n_origins, horizon).
    temper
        See `rcsd.analysis.forecasting.pooling.TEMPER`.
    """

    structures: tuple[str, ...]
    origins: tuple[int, ...]
    series: str
    weights: Array
    scores: Array
    temper: float


def structure_weights(
    archive: Archive, drivers: str, cells: SeriesCells, among: Sequence[str] = ()
) -> StructureWeights:
    """Learn the weights of every origin over all cities of the panel; nothing after the origin counts.

    Parameters
    ----------
    archive, drivers, cells
        Forecasts, what they know of the drivers, and what came.
    among
        Structures that are averaged, all of them unless given.
    """
    each = archive.quantiles[drivers][:, archive.series.index(cells.series)]
    scores = mean_log_scores(each, cells.observed)
    origins = cells.origins
    averaged_over = [place for place, name in enumerate(archive.variants) if name in (among or archive.variants)]
    weights = np.zeros((len(archive.variants), len(origins)))
    weights[averaged_over] = np.stack([learned_weights(scores[averaged_over], origins, o) for o in origins], axis=1)
    return StructureWeights(archive.variants, origins, cells.series, weights, scores, TEMPER)


def mean_log_scores(quantiles: Single, observed: Array) -> Array:
    """Mean log score over the cities that all models have.

    Parameters
    ----------
    quantiles
        Shape (n_models, n_cities, n_origins, horizon, n_levels).
    observed
        Shape (n_cities, n_origins, horizon).

    Returns
    -------
    NDArray, shape (n_models, n_origins, horizon)
        NaN where no cell is scored.
    """
    values = np.stack([log_densities(each, observed) for each in quantiles])
    common = np.isfinite(values).all(axis=0)
    n = common.sum(axis=0)
    sums = np.where(common, values, 0.0).sum(axis=1)
    return np.asarray(np.where(n > 0, sums / np.maximum(n, 1), np.nan))


def averaged(archive: Archive, drivers: str, series: str, weights: StructureWeights) -> Single:
    """Average the forecasts of all structures, shape (n_cities, n_origins, horizon, n_levels)."""
    each = archive.quantiles[drivers][:, archive.series.index(series)]
    if len(each) == 1:
        return np.asarray(each[0], dtype=np.float32)
    rows = [linear_pool(each[:, :, row], weights.weights[:, row]) for row in range(len(archive.origins))]
    return np.asarray(np.stack(rows, axis=1), dtype=np.float32)
