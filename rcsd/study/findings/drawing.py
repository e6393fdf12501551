"""Draws of the series that a study forecasts, for what is worked out from several of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws, FitResult, laplace_draws, predict
from rcsd.simulator import DrivenSimulator
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.beyond import assumptions
from rcsd.study.findings.forecast import RESIDUALS, forecast_years
from rcsd.study.findings.profiles import mode_of

_HOLDOUT, _APPROXIMATE = 5, 6
"""Distinguish the seeds of these draws from those of others of a study."""


@dataclass(frozen=True, slots=True, eq=False)
class SeriesDraws:
    """Draws of every compared series.

    Attributes
    ----------
    years
        Consecutive, shape (n_years,).
    values
        By series, as a yearbook would print it: runs with residuals, shape (n_draws, n_years); NaN in the row of a run
        that failed. A row is one draw in all series.
    units
        By series.
    """

    years: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]
    units: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class DrawnStudy:
    """What a study draws.

    Attributes
    ----------
    name
        The study.
    later
        From the year after the data to the horizon, from the posterior of all compared years.
    held_out
        The hold-out, from the posterior of the fit window; drivers are known. None without a hold-out.
    approximate
        Whether the posteriors are approximated near their modes, as a quick look does, in place of chains.
    """

    name: str
    later: SeriesDraws
    held_out: SeriesDraws | None
    approximate: bool


@dataclass(frozen=True, slots=True, eq=False)
class RefittedStudy:
    """A study with its posteriors, ready for what is worked out beyond it.

    Attributes
    ----------
    study
        Read by `load_study`.
    estimate
        The most probable parameters of every compared year.
    draws, fitted
        Draws of the posterior of every compared year, and of that of the fit window.
    approximate
        Of `DrawnStudy`.
    simulator
        Makes the study's simulator, or returns the one made before.
    """

    study: Study
    estimate: Mapping[str, float]
    draws: Draws
    fitted: Draws
    approximate: bool
    simulator: Callable[[], DrivenSimulator]


def later_draws(study: Study, draws: Draws, simulator: DrivenSimulator) -> SeriesDraws:
    """Draw the years after the data; those of a posterior that `forecast` summarises are the same."""
    main = assumptions(study, simulator, draws.n)[0][0]
    rng = np.random.default_rng([study.file.study.seed, RESIDUALS])
    problem = study.problem(simulator, study.file.windows.last)
    found = predict(problem, draws, forecast_years(study), rng=rng, simulator=main.simulator)
    return SeriesDraws(
        forecast_years(study),
        {target.series.name: each.observed for target, each in zip(problem.targets, found, strict=True)},
        {target.series.name: target.series.unit for target in problem.targets},
    )


def held_out_draws(study: Study, draws: Draws, simulator: DrivenSimulator) -> SeriesDraws | None:
    """Draw the hold-out from a posterior of the fit window."""
    window = study.file.windows.holdout
    if window is None:
        return None
    years = np.arange(window[0], window[1] + 1, dtype=np.float64)
    problem = study.problem(simulator)
    rng = np.random.default_rng([study.file.study.seed, _HOLDOUT])
    found = predict(problem, draws, years, rng=rng)
    return SeriesDraws(
        years,
        {target.series.name: each.observed for target, each in zip(problem.targets, found, strict=True)},
        {target.series.name: target.series.unit for target in problem.targets},
    )


@dataclass(frozen=True, slots=True)
class ModeAndDraws:
    """A posterior: its mode, and draws by chains or by an approximation near the mode.

    Attributes
    ----------
    estimate
        The most probable value of each parameter.
    draws
        Of parameters and noise.
    """

    estimate: Mapping[str, float]
    draws: Draws


def approximate_draws(
    study: Study, fit: FitResult, simulator: DrivenSimulator, n: int, last: int | None
) -> ModeAndDraws:
    """Draw from a posterior by its approximation near the mode; of the fit window when `last` is None.

    Raises
    ------
    CalibrationError
        When the posterior is flat at its mode.
    """
    mode = mode_of(study, fit, simulator, last=last)
    draws, _ = laplace_draws(mode, n, np.random.default_rng([study.file.study.seed, _APPROXIMATE]))
    return ModeAndDraws(mode.values, draws)
