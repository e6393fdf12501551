"""Scores every series: the fitted run inside the fit window, and what would have been forecast at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest import BaselineScore, HoldoutScore, benchmark_scores, score
from rcsd.analysis.calibration import ErrorModel, FitResult, NoiseValues
from rcsd.analysis.forecasting import History
from rcsd.analysis.metrics import fit_statistics
from rcsd.analysis.series import ObservedSeries
from rcsd.bands import band, complete
from rcsd.ensemble import Ensemble
from rcsd.errors import CalibrationError
from rcsd.simulation.passes.named import insist
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study, StudyTarget
from rcsd.study.findings.drivers.held_out import DriverForecast, driver_forecasts
from rcsd.study.findings.rolling import Ahead, benchmark_forecasts, forecast_from, history_of, n_draws_of
from rcsd.study.findings.target import HoldoutForecast, TargetResult, percent_says

ON_PYSD = "PySD runs this model, and its drivers cannot be replaced"


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every series scored.

    Attributes
    ----------
    targets
        In the order of the study file.
    drivers
        How the drivers themselves were forecast in the hold-out; empty where none is forecast.
    n_runs
        Model runs that it took.
    without_forecast
        Why the hold-out is scored by the fitted run and not by forecasts; empty where forecasts were made, and where
        nothing is held out.
    """

    targets: tuple[TargetResult, ...]
    drivers: tuple[DriverForecast, ...]
    n_runs: int
    without_forecast: str = ""


def backtest(study: Study, fit: FitResult, simulator: Simulator) -> Backtest:
    """Score the fitted run, and forecast the hold-out from the end of the fit window.

    Nothing after the fit window reaches a forecast, but for the drivers where they are "known".

    Raises
    ------
    SimulationError
        When the fitted run does not reach the last compared year.
    """
    times = np.unique(np.concatenate([target.series.years[_compared(study, target)] for target in study.targets]))
    outputs = list(dict.fromkeys(target.variable for target in study.targets))
    run = simulator.run(fit.values, outputs=outputs, times=times)
    run.require_some()
    ahead, reason = _ahead(study, simulator)
    held_out = _held_out(study)
    fitted = _fitted(study, fit, simulator)
    targets = tuple(
        _result(study, target, run, ahead, held_out.get(target.series.name), *fitted[target.series.name])
        for target in study.targets
    )
    if ahead is None:
        return Backtest(targets, (), 1, reason)
    drivers = driver_forecasts(study, study.fit_window[1], round(ahead.years[-1]), n_draws_of(study))
    return Backtest(targets, drivers, 1 + ahead.n_runs)


def _ahead(study: Study, simulator: Simulator) -> tuple[Ahead | None, str]:
    """Forecast the hold-out, or say why that cannot be done."""
    window = study.file.windows.holdout
    if window is None:
        return None, ""
    if not isinstance(simulator, DrivenSimulator):
        return None, ON_PYSD
    try:
        return forecast_from(study, simulator, study.fit_window[1], window[1]), ""
    except CalibrationError as failure:
        return None, str(failure)


def _fitted(study: Study, fit: FitResult, simulator: Simulator) -> dict[str, tuple[ErrorModel, NoiseValues]]:
    """Return the errors of each series, and what the fit has found of them, by name."""
    problem = study.problem(simulator)
    noises = fit.noise or (None,) * len(problem.targets)
    each = zip(problem.targets, problem.errors, noises, strict=True)
    return {target.series.name: (errors, () if noise is None else noise) for target, errors, noise in each}


def _result(
    study: Study,
    target: StudyTarget,
    run: Ensemble,
    ahead: Ahead | None,
    held_out: _HeldOut | None,
    errors: ErrorModel,
    noise: NoiseValues,
) -> TargetResult:
    """Put one series beside its simulation and its forecasts."""
    cells, last = _compared(study, target), study.fit_window[1]
    series, seen = target.series.where(cells), target.series.known_by(last).where(cells)
    # as the fit saw its own cells; those after it are judged with every flag known
    weights = np.where(target.series.years <= last, target.weights_at(last), target.weights)[cells]
    simulated = np.asarray(run.of(target.variable)[0, np.searchsorted(run.times, series.years)])
    windows = np.array([_window(study, year) for year in series.years])
    in_fit = (windows == "fit") & (weights > 0)
    plain = in_fit & ~seen.flagged
    forecasts = {} if ahead is None else _forecasts(ahead, target.series.name)
    in_percent = percent_says(target.kind, series.values[weights > 0])
    shown = forecasts or {"known": HoldoutForecast(series.years, simulated, simulated, simulated)}
    return TargetResult(
        name=series.name,
        unit=series.unit,
        variable=target.variable,
        documentation=insist(study.model.ir, target.variable).documentation,
        kind=target.kind,
        error=errors.size(noise),
        stated=target.error,
        years=series.years,
        observed=series.values,
        simulated=simulated,
        error_percent=_percent(series.values, simulated),
        scaled_residual=errors.scaled(series.values, simulated, noise),
        windows=tuple(str(window) for window in windows),
        flags=series.flags,
        weights=weights,
        flag_rules=target.rules,
        course=target.course,
        jump=target.jump,
        course_source=target.course_source,
        fit_all=fit_statistics(series.values[in_fit], simulated[in_fit]),
        fit_unflagged=fit_statistics(series.values[plain], simulated[plain]) if plain.any() else None,
        forecasts=forecasts,
        holdouts={}
        if held_out is None
        else {name: held_out.score(each, in_percent=in_percent) for name, each in shown.items()},
    )


def _forecasts(ahead: Ahead, series: str) -> dict[str, HoldoutForecast]:
    """Sum the draws of one series up, by what is known of the drivers."""
    found = {}
    for drivers, (_, draws) in ahead.series.get(series, {}).items():
        interval = band(draws[complete(draws)])
        found[drivers] = HoldoutForecast(ahead.years, interval.median, interval.low, interval.high)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _HeldOut:
    """The cells of one series that are scored, what the benchmark forecasts saw, and how they did."""

    outside: ObservedSeries
    history: History
    baselines: Mapping[str, BaselineScore]

    def score(self, forecast: HoldoutForecast, *, in_percent: bool) -> HoldoutScore:
        at = np.searchsorted(forecast.years, self.outside.years)
        return score(self.outside, self.history, forecast.median[at], self.baselines, in_percent=in_percent)


def _held_out(study: Study) -> dict[str, _HeldOut]:
    """Make the benchmark forecasts of the hold-out, and score them, by series; those without a cell are left out.

    They see the cells of the fit window that count, and of the dropped ones those that set a constant of the study: the
    study trusts such a cell and drops it only because the model meets it by construction.
    """
    window, (first, origin) = study.file.windows.holdout, study.fit_window
    if window is None:
        return {}
    histories, outside = {}, {}
    for target in study.targets:
        history = history_of(target, origin, first)
        cells = target.series.where(target.cells(*window) & (target.weights > 0))
        if history is not None and len(cells):
            histories[target.series.name], outside[target.series.name] = history, cells
    years = np.arange(origin + 1.0, window[1] + 1)
    found = {}
    scored_ones = [target for target in study.targets if target.series.name in histories]
    for name, rules in benchmark_forecasts(scored_ones, origin, years, first).items():
        at = np.searchsorted(years, outside[name].years)
        scored = {rule: forecast[at] for rule, forecast in rules.items()}
        baselines = benchmark_scores(outside[name], histories[name], scored)
        found[name] = _HeldOut(outside[name], histories[name], baselines)
    return found


def _compared(study: Study, target: StudyTarget) -> NDArray[np.bool_]:
    """Mask of the cells of both windows."""
    return target.cells(study.fit_window[0], study.file.windows.last)


def _window(study: Study, year: float) -> str:
    """Which window a year lies in."""
    for name, window in (("fit", study.fit_window), ("holdout", study.file.windows.holdout)):
        if window is not None and window[0] <= year <= window[1]:
            return name
    return ""


def _percent(observed: NDArray[np.float64], simulated: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative error in per cent, NaN where the observation is 0."""
    nonzero = np.where(observed == 0, np.nan, observed)
    return np.asarray(100 * (simulated - observed) / nonzero)
