"""Filters and smooths a study's compared years, forecasts its hold-out from the fit window, and goes on to the horizon.

One filter runs over all compared years. What it knows at the end of the fit window is what it would know if the data
ended there, since it takes the years in order: from there the hold-out is forecast. Only the smoothed states look back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws, Predictive, Target
from rcsd.analysis.state import (
    Consistency,
    Estimate,
    Innovations,
    Pull,
    StateForecast,
    filter_states,
    forecast_states,
    prior_members,
    pulls,
)
from rcsd.analysis.state.members import Members
from rcsd.bands import between, complete
from rcsd.simulator import DrivenSimulator
from rcsd.study.file.study import Study
from rcsd.study.findings.bands import SeriesBand, series_quantiles
from rcsd.study.findings.beyond import assumptions
from rcsd.study.findings.forecast import forecast_years
from rcsd.study.findings.state.section import StateSection, process_of

_FILTER, _HELD_OUT, _AHEAD = 20, 21, 22
"""Distinguish the seeds of these draws from those of others of a study."""
_MOST_COURSES = 1000
"""Members that are forecast with a course of the drivers each: one after the other, since a kernel takes one course."""


@dataclass(frozen=True, slots=True)
class StateBand(SeriesBand):
    """Quantiles of a forecast of one series from filtered states.

    Attributes
    ----------
    unit, variable
        Of the series.
    drivers
        What is assumed of the drivers after the origin.
    """

    unit: str
    variable: str
    drivers: str


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A forecast of the hold-out beside what came.

    Attributes
    ----------
    band
        The forecast.
    years, observed
        Cells that count, shape (cell,).
    inside
        Which of them the band of 90 % holds.
    mape
        Mean absolute error of the median, in per cent.
    """

    band: StateBand
    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    inside: NDArray[np.bool_]
    mape: float


@dataclass(frozen=True, slots=True)
class States:
    """What a filter says of a study.

    Attributes
    ----------
    start
        Where the members' parameters came from.
    times
        Years, shape (time,).
    disturbed
        Stocks that are given disturbances, and parameters that walk.
    estimates
        Stocks, corrected parameters and variables of the series.
    pulls
        How the data corrected them, the most persistent first.
    innovations, consistency, log_likelihood
        Of the series in all these years.
    held_out
        By series and assumption, forecast from the last fitted year; empty without a hold-out.
    ahead
        By series, from the last compared year to the horizon; empty without a forecast.
    n_members, n_lost
        Members of the ensemble, and how many of them ended on the way.
    n_runs, n_failed
        The same for the count of runs: members filtered and forecast.
    """

    start: str
    times: NDArray[np.float64]
    disturbed: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    pulls: tuple[Pull, ...]
    innovations: tuple[Innovations, ...]
    consistency: Consistency
    log_likelihood: float
    held_out: tuple[HeldOut, ...]
    ahead: tuple[StateBand, ...]
    n_members: int
    n_lost: int
    n_runs: int
    n_failed: int


def estimate_states(
    study: Study, section: StateSection, simulator: DrivenSimulator, *, n_members: int, posterior: Draws | None = None
) -> States:
    """Estimate the states of a study, and forecast from them.

    Parameters
    ----------
    study
        Read by `load_study`.
    section
        Its table `[state]`.
    simulator
        Of the study.
    n_members
        Members of the ensemble.
    posterior
        Draws of the fit window's, for a section that starts from it.

    Raises
    ------
    ModelError
        For a model whose runs cannot be continued.
    ParameterError
        For a stock or a parameter that there is not.
    SimulationError
        When half of the members come to no number.
    """
    process, windows = process_of(study, section), study.file.windows
    fitted, last = study.fit_window[1], windows.last
    rng = np.random.default_rng([study.file.study.seed, _FILTER])
    inputs = _begun(study, n_members, rng, posterior)
    targets = tuple(target for each in study.targets if (target := each.target(study.fit_window[0], last)).years.size)
    years = np.arange(study.fit_window[0], last + 1.0)
    found = filter_states(
        simulator, targets, process, inputs, times=years, n_members=n_members, rng=rng, keep=(fitted, last)
    )
    held_out = _held_out(study, section, simulator, targets, found.members[float(fitted)])
    ahead = _ahead(study, section, simulator, targets, found.members[float(last)])
    n_ahead = min(found.members[float(last)].n, _MOST_COURSES) if ahead else 0
    n_held_out = found.members[float(fitted)].n * len({each.band.drivers for each in held_out})
    return States(
        start=section.start,
        times=found.times,
        disturbed=(*(d.stock for d in process.disturbances), *(w.parameter for w in process.walks)),
        estimates=found.estimates,
        pulls=pulls(found.estimates, found.times, np.concatenate([each.times for each in found.innovations])),
        innovations=found.innovations,
        consistency=found.consistency,
        log_likelihood=found.log_likelihood,
        held_out=held_out,
        ahead=ahead,
        n_members=n_members,
        n_lost=found.n_lost,
        n_runs=n_members + n_held_out + n_ahead,
        n_failed=found.n_lost,
    )


def _begun(
    study: Study, n: int, rng: np.random.Generator, posterior: Draws | None
) -> Mapping[str, NDArray[np.float64]]:
    """Draw the members' parameters, from nothing later than the fit window."""
    if posterior is None:
        return prior_members(study.space.known_by(study.fit_window[1]), n, rng=rng)
    rows = rng.choice(posterior.n, n, replace=n > posterior.n)
    return {name: column[rows] for name, column in posterior.inputs.items()}


def _held_out(
    study: Study, section: StateSection, simulator: DrivenSimulator, targets: tuple[Target, ...], members: Members
) -> tuple[HeldOut, ...]:
    """Forecast the hold-out from the last fitted year: drivers as they were, and held where the study can hold them."""
    window = study.file.windows.holdout
    if window is None:
        return ()
    years = np.arange(study.fit_window[1] + 1.0, window[1] + 1)
    assumed: dict[str, Mapping[str, float]] = {"known": {}} | ({"frozen": study.freeze} if study.freeze else {})
    found = []
    for drivers, inputs in assumed.items():
        rng = np.random.default_rng([study.file.study.seed, _HELD_OUT])
        process = process_of(study, section)
        forecasts = forecast_states(simulator, targets, process, members, times=years, rng=rng, inputs=inputs)
        found += [_scored(target, each, window, drivers) for target, each in zip(targets, forecasts, strict=True)]
    return tuple(each for each in found if each is not None)


def _scored(target: Target, forecast: StateForecast, window: tuple[int, int], drivers: str) -> HeldOut | None:
    """Put a forecast beside the cells of the hold-out that count."""
    band = _band(forecast, drivers)
    inside = (target.years >= window[0]) & (target.years <= window[1])
    if not inside.any():
        return None
    years, observed = target.years[inside], target.observed[inside]
    at = np.searchsorted(band.years, years)
    errors = np.abs(band.median[at] / np.where(observed == 0, np.nan, observed) - 1)
    return HeldOut(band, years, observed, between(observed, band.low[at], band.high[at]), float(100 * errors.mean()))


def _ahead(
    study: Study, section: StateSection, simulator: DrivenSimulator, targets: tuple[Target, ...], members: Members
) -> tuple[StateBand, ...]:
    """Forecast to the horizon, with the drivers of the study's own forecast."""
    years = forecast_years(study)
    if study.file.forecast is None or not years.size:
        return ()
    n = min(members.n, _MOST_COURSES)
    first = assumptions(study, simulator, n)[0][0]
    forecasts = forecast_states(
        first.simulator,
        targets,
        process_of(study, section),
        members.part(np.arange(n)),
        times=years,
        rng=np.random.default_rng([study.file.study.seed, _AHEAD]),
    )
    return tuple(_band(each, first.beyond) for each in forecasts)


def _band(forecast: StateForecast, drivers: str) -> StateBand:
    drawn = Predictive(forecast.times, forecast.simulated, forecast.observed)
    counted = complete(forecast.simulated)
    return StateBand(
        forecast.series,
        **series_quantiles(drawn, counted),
        unit=forecast.unit,
        variable=forecast.variable,
        drivers=drivers,
    )
