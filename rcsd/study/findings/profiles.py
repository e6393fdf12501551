"""How well the data of the fit window determine the parameters: the noise they come with, profiles, collinearity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import (
    FitResult,
    Identifiability,
    Kind,
    Mode,
    Profile,
    Whiteness,
    find_mode,
    identifiability,
    profiles,
    starting_points,
    verdict,
    whiteness,
)
from rcsd.analysis.parameters import Parameter
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study

_STARTS = 15


@dataclass(frozen=True, slots=True)
class SeriesNoise:
    """How the residuals of one series scatter around the most probable run.

    Attributes
    ----------
    series
        The series.
    kind
        Of its errors.
    values
        What was estimated of them, by name: "scale" and "memory" of a gap (`rcsd.analysis.calibration.Noise`), "error",
        "autocorrelation", "freedom" or "dispersion" of other kinds.
    anchor
        Year that the model meets by construction, from where the residuals spread; NaN without one.
    years, residuals, innovations
        Cells that count (n_cells,): residuals in units of the stated error (of other kinds than gaps, the estimated
        one), and what is new in each in units of its scale.
    ordinary
        What innovations lie within of zero with 95 %.
    before, after
        Autocorrelation of the residuals, and of the innovations.
    """

    series: str
    kind: Kind
    values: Mapping[str, float]
    anchor: float
    years: NDArray[np.float64]
    residuals: NDArray[np.float64]
    innovations: NDArray[np.float64]
    ordinary: float
    before: Whiteness
    after: Whiteness


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """What the fit window says about the parameters, under the noise of its own residuals.

    Attributes
    ----------
    estimate
        The most probable value of each parameter, beside the noise.
    noise
        By series.
    profiles
        By parameter, all priors left out.
    identifiability
        Sensitivities and collinearity of the data at the estimate, priors left out.
    error_over_prior
        Posterior standard deviation (Laplace) over that of the prior, by parameter; NaN without a prior, or where the
        peak is flat.
    verdicts
        What determines each parameter: "data", "data and prior", "prior" or "nothing".
    conflicts
        Parameters whose estimate lies outside what the data alone would allow: priors hold it there.
    drawn
        Those of them that the priors of others draw there: their own, if any, does not lie on that side of the data.
    n_runs
        Model runs spent.
    """

    estimate: Mapping[str, float]
    noise: tuple[SeriesNoise, ...]
    profiles: tuple[Profile, ...]
    identifiability: Identifiability
    error_over_prior: Mapping[str, float]
    verdicts: Mapping[str, str]
    conflicts: tuple[str, ...]
    drawn: tuple[str, ...]
    n_runs: int


def mode_of(study: Study, fit: FitResult, simulator: Simulator, last: int | None = None) -> Mode:
    """Find the most probable parameters and noise of the fit window, or of the years up to another last one."""
    problem = study.problem(simulator, last)
    rng = np.random.default_rng(study.file.study.seed)
    sampled = starting_points(problem.space, _STARTS, rng=rng)
    return find_mode(problem, np.vstack([fit.estimate, sampled]))


def uncertainty(study: Study, fit: FitResult, simulator: Simulator) -> Uncertainty:
    """Examine the fit window of a study.

    Parameters
    ----------
    study
        Read by `load_study`.
    fit
        Its calibration: one of the points from which the most probable parameters are sought.
    simulator
        Of the study.
    """
    mode = mode_of(study, fit, simulator)
    found = profiles(mode.problem, mode.estimate)
    ratios = _error_over_prior(mode)
    examined = tuple(zip(found.profiles, mode.problem.space.parameters, strict=True))
    outside = {
        profile.name: _own_prior_against(profile, parameter, mode.values[profile.name])
        for profile, parameter in examined
        if not profile.lower <= mode.values[profile.name] <= profile.upper
    }
    return Uncertainty(
        estimate=mode.values,
        noise=_noise(mode),
        profiles=found.profiles,
        identifiability=identifiability(mode.problem, mode.estimate),
        error_over_prior=ratios,
        verdicts={
            profile.name: verdict(profile, None if parameter.prior is None else ratios[profile.name])
            for profile, parameter in examined
        },
        conflicts=tuple(outside),
        drawn=tuple(name for name, own in outside.items() if not own),
        n_runs=mode.n_runs + found.n_runs,
    )


def _own_prior_against(profile: Profile, parameter: Parameter, estimate: float) -> bool:
    """Whether an estimate outside the data's interval lies on that side of it on which its own prior is centred."""
    prior = parameter.searched_prior
    if prior is None:
        return False
    centre = float(parameter.from_search(prior.centre))
    return centre < profile.lower if estimate < profile.lower else centre > profile.upper


def _error_over_prior(mode: Mode) -> dict[str, float]:
    parameters = mode.problem.space.parameters
    spreads = [float("nan")] * len(parameters) if mode.covariance is None else np.sqrt(np.diag(mode.covariance))
    return {
        parameter.name: float("nan") if (prior := parameter.searched_prior) is None else float(spread / prior.sd)
        for parameter, spread in zip(parameters, spreads, strict=False)
    }


def _noise(mode: Mode) -> tuple[SeriesNoise, ...]:
    problem = mode.problem
    misfit = problem.misfit(problem.space.to_search(mode.estimate)[np.newaxis, :])
    found = []
    for target, errors, noise, raw in zip(problem.targets, problem.errors, mode.noise, misfit.raw, strict=True):
        innovations = errors.innovations(raw[0], noise)
        residuals = errors.residuals(raw[0], noise)
        found.append(
            SeriesNoise(
                series=target.series.name,
                kind=target.kind,
                values={each.name: value for each, value in zip(errors.coordinates, noise, strict=True)},
                anchor=float("nan") if target.anchor is None else target.anchor,
                years=target.years,
                residuals=residuals,
                innovations=innovations,
                ordinary=errors.ordinary(noise),
                before=whiteness(residuals),
                after=whiteness(innovations),
            )
        )
    return tuple(found)
