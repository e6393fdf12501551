"""An observed series beside the run and the forecasts that it was compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.result import HoldoutScore, headline
from rcsd.analysis.calibration import COUNTS, LOGARITHMS, GapCourse, Kind
from rcsd.analysis.metrics import FitStatistics

_NEAR_ZERO = 0.05
"""Share of the mean size of the observations below which one of them is near zero."""


def percent_says(kind: Kind, seen: NDArray[np.float64]) -> bool:
    """Whether errors in per cent of the observed value say anything.

    They do where logarithms are compared; else not of counts, nor where an observation is zero, of the other sign, or
    small beside the rest (below a twentieth of their mean size).
    """
    if kind in LOGARITHMS:
        return True
    if kind in COUNTS or seen.size == 0:
        return False
    one_sign = bool(np.all(seen > 0) or np.all(seen < 0))
    return one_sign and float(np.min(np.abs(seen))) >= _NEAR_ZERO * float(np.mean(np.abs(seen)))


@dataclass(frozen=True, slots=True)
class HoldoutForecast:
    """What would have been forecast at the end of the fit window.

    Attributes
    ----------
    years
        Every year from the one after the fit window to the end of the hold-out, shape (n_years,).
    median, lower, upper
        Median and ends of the 90 % interval, the gap's own course in it, shape (n_years,).
    """

    years: NDArray[np.float64]
    median: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One observed series beside the model variable that it was compared with.

    The arrays share one shape (n_cells,): every cell of the series from the first year of the fit window to the last
    year of the hold-out window, dropped cells included.

    Attributes
    ----------
    name, unit
        The series.
    variable, documentation
        The model's variable, and the model's own words on it.
    kind, error
        How residuals were scaled: ln(S/A)/error where logarithms are compared, (S - A)/error where values are, and over
        the standard deviation of a count where counts are. The error is the stated one, or the estimated where the fit
        estimates it; of counts, what they scatter beyond Poisson's (a share of the mean, NaN for Poisson's).
    stated
        The stated error; None where there is none.
    years, observed, simulated
        The cells, and the fitted run with the drivers as they were.
    error_percent
        100 (S - A)/A, NaN where A is 0.
    scaled_residual
        The residual in units of that error, unweighted: the fit squares and sums it times the square root of
        the cell's weight.
    windows
        "fit", "holdout" or "" per cell.
    flags, weights
        Flags of each cell, and the weight that the study's rules give it (0 is dropped).
    flag_rules
        The rules: flag -> weight.
    course, jump, course_source
        How a gap between model and data goes on, the yearly change of the series beyond which it jumps, and where that
        is from.
    fit_all, fit_unflagged
        Errors in the fit window: over all its cells that count (weight above 0), and over those without a flag (None
        if there are none). A dropped cell is in neither: often it sets an initial stock and is met by construction.
    forecasts
        Forecasts of the hold-out by what is known of the drivers, the one that a forecaster has first: "forecast",
        "known", "frozen". Empty where none was made.
    holdouts
        Errors of their medians in the hold-out window, in the same order; where no forecast was made, of the fitted run
        as "known". Empty where nothing could be scored.
    """

    name: str
    unit: str
    variable: str
    documentation: str
    kind: Kind
    error: float
    stated: float | None
    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    error_percent: NDArray[np.float64]
    scaled_residual: NDArray[np.float64]
    windows: tuple[str, ...]
    flags: tuple[tuple[str, ...], ...]
    weights: NDArray[np.float64]
    flag_rules: Mapping[str, float]
    course: GapCourse
    jump: float | None
    course_source: str
    fit_all: FitStatistics
    fit_unflagged: FitStatistics | None
    forecasts: Mapping[str, HoldoutForecast]
    holdouts: Mapping[str, HoldoutScore]

    @property
    def in_percent(self) -> bool:
        """Whether errors in per cent of the observed value say anything."""
        return percent_says(self.kind, self.observed[self.weights > 0])

    def error_of(self, statistics: FitStatistics) -> float:
        """Return the error to show first, in per cent of single values or, if that says nothing, of their mean size."""
        return headline(statistics, in_percent=self.in_percent)

    @property
    def n_holdout(self) -> int:
        """How many cells the hold-out window has, those that a flag drops from the scores included."""
        return self.windows.count("holdout")

    @property
    def holdout(self) -> HoldoutScore | None:
        """Errors in the hold-out with the drivers known as a forecaster knows them; None where nothing was scored."""
        return next(iter(self.holdouts.values()), None)

    @property
    def forecast(self) -> HoldoutForecast | None:
        """The forecast that `holdout` scores; None where none was made."""
        return next(iter(self.forecasts.values()), None)
