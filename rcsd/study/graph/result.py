"""What a study returns: everything that a report draws, as plain frozen data.

A report computes nothing. Whatever it shows stands here: labels, units, observed and simulated values, errors in the
fit and hold-out windows, the trivial forecasts, estimates, starts, the life cycle, and what is needed to repeat it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.result import HoldoutScore
from rcsd.analysis.calibration import Agreement
from rcsd.analysis.calibration.fit.result import FitResult
from rcsd.analysis.metrics import FitStatistics
from rcsd.papers.coevolution import Reading, StageSpan
from rcsd.study.file.inputs import ConstantResult, DriverResult
from rcsd.study.file.prior_shape import PriorShape
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.findings.rolling import Rolling


@dataclass(frozen=True, slots=True)
class StudyInfo:
    """Which study this is and how it was run.

    Attributes
    ----------
    name
        Identifier, and the name of the output folder.
    title, documentation
        For people.
    study_file, data_file
        File names, without the folders they lie in.
    quick
        Whether the smaller search of `--quick` was used.
    fit_window, holdout_window
        First and last year; `holdout_window` is None for a study that holds nothing out.
    horizon
        Last simulated year.
    seeds
        Every seed, by what it was used for.
    search
        Settings of the search as they were used: starts, sampler, max_evaluations, tolerance.
    """

    name: str
    title: str
    documentation: str
    study_file: str
    data_file: str
    quick: bool
    fit_window: tuple[int, int]
    holdout_window: tuple[int, int] | None
    horizon: int
    seeds: Mapping[str, int]
    search: Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model was simulated, and how; `counts` holds the number of variables per kind."""

    name: str
    file: str
    format: str
    counts: Mapping[str, int]
    start: float
    stop: float
    step: float
    method: str
    backend: str


@dataclass(frozen=True, slots=True)
class TargetResult:
    """One observed series beside the model variable that it was compared with.

    The arrays share one shape (n_cells,): every cell of the series from the first year of the fit window to the last
    year of the hold-out window, dropped cells included.

    Attributes
    ----------
    name, unit
        The series.
    variable, documentation
        The model's variable, and the model's own words on it.
    kind, error
        How residuals were scaled: "relative", ln(S/A)/error, or "absolute", (S - A)/error.
    years, observed, simulated
        The cells.
    simulated_frozen
        Simulated with those drivers that have a `freeze` held at the end of the fit window, all others as they were;
        None where none has.
    error_percent
        100 (S - A)/A, NaN where A is 0.
    scaled_residual
        The residual in units of the stated error, unweighted: the fit squares and sums it times the square root of
        the cell's weight.
    windows
        "fit", "holdout" or "" per cell.
    flags, weights
        Flags of each cell, and the weight that the study's rules give it (0 is dropped).
    flag_rules
        The rules: flag -> weight.
    fit_all, fit_unflagged
        Errors in the fit window: over all its cells that count (weight above 0), and over those without a flag (None
        if there are none). A dropped cell is in neither: often it sets an initial stock and is met by construction.
    holdout, holdout_frozen
        Errors in the hold-out window, of `simulated` and of `simulated_frozen`; None where nothing could be scored.
    """

    name: str
    unit: str
    variable: str
    documentation: str
    kind: str
    error: float
    years: NDArray[np.float64]
    observed: NDArray[np.float64]
    simulated: NDArray[np.float64]
    simulated_frozen: NDArray[np.float64] | None
    error_percent: NDArray[np.float64]
    scaled_residual: NDArray[np.float64]
    windows: tuple[str, ...]
    flags: tuple[tuple[str, ...], ...]
    weights: NDArray[np.float64]
    flag_rules: Mapping[str, float]
    fit_all: FitStatistics
    fit_unflagged: FitStatistics | None
    holdout: HoldoutScore | None
    holdout_frozen: HoldoutScore | None

    @property
    def n_holdout(self) -> int:
        """How many cells the hold-out window has, those that a flag drops from the scores included."""
        return self.windows.count("holdout")


@dataclass(frozen=True, slots=True)
class Strip:
    """Where a parameter's numbers lie between its bounds on the scale of the search: 0 on the lower, 1 on the upper.

    `error` and `prior` are both ends of one standard error around the estimate and of one standard deviation around the
    prior's centre, cut at the bounds; None where there is none.
    """

    estimate: float
    start: float
    error: tuple[float, float] | None
    prior: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ParameterResult:
    """An estimated parameter with all that was assumed about it.

    Attributes
    ----------
    estimate, lower, upper, start
        Natural scale; `start` is where the first descent began: the study's own starting value, or the middle of the
        search interval.
    at_lower, at_upper
        The estimate lies on that bound.
    standard_error
        Gauss-Newton, natural scale; NaN on a bound or where undetermined.
    scale
        "linear", "log" or "logit": the scale of the search.
    prior
        (centre, standard deviation on the search scale) or None.
    error_over_prior
        Standard deviation that the data leave over that of the prior, both on the search scale: near 1 the data have
        added nothing to the prior. Of the posterior with the estimated noise where the study examined it (see
        `Uncertainty`), else the standard error, not widened for a bad fit. None without a prior.
    strip
        The same numbers as shares of the way from bound to bound, for a figure.
    shape
        The prior between the bounds, flat without one.
    """

    name: str
    estimate: float
    lower: float
    upper: float
    start: float
    at_lower: bool
    at_upper: bool
    standard_error: float
    scale: str
    unit: str
    source: str
    documentation: str
    prior: tuple[float, float] | None
    error_over_prior: float | None
    strip: Strip
    shape: PriorShape

    @property
    def on_bound(self) -> bool:
        """Whether the estimate lies on either bound."""
        return self.at_lower or self.at_upper


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """The innovation preference of the fitted run and the stages read off it.

    `preference` and `alpha` are the names of model variables whose trajectories stand in `StudyResult.simulated`;
    `band` is how close to zero the preference must stay for regeneration to have begun; `kind` says whether the path is
    a life cycle at all, as `rcsd.papers.coevolution.read_life_cycle` tells it.
    """

    preference: str
    alpha: str | None
    band: float
    kind: Reading
    stages: tuple[StageSpan, ...]


@dataclass(frozen=True, slots=True)
class RunCount:
    """Model runs of the whole study; `per_second` counts those of the calibration over its wall time."""

    total: int
    failed: int
    per_second: float | None


@dataclass(frozen=True, slots=True)
class StepTime:
    """Wall time of one step when it was computed, and whether this time it was reused from the output folder."""

    name: str
    seconds: float
    reused: bool


@dataclass(frozen=True, slots=True)
class StudyResult:
    """One study, calibrated, backtested and simulated to its horizon.

    Attributes
    ----------
    info, model
        What was studied.
    targets, drivers, constants, parameters
        In the order of the study file.
    fit
        The calibration with all its starts.
    agreement
        How many of these found the same optimum, and in the same place or not.
    times
        Saved times of the fitted run up to the horizon, shape (n_times,).
    simulated, simulated_frozen
        Trajectories (n_times,) of the fitted run by variable: those of the targets, of the life cycle, and the
        study's other outputs; the second with the `frozen_drivers` held, or None where there are none.
    units, documentation
        By variable, for every name in `simulated`.
    life_cycle
        None where the study names no preference variable.
    sensitivity
        Which parameters move the outputs, for each group of parameters.
    uncertainty
        What the fit window says about the parameters: noise, profiles, collinearity; None where PySD runs the model,
        which would take hours.
    sampled
        The posterior of the fit window; None where PySD runs the model, and in a quick study.
    rolling
        Forecasts from many origins, none for a study that names no origins; None where `sampled` is.
    runs, steps
        Cost of the computation.
    versions, hashes
        Software versions, and SHA-256 of the model, data and (merged) study: what a repetition needs.
    ahead
        Forecast and scenarios, or why there are none.
    """

    info: StudyInfo
    model: ModelInfo
    targets: tuple[TargetResult, ...]
    drivers: tuple[DriverResult, ...]
    constants: tuple[ConstantResult, ...]
    parameters: tuple[ParameterResult, ...]
    fit: FitResult
    agreement: Agreement
    times: NDArray[np.float64]
    simulated: Mapping[str, NDArray[np.float64]]
    simulated_frozen: Mapping[str, NDArray[np.float64]] | None
    units: Mapping[str, str]
    documentation: Mapping[str, str]
    life_cycle: LifeCycle | None
    sensitivity: Sensitivity
    uncertainty: Uncertainty | None
    sampled: Sampled | None
    rolling: Rolling | None
    runs: RunCount
    steps: tuple[StepTime, ...]
    versions: Mapping[str, str]
    hashes: Mapping[str, str]
    ahead: Ahead = field(default_factory=Ahead)

    @property
    def frozen_drivers(self) -> tuple[str, ...]:
        """Names of the drivers that the frozen runs hold; all others are given to these runs as they were."""
        return tuple(driver.name for driver in self.drivers if driver.freeze is not None)

    @property
    def n_on_bound(self) -> int:
        """How many estimates lie on a bound."""
        return sum(parameter.on_bound for parameter in self.parameters)
