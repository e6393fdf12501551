"""The rolling-origin backtest of a study: after each origin the model is fitted anew, to nothing later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.baselines import benchmarks
from rcsd.analysis.backtest.rolling import Forecast, forecasts_of
from rcsd.analysis.calibration import Draws, Mode, Problem, find_mode, laplace_draws, predict, starting_points
from rcsd.analysis.forecasting import History
from rcsd.errors import CalibrationError
from rcsd.simulator import DrivenSimulator, Simulator
from rcsd.study.file.study import Study, StudyTarget
from rcsd.study.findings.drivers.knowledge import knowledge
from rcsd.work.progress import Progress, silent

TRUSTED = 0.5
"""Cells of at least this weight are scored: one that the study all but drops tells little about a forecast."""

SEEDS = 2**63
"""Origins before the beginning of a clock take seeds from its end: a seed is not negative."""

_STARTS = 16
_DRAWS = 500  # of a study without a rolling backtest


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


def roll(study: Study, simulator: DrivenSimulator, *, progress: Progress = silent) -> Rolling:
    """Backtest a study from every origin that its file names.

    The forecast of an origin comes from a fit with the noise of its own residuals (`find_mode`), and
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
        try:
            ahead = forecast_from(study, simulator, origin, origin + section.horizon)
        except CalibrationError as failure:
            left_out[study.clock.label(origin)] = str(failure)
            continue
        n_runs += ahead.n_runs
        found += scored(study, ahead, origin)
    progress("rolling", len(origins), len(origins))
    return Rolling(tuple(found), n_runs, left_out)


Prediction = tuple[NDArray[np.float64], NDArray[np.float64]]
"""The run of the most probable parameters (n_years,), and draws (n_draws, n_years)."""


@dataclass(frozen=True, slots=True)
class Predictions:
    """What is predicted from an origin, before anyone looks at what came.

    Attributes
    ----------
    years
        Shape (n_years,).
    series
        By series, then by what is known of the drivers.
    """

    years: NDArray[np.float64]
    series: Mapping[str, Mapping[str, Prediction]]


@dataclass(frozen=True, slots=True)
class Ahead(Predictions):
    """The same with the fit to the years up to the origin, and the model runs spent."""

    mode: Mode
    n_runs: int


def forecast_from(
    study: Study,
    simulator: DrivenSimulator,
    origin: int,
    last: int,
    *,
    rng: np.random.Generator | None = None,
) -> Ahead:
    """Fit to the years up to an origin and predict those after it.

    Parameters
    ----------
    study, simulator
        What is fitted.
    origin, last
        Last fitted and last predicted year.
    rng
        Draws starts, parameters and noise; by default one of the study's seed and the origin.

    Raises
    ------
    CalibrationError
        When the fit fails.
    """
    rng = np.random.default_rng([study.file.study.seed, origin % SEEDS]) if rng is None else rng
    mode, draws, n_runs = fit_at(study, simulator, origin, n_draws_of(study), rng)
    years = np.arange(origin + 1.0, last + 1)
    predicted: dict[str, dict[str, Prediction]] = {target.series.name: {} for target in mode.problem.targets}
    # every state of knowledge has the same residuals, so that what differs between two is the drivers' doing
    residuals = rng.integers(2**63)
    for known in knowledge(study, simulator, origin, last, draws.n):
        drawn = predict(mode.problem, draws, years, rng=np.random.default_rng(residuals), simulator=known.simulator)
        variables = tuple(dict.fromkeys(target.variable for target in mode.problem.targets))
        run = known.single.run(mode.values, outputs=variables, times=years)
        for target, prediction in zip(mode.problem.targets, drawn, strict=True):
            fitted = np.asarray(run.of(target.variable)[0])
            predicted[target.series.name][known.name] = (fitted, prediction.observed)
        n_runs += 2 * draws.n + 1
    return Ahead(years, predicted, mode, n_runs)


def n_draws_of(study: Study) -> int:
    """How many draws are behind a forecast from an origin."""
    return _DRAWS if study.file.rolling is None else study.file.rolling.draws


def scored(study: Study, predictions: Predictions, origin: int) -> list[Forecast]:
    """Put the predictions from an origin beside what came and beside the benchmark forecasts."""
    found: list[Forecast] = []
    rules = benchmark_forecasts(study.targets, origin, predictions.years)
    for target in study.targets:
        shown = predictions.series.get(target.series.name)
        if shown is not None and target.series.name in rules:
            known, counted = cells_of(target, origin)
            found += forecasts_of(
                target.series,
                known,
                counted,
                origin,
                predictions.years,
                shown,
                rules=rules[target.series.name],
                group=study.name,
            )
    return found


def fit_at(
    study: Study, simulator: Simulator, origin: int, n_draws: int, rng: np.random.Generator
) -> tuple[Mode, Draws, int]:
    """Fit to the years up to an origin; returns the mode, draws of the posterior, and the runs spent."""
    problem: Problem = study.problem(simulator, origin)
    mode = find_mode(problem, starting_points(problem.space, _STARTS, rng=rng))
    draws, spent = laplace_draws(mode, n_draws, rng)
    return mode, draws, mode.n_runs + spent


def history_of(target: StudyTarget, origin: int, first: float = -np.inf) -> History | None:
    """Return what the benchmark forecasts may see of a series, from a first year on; None where it has not begun."""
    years = target.series.years
    series = target.series.where(cells_of(target, origin)[0] & (first <= years) & (years <= origin))
    if not len(series):
        return None
    own = series.own(series.years)
    return History.until(target.series.ended(origin), own, series.values, target.reference, series.season)


def benchmark_forecasts(
    targets: Sequence[StudyTarget], origin: int, years: NDArray[np.float64], first: float = -np.inf
) -> dict[str, dict[str, NDArray[np.float64]]]:
    """Forecast series by every rule from the end of a period.

    Rules count in what the cells of a series stand for, so that a yearly series in a study of months is forecast from
    its years.

    Parameters
    ----------
    targets
        Series; those without a cell up to the origin have no forecast.
    origin
        Last known period.
    years
        Periods to forecast, increasing, after the origin.
    first
        First period that the rules may see.

    Returns
    -------
    dict
        By series and rule, at `years`; NaN where no cell can be, and where a rule is not defined.
    """
    together: dict[tuple[int, tuple[float, ...]], dict[str, History]] = {}
    places: dict[str, NDArray[np.bool_]] = {}
    for target in targets:
        history, series = history_of(target, origin, first), target.series
        own = series.own(years)
        ahead = own[~np.isnan(own)]
        if history is not None and ahead.size:
            places[series.name] = ~np.isnan(own)
            together.setdefault((series.ended(origin), tuple(ahead)), {})[series.name] = history
    found: dict[str, dict[str, NDArray[np.float64]]] = {}
    for (ended, ahead_of), histories in together.items():
        for name, rules in benchmarks(histories, ended, np.array(ahead_of)).items():
            found[name] = {rule: _at(places[name], values) for rule, values in rules.items()}
    return found


def _at(places: NDArray[np.bool_], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put values at some places, NaN at the others."""
    found = np.full(places.shape, np.nan)
    found[places] = values
    return found


def cells_of(target: StudyTarget, origin: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Cells that benchmark forecasts may see, as in the hold-out, and cells that are scored, all flags known."""
    sets_a_constant = np.isin(target.series.years, target.spent)
    return np.asarray((target.weights_at(origin) > 0) | sets_a_constant), np.asarray(target.weights >= TRUSTED)
