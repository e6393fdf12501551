"""Bands: quantiles of what is drawn of a series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Predictive
from rcsd.bands import band


@dataclass(frozen=True, slots=True)
class SeriesBand:
    """Quantiles of a series at some years, each of shape (n_years,).

    Attributes
    ----------
    series
        The series.
    years
        Increasing.
    simulated_low, simulated_high
        5 % and 95 % of the runs: what the parameters, and drawn drivers, leave open.
    low, median, high
        5 %, 50 % and 95 % of what would be observed: runs and residuals.
    """

    series: str
    years: NDArray[np.float64]
    simulated_low: NDArray[np.float64]
    simulated_high: NDArray[np.float64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]


def series_quantiles(drawn: Predictive, counted: NDArray[np.bool_]) -> dict[str, NDArray[np.float64]]:
    """Take the quantiles of a `SeriesBand` of those draws that count, by the names of its fields."""
    simulated, observed = band(drawn.simulated[counted]), band(drawn.observed[counted])
    return {
        "years": drawn.years,
        "simulated_low": simulated.low,
        "simulated_high": simulated.high,
        "low": observed.low,
        "median": observed.median,
        "high": observed.high,
    }
