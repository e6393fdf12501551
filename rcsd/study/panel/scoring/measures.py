"""Scores of one forecaster, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting.levels import MIDDLE
from rcsd.analysis.forecasting.quantiles import inside, log_densities, quantile_crps, quantile_pit, quantile_wis
from rcsd.analysis.forecasting.scores import scaled_error
from rcsd.study.panel.scoring.cells import SeriesCells

Array = NDArray[np.float64]
Single = NDArray[np.float32]
_PER_CENT = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Every score of every cell, each of shape (n_cities, n_origins, horizon); NaN where a cell is not scored.

    Attributes
    ----------
    scaled
        Absolute error of the median over the mean yearly change up to the origin; its mean is the MASE.
    percent
        Absolute error of the median, per cent of what came.
    error
        Logarithm of what came less that of the median.
    crps, wis
        Per cent, of logarithms.
    log_score
        Log density of the logarithm, nats; higher is better.
    inside
        1 in the central 90 % interval, else 0.
    pit
        Share of the forecast below what came.
    """

    scaled: Array
    percent: Array
    error: Array
    crps: Array
    wis: Array
    log_score: Array
    inside: Array
    pit: Array


def measured(quantiles: Single, cells: SeriesCells, observed: Array | None = None) -> Measures:
    """Score a forecaster.

    Parameters
    ----------
    quantiles
        Shape (n_cities, n_origins, horizon, n_levels).
    cells
        Of the series.
    observed
        In the place of the cells' own.
    """
    came = cells.observed if observed is None else observed
    each = np.where(np.isfinite(came)[..., np.newaxis], quantiles, np.nan).astype(np.float64)
    median = each[..., MIDDLE]
    return Measures(
        scaled=scaled_error(median, came, cells.change[..., np.newaxis]),
        percent=_PER_CENT * np.abs(median / came - 1),
        error=np.log(came) - np.log(median),
        crps=quantile_crps(each, came),
        wis=quantile_wis(each, came),
        log_score=log_densities(each, came),
        inside=inside(each, came),
        pit=quantile_pit(each, came),
    )
