"""One city: its fit to the years before the hold-out, and its forecasts of those held out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.rolling import Forecast
from rcsd.analysis.parameters import ParameterSpace
from rcsd.errors import ClusterError, OutputError, RcsdError
from rcsd.simulator import DrivenSimulator
from rcsd.study.findings.rolling import Predictions, forecast_from, scored
from rcsd.study.panel.cities import City
from rcsd.study.panel.panel import Panel


@dataclass(frozen=True, slots=True)
class CityFit:
    """What is found about one city without a look at what was held out.

    Attributes
    ----------
    estimate
        The most probable parameters, natural scale, shape (n_parameters,).
    search
        The same on the search scale.
    covariance
        Laplace's approximation on the search scale, noise integrated out, shape (n_parameters, n_parameters).
    on_bound
        Which lie on a bound, shape (n_parameters,).
    fit_mape
        Mean absolute percentage error in the fit window by series, of the cells that count.
    predictions
        Of the years held out.
    n_runs, seconds
        What it took.
    """

    estimate: NDArray[np.float64]
    search: NDArray[np.float64]
    covariance: NDArray[np.float64]
    on_bound: NDArray[np.bool_]
    fit_mape: Mapping[str, float]
    predictions: Predictions
    n_runs: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Task:
    """What is done to each city: fit it with these parameters and priors, the file's own when None."""

    panel: Panel
    space: ParameterSpace | None


def fit_city(task: Task, city: City) -> CityFit | str:
    """Fit one city and forecast; returns the reason where that cannot be done, so that the others go on.

    The seed depends on the city's name and not on its place, so a city has the same numbers in any panel.
    """
    began = time.perf_counter()
    panel = task.panel
    try:
        study = panel.study(city, task.space)
        simulator = cast(DrivenSimulator, study.simulator())  # all are but PySD's, and no panel runs on that
        rng = np.random.default_rng([study.file.study.seed, *city.city.encode()])
        ahead = forecast_from(study, simulator, panel.origin, panel.holdout[1], rng=rng)
    except (ClusterError, OutputError):
        raise
    except (RcsdError, np.linalg.LinAlgError) as error:
        return str(error)
    mode, n = ahead.mode, ahead.mode.problem.space.n
    space = mode.problem.space
    search = space.to_search(mode.estimate)
    residuals = mode.problem.misfit(search[np.newaxis, :]).raw
    # every forecast needs the covariance, so it is there
    covariance = np.empty((n, n)) if mode.covariance is None else mode.covariance[:n, :n]
    return CityFit(
        estimate=mode.estimate,
        search=search,
        covariance=covariance,
        on_bound=space.on_bound(mode.estimate),
        fit_mape={
            target.series.name: _mape(raw[0], target.stated)
            for target, raw in zip(mode.problem.targets, residuals, strict=True)
            if target.kind == "relative"
        },
        predictions=Predictions(ahead.years, ahead.series),
        n_runs=ahead.n_runs,
        seconds=time.perf_counter() - began,
    )


def score_city(panel: Panel, city: City, fit: CityFit) -> tuple[Forecast, ...]:
    """Put a city's forecasts beside what came."""
    return tuple(scored(panel.study(city), fit.predictions, panel.origin))


def _mape(scaled: NDArray[np.float64], error: float) -> float:
    """Mean absolute error in per cent of residuals ln(S/A)/error."""
    return float(100 * np.mean(np.abs(np.expm1(scaled * error))))
