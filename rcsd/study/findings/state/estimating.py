"""Filters and smooths a study's compared years, forecasts its hold-out from the fit window, and goes on to the horizon.

One filter runs over all compared years. What it knows at the end of the fit window is what it would know if the data
ended there, since it takes the years in order: from there the hold-out is forecast. Only the smoothed states look back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from rcsd.study.file.study import Study, StudyTarget
from rcsd.study.findings.bands import SeriesBand, series_quantiles
from rcsd.study.findings.drivers.knowledge import Knowing, knowledge
from rcsd.study.findings.forecast import forecast_years
from rcsd.study.findings.state.section import StateSection, process_of

_FILTER, _HELD_OUT, _AHEAD = 20, 21, 22
"""Distinguish the seeds of these draws from those of others of a study."""
_SHARED = 100
"""Members are forecast in multiples of this, so that courses of the drivers can be shared out among them evenly."""


@dataclass(frozen=True, slots=True)
class StateBand(SeriesBand):
    """Quantiles of a forecast of one series from filtered states.

    Attributes
    ----------
    unit, variable
        Of the series.
    drivers
        What is known of the drivers after the origin.
    """

    unit: str
    variable: str
    drivers: Knowing


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
        Stocks that are given disturbances, parameters that walk, and gaps.
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
    targets = tuple(target for each in study.targets if (target := _target(study, each)).years.size)
    years = np.arange(study.fit_window[0], last + 1.0)
    found = filter_states(
        simulator, targets, process, inputs, times=years, n_members=n_members, rng=rng, keep=(fitted, last)
    )
    held_out = _held_out(study, section, simulator, targets, found.members[float(fitted)])
    ahead = _ahead(study, section, simulator, targets, found.members[float(last)])
    n_forecasts = len({each.band.drivers for each in held_out}) + bool(ahead)
    return States(
        start=section.start,
        times=found.times,
        disturbed=(
            *(each.stock for each in process.disturbances),
            *(each.parameter for each in process.walks),
            *(each.name for each in process.gaps),
        ),
        estimates=found.estimates,
        pulls=pulls(found.estimates, found.times, np.concatenate([each.times for each in found.innovations])),
        innovations=found.innovations,
        consistency=found.consistency,
        log_likelihood=found.log_likelihood,
        held_out=held_out,
        ahead=ahead,
        n_members=n_members,
        n_lost=found.n_lost,
        n_runs=n_members * (1 + n_forecasts),
        n_failed=found.n_lost,
    )


def _target(study: Study, target: StudyTarget) -> Target:
    """Return the cells of the compared years; those of the fit window as they were known at its end."""
    first, fitted = study.fit_window
    found = target.target(first, study.file.windows.last)
    known = target.weights_at(fitted)[target.cells(first, study.file.windows.last)]
    return replace(found, weights=np.where(found.series.years <= fitted, known, found.weights))


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
    """Forecast the hold-out from the last fitted year, with drivers as they may be known there."""
    window, origin = study.file.windows.holdout, study.fit_window[1]
    if window is None:
        return ()
    years, shared = np.arange(origin + 1.0, window[1] + 1), _shared(members)
    found = []
    for known in knowledge(study, simulator, origin, window[1], shared.n):
        rng = np.random.default_rng([study.file.study.seed, _HELD_OUT])
        forecasts = forecast_states(known.simulator, targets, process_of(study, section), shared, times=years, rng=rng)
        found += [_scored(target, each, window, known.name) for target, each in zip(targets, forecasts, strict=True)]
    return tuple(each for each in found if each is not None)


def _shared(members: Members) -> Members:
    """Return as many members as courses of the drivers can be shared out among."""
    n = members.n - members.n % _SHARED if members.n > _SHARED else members.n
    return members.part(np.arange(n))


def _scored(target: Target, forecast: StateForecast, window: tuple[int, int], drivers: Knowing) -> HeldOut | None:
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
    shared = _shared(members)
    states = knowledge(study, simulator, study.file.windows.last, study.file.windows.end, shared.n)
    # of what is not forecast the study's own forecast keeps the last value: nobody knows what comes
    known = next((each for each in states if each.name != "known"), states[0])
    rng = np.random.default_rng([study.file.study.seed, _AHEAD])
    forecasts = forecast_states(known.simulator, targets, process_of(study, section), shared, times=years, rng=rng)
    return tuple(_band(each, known.name) for each in forecasts)


def _band(forecast: StateForecast, drivers: Knowing) -> StateBand:
    drawn = Predictive(forecast.times, forecast.simulated, forecast.observed)
    counted = complete(forecast.simulated)
    return StateBand(
        forecast.series,
        **series_quantiles(drawn, counted),
        unit=forecast.unit,
        variable=forecast.variable,
        drivers=drivers,
    )
