"""Runs the fitted model over the compared years and scores every series, inside the fit window and beyond it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest import HoldoutScore, score
from rcsd.analysis.calibration import FitResult, scaled_residuals
from rcsd.analysis.metrics import fit_statistics
from rcsd.ensemble import Ensemble
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study, StudyTarget
from rcsd.study.findings.target import TargetResult


@dataclass(frozen=True, slots=True)
class Backtest:
    """Every series scored, and the model runs that it took."""

    targets: tuple[TargetResult, ...]
    n_runs: int


def backtest(study: Study, fit: FitResult, simulator: Simulator) -> Backtest:
    """Score the fitted model without fitting anything again.

    The model is run once with its drivers as they were and, where a driver has a `freeze`, once with those drivers held
    at their value of the last fitted year and all others as they were.

    Raises
    ------
    SimulationError
        When the fitted run does not reach the last compared year.
    """
    first, last = study.fit_window[0], study.file.windows.last
    years = [target.series.years[target.cells(first, last)] for target in study.targets]
    times = np.unique(np.concatenate(years))
    outputs = list(dict.fromkeys(target.variable for target in study.targets))
    known = simulator.run(fit.values, outputs=outputs, times=times)
    known.require_some()
    frozen: Ensemble | None = None
    if study.freeze:
        frozen = simulator.run({**fit.values, **study.freeze}, outputs=outputs, times=times)
        frozen.require_some()
    targets = tuple(_result(study, target, known, frozen) for target in study.targets)
    return Backtest(targets, n_runs=1 if frozen is None else 2)


def _result(study: Study, target: StudyTarget, known: Ensemble, frozen: Ensemble | None) -> TargetResult:
    """Put one series beside its simulation."""
    cells = target.cells(study.fit_window[0], study.file.windows.last)
    last = study.fit_window[1]
    series, seen = target.series.where(cells), target.series.known_by(last).where(cells)
    # as the fit saw its own cells; those after it are judged with every flag known
    weights = np.where(target.series.years <= last, target.weights_at(last), target.weights)[cells]
    simulated = _at(known, target.variable, series.years)
    held = None if frozen is None else _at(frozen, target.variable, series.years)
    windows = np.array([_window(study, year) for year in series.years])
    in_fit = (windows == "fit") & (weights > 0)
    plain = in_fit & ~seen.flagged
    variable = study.model.ir[target.variable]
    return TargetResult(
        name=series.name,
        unit=series.unit,
        variable=target.variable,
        documentation=variable.documentation,
        kind=target.kind,
        error=target.error,
        years=series.years,
        observed=series.values,
        simulated=simulated,
        simulated_frozen=held,
        error_percent=_percent(series.values, simulated),
        scaled_residual=scaled_residuals(series.values, simulated, error=target.error, kind=target.kind),
        windows=tuple(str(window) for window in windows),
        flags=series.flags,
        weights=weights,
        flag_rules=target.rules,
        course=target.course,
        jump=target.jump,
        course_source=target.course_source,
        fit_all=fit_statistics(series.values[in_fit], simulated[in_fit]),
        fit_unflagged=fit_statistics(series.values[plain], simulated[plain]) if plain.any() else None,
        holdout=_holdout(study, target, simulated, cells),
        holdout_frozen=None if held is None else _holdout(study, target, held, cells),
    )


def _holdout(
    study: Study, target: StudyTarget, simulated: NDArray[np.float64], cells: NDArray[np.bool_]
) -> HoldoutScore | None:
    """Score the hold-out cells that count; `simulated` stands at `cells` of the series.

    The benchmark forecasts see the cells of the fit window that count, and of the dropped ones those that set a
    constant of the study: the study trusts such a cell and drops it only because the model meets it by construction.
    """
    window = study.file.windows.holdout
    if window is None:
        return None
    outside = target.cells(*window) & (target.weights > 0)
    trusted = (target.weights_at(study.fit_window[1]) > 0) | np.isin(target.series.years, target.spent)
    inside = target.cells(*study.fit_window) & trusted
    return score(target.series.where(inside), target.series.where(outside), simulated[outside[cells]])


def _at(ensemble: Ensemble, variable: str, years: NDArray[np.float64]) -> NDArray[np.float64]:
    """One run's values at some of its times."""
    return np.asarray(ensemble.of(variable)[0, np.searchsorted(ensemble.times, years)])


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
