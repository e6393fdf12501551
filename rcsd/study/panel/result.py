"""What a panel returns: plain frozen data for tables, figures and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.rolling import Forecast
from rcsd.bands import QUARTILES, quantiles
from rcsd.study.panel.ablation.result import AblationResult
from rcsd.study.panel.cities import City
from rcsd.study.panel.comparison import Comparison
from rcsd.study.panel.differences import Difference
from rcsd.study.panel.panel import headline_of
from rcsd.study.panel.scores import ClassScore, SeriesScore
from rcsd.study.panel.scoring.result import OriginsResult
from rcsd.study.panel.shrinkage import Population


@dataclass(frozen=True, slots=True)
class CityResult:
    """One city that was fitted and scored.

    Attributes
    ----------
    city
        Which.
    estimate, search, covariance, on_bound
        Of `rcsd.study.panel.fitting.CityFit`.
    fit_mape
        By series.
    forecasts
        Of every series and held-out year, by what is known of the drivers.
    n_runs, seconds
        What it took.
    """

    city: City
    estimate: NDArray[np.float64]
    search: NDArray[np.float64]
    covariance: NDArray[np.float64]
    on_bound: NDArray[np.bool_]
    fit_mape: Mapping[str, float]
    forecasts: tuple[Forecast, ...]
    n_runs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class CityFailure:
    """One city that could not be fitted, and why."""

    city: City
    reason: str


@dataclass(frozen=True, slots=True)
class PanelRun:
    """All cities under one set of priors.

    Attributes
    ----------
    cities, failures
        In the panel's order.
    scores
        Errors by series, what is known of the drivers, and city.
    classes
        The same summed up by class, and over all cities.
    """

    cities: tuple[CityResult, ...]
    failures: tuple[CityFailure, ...]
    scores: tuple[SeriesScore, ...]
    classes: tuple[ClassScore, ...]

    @property
    def drivers(self) -> str:
        """What a forecaster knows of the drivers: their forecast where there is one."""
        return "forecast" if any(score.drivers == "forecast" for score in self.scores) else "known"

    def estimates(self, kind: str) -> NDArray[np.float64]:
        """Return the estimates of the cities of a class, shape (n_cities, n_parameters)."""
        return np.array([each.estimate for each in self.cities if each.city.kind == kind])

    def quartiles(self, kind: str) -> NDArray[np.float64]:
        """Return quartiles of the estimates of a class, shape (3, n_parameters), the median in the middle."""
        return quantiles(self.estimates(kind), QUARTILES)


@dataclass(frozen=True, slots=True)
class PanelInfo:
    """What was fitted and how.

    Attributes
    ----------
    title, documentation, table, study_file, model
        Names and words for people; files without the folders they lie in.
    parameters, units
        Names and units of what is estimated in every city.
    series
        Variables that are compared, by series.
    fit_window, holdout
        First and last years.
    assumed
        Constants that no city's data give: of cells flagged as assumed, or numbers of the study file.
    drivers
        Series that drive the model from outside.
    seed
        Of every city's draws, together with its name.
    versions, hashes
        To repeat it.
    """

    title: str
    documentation: str
    table: str
    study_file: str
    model: str
    parameters: tuple[str, ...]
    units: tuple[str, ...]
    series: Mapping[str, str]
    fit_window: tuple[int, int]
    holdout: tuple[int, int]
    assumed: tuple[str, ...]
    drivers: tuple[str, ...]
    seed: int
    versions: Mapping[str, str]
    hashes: Mapping[str, str]

    @property
    def headline(self) -> str:
        """The series that is shown first: real GDP where there is one of this name, else the first."""
        return headline_of(self.series)


@dataclass(frozen=True, slots=True)
class PanelResult:
    """A panel under its stated priors, and if asked for under those that the cities themselves suggest.

    Attributes
    ----------
    info
        What was fitted and how.
    stated
        With the priors of the study file.
    differences
        Between classes, of every parameter, in `stated`.
    populations
        Estimated from `stated`; empty without shrinkage.
    shrunk
        With the populations as priors; None without shrinkage.
    comparison
        Of both over the cities that they share; empty without shrinkage.
    seconds
        Wall time of this run; kept cities cost none.
    n_reused
        Fits that were kept from an earlier run.
    origins
        Forecasts from many origins; None when none were asked for.
    ablations
        What each part of the model is worth; None when that was not asked for.
    """

    info: PanelInfo
    stated: PanelRun
    differences: tuple[Difference, ...]
    populations: tuple[Population, ...]
    shrunk: PanelRun | None
    comparison: tuple[Comparison, ...]
    seconds: float
    n_reused: int
    origins: OriginsResult | None = None
    ablations: AblationResult | None = None
