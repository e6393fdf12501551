"""The rolling-origin backtest of a study: after each origin the model is fitted anew, to nothing later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.backtest.rolling import Forecast, forecasts_of
from rcsd.calibration import (
    Draws,
    Mode,
    Problem,
    Progress,
    find_mode,
    laplace_draws,
    predict,
    silent,
    starting_points,
)
from rcsd.ensemble import Simulator
from rcsd.errors import CalibrationError
from rcsd.study.study import Study, StudyTarget

TRUSTED = 0.5
"""Cells of at least this weight are scored: one that the study all but drops tells little about a forecast."""

_STARTS = 16


@dataclass(frozen=True, slots=True)
class Rolling:
    """A rolling backtest.

    Attributes
    ----------
    forecasts
        From every origin that could be fitted.
    n_runs
        Model runs spent.
    left_out
        Origins that could not be fitted, with the reason.
    """

    forecasts: tuple[Forecast, ...]
    n_runs: int
    left_out: Mapping[str, str] = field(default_factory=dict)


def roll(study: Study, simulator: Simulator, *, progress: Progress = silent) -> Rolling:
    """Backtest a study from every origin that its file names.

    The forecast of an origin comes from a fit with the noise of its own residuals (`rcsd.calibration.find_mode`), and
    draws from the Laplace approximation of its posterior: eight chains a city would take longer than all the rest.

    Parameters
    ----------
    study
        With a section `[rolling]`; without one nothing is done.
    simulator
        Of the study.
    progress
        Told after each origin, as step "rolling".
    """
    section = study.file.rolling
    if section is None:
        return Rolling((), 0)
    origins = range(section.first, section.last + 1)
    found: list[Forecast] = []
    left_out: dict[str, str] = {}
    n_runs = 0
    for k, origin in enumerate(origins):
        progress("rolling", k, len(origins))
        rng = np.random.default_rng([study.file.study.seed, origin])
        try:
            mode, draws, spent = fit_at(study, simulator, origin, section.draws, rng)
        except CalibrationError as failure:
            left_out[str(origin)] = str(failure)
            continue
        years = np.arange(origin + 1.0, origin + section.horizon + 1)
        predictions = [
            (drivers, inputs, predict(mode.problem, draws, years, rng=rng, inputs=inputs))
            for drivers, inputs in held_drivers(study, origin).items()
        ]
        n_runs += spent + len(predictions) * (2 * draws.n + 1)
        whole = {target.series.name: target for target in study.targets}
        for i, fitted in enumerate(mode.problem.targets):
            target = whole[fitted.series.name]
            shown = {
                drivers: (_fitted(mode, simulator, inputs, target, years), predicted[i].observed)
                for drivers, inputs, predicted in predictions
            }
            known, scored = _cells(study, target)
            found += forecasts_of(target.series, known, scored, origin, years, shown, group=study.name)
    progress("rolling", len(origins), len(origins))
    return Rolling(tuple(found), n_runs, left_out)


def fit_at(
    study: Study, simulator: Simulator, origin: int, n_draws: int, rng: np.random.Generator
) -> tuple[Mode, Draws, int]:
    """Fit to the years up to an origin; returns the mode, draws of the posterior, and the runs spent."""
    problem: Problem = study.problem(simulator, origin)
    mode = find_mode(problem, starting_points(problem.space, _STARTS, rng=rng))
    draws, spent = laplace_draws(mode, n_draws, rng)
    return mode, draws, mode.n_runs + spent


def held_drivers(study: Study, origin: int) -> dict[str, dict[str, float]]:
    """Return the inputs of the runs with drivers known and, where one can be held, frozen at an origin."""
    held = {driver.freeze: float(origin) for driver in study.drivers if driver.freeze is not None}
    return {"known": {}, "frozen": held} if held else {"known": {}}


def _fitted(
    mode: Mode, simulator: Simulator, inputs: dict[str, float], target: StudyTarget, years: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Run the most probable parameters."""
    estimate = dict(zip(mode.problem.space.names, mode.estimate.tolist(), strict=True))
    run = simulator.run({**estimate, **inputs}, outputs=[target.variable], times=years)
    return np.asarray(run.of(target.variable)[0])


def _cells(study: Study, target: StudyTarget) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells that trivial forecasts may see, as in the hold-out, and cells that are scored."""
    sets_a_constant = np.isin(target.series.years, study.file.years_set_from(target.series.name))
    return np.asarray((target.weights > 0) | sets_a_constant), np.asarray(target.weights >= TRUSTED)
