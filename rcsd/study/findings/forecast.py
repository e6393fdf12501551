"""The forecast of a study: draws of the refitted parameters, of the drivers' later course and of the residuals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws, predict
from rcsd.bands import complete
from rcsd.simulator import DrivenSimulator
from rcsd.study.file.study import Study
from rcsd.study.findings.bands import SeriesBand, series_quantiles
from rcsd.study.findings.drivers.beyond import Assumed, Beyond, assumptions
from rcsd.study.findings.drivers.later import Course
from rcsd.study.findings.refit import Refit

RESIDUALS = 4
"""Distinguishes the seed of the residuals from those of other draws of a study."""


@dataclass(frozen=True, slots=True)
class ForecastBand(SeriesBand):
    """Quantiles of a forecast of one series under one assumption, from the first year after the data on.

    Attributes
    ----------
    unit, variable
        Of the series.
    beyond
        What is assumed of the drivers.
    """

    unit: str
    variable: str
    beyond: Beyond


@dataclass(frozen=True, slots=True)
class Forecasted:
    """The forecast of every series.

    Attributes
    ----------
    bands
        By series and assumption, those of the assumption that the forecast stands on first.
    courses
        How drawn drivers go on.
    n_draws
        Draws behind each band, those among them whose run failed left out.
    failed
        "drawn, draw 17" for each run that failed.
    n_runs
        Model runs spent.
    """

    bands: tuple[ForecastBand, ...]
    courses: tuple[Course, ...]
    n_draws: int
    failed: tuple[str, ...]
    n_runs: int

    @property
    def n_failed(self) -> int:
        """How many of these failed."""
        return len(self.failed)

    @property
    def main(self) -> Beyond | None:
        """The assumption that the forecast stands on; None where nothing was forecast."""
        return self.bands[0].beyond if self.bands else None

    def of(self, beyond: Beyond) -> tuple[ForecastBand, ...]:
        """Bands under one assumption."""
        return tuple(band for band in self.bands if band.beyond == beyond)


def forecast(study: Study, refitted: Refit, simulator: DrivenSimulator) -> Forecasted:
    """Forecast every series from the year after the data to the horizon.

    Every assumption has the same draws of parameters and residuals, so that what differs between two bands is the
    drivers' doing.

    Parameters
    ----------
    study
        Read by `load_study`.
    refitted
        Its posterior; without one nothing is forecast.
    simulator
        Of the study.
    """
    posterior = refitted.posterior
    if posterior is None:
        return Forecasted((), (), 0, (), 0)
    assumed, courses = assumptions(study, simulator, posterior.draws.n)
    bands: list[ForecastBand] = []
    failed: list[str] = []
    for each in assumed:
        found, failures = _bands(study, each, posterior.draws, simulator)
        bands += found
        failed += failures
    n = posterior.draws.n
    return Forecasted(tuple(bands), courses, n, tuple(failed), 2 * n * len(assumed))


def forecast_years(study: Study) -> NDArray[np.float64]:
    """Years from the one after the data to the horizon."""
    return np.arange(study.file.windows.last + 1.0, study.file.windows.end + 1)


def _bands(
    study: Study, assumed: Assumed, draws: Draws, simulator: DrivenSimulator
) -> tuple[list[ForecastBand], list[str]]:
    """Forecast under one assumption, and say which runs failed."""
    problem = study.problem(simulator, study.file.windows.last)
    rng = np.random.default_rng([study.file.study.seed, RESIDUALS])
    predictions = predict(problem, draws, forecast_years(study), rng=rng, simulator=assumed.simulator)
    ran = np.logical_and.reduce([complete(each.simulated) for each in predictions])
    failed = [f"{assumed.beyond}, draw {draw}" for draw in np.flatnonzero(~ran)]
    if not ran.any():
        return [], failed
    bands = [
        ForecastBand(
            target.series.name,
            **series_quantiles(each, ran),
            unit=target.series.unit,
            variable=target.variable,
            beyond=assumed.beyond,
        )
        for target, each in zip(problem.targets, predictions, strict=True)
    ]
    return bands, failed
