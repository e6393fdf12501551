"""What a backtest returns for one series: the model's errors beside those of the benchmark forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.metrics import FitStatistics


@dataclass(frozen=True, slots=True)
class BaselineScore:
    """One benchmark forecast and its errors.

    Attributes
    ----------
    name
        One of `rcsd.analysis.backtest.BASELINES`.
    forecast
        The forecast at the hold-out years, shape (n_out,); NaN where this forecast is not defined.
    statistics
        Its errors, or None where the forecast is not defined for this series (see `note`).
    note
        Empty, or why the forecast is not defined or what was done to the data for it.
    """

    name: str
    forecast: NDArray[np.float64]
    statistics: FitStatistics | None
    note: str = ""

    def error(self, *, in_percent: bool) -> float:
        """Its error by `headline`; infinite where it is not defined, so that it is never the lowest."""
        found = None if self.statistics is None else headline(self.statistics, in_percent=in_percent)
        return float("inf") if found is None or np.isnan(found) else found


@dataclass(frozen=True, slots=True)
class HoldoutScore:
    """A forecast of one series against the observations of years that no fit has seen.

    Attributes
    ----------
    years, observed, simulated
        The scored cells (those with a weight above 0) and the forecast of them, shape (n_out,).
    statistics
        Errors of the forecast.
    baselines
        The benchmark forecasts by name, each from the trusted cells of the fit window alone: those that count, and
        those dropped only because they set a constant of the study.
    mase
        Mean absolute error over the mean absolute yearly change between the same cells.
    skill
        1 - MSE / MSE of the last-value forecast: 1 is perfect, 0 as good as the last value, negative is worse.
    best_baseline
        The benchmark forecast with the lowest error.
    beats_last, beats_best
        Whether the error of the forecast is below that of the last value, and below that of the best benchmark
        forecast, by at least 0.1 percentage points: a smaller lead tells nothing apart.
    beats_two_line
        The same of the two-line rule; None where that is not defined.
    in_percent
        Whether these errors are MAPE; else, where observed values are near zero or counts, WAPE.
    """

    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    statistics: FitStatistics
    baselines: Mapping[str, BaselineScore]
    mase: float
    skill: float
    best_baseline: str
    beats_last: bool
    beats_best: bool
    beats_two_line: bool | None
    in_percent: bool = True

    @property
    def error(self) -> float:
        """The error that is compared, in per cent."""
        return headline(self.statistics, in_percent=self.in_percent)


def headline(statistics: FitStatistics, *, in_percent: bool) -> float:
    """Return the error to show first: MAPE, or WAPE where errors in per cent of single values say nothing."""
    return statistics.mape if in_percent else statistics.wape
