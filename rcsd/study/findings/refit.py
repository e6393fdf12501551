"""The posterior of every compared year, from which a study forecasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rcsd.analysis.calibration import FitResult, Posterior, Sampling, sample
from rcsd.errors import CalibrationError
from rcsd.simulator import Simulator
from rcsd.study.file.schema import ForecastSection
from rcsd.study.file.study import Study
from rcsd.study.findings.profiles import mode_of
from rcsd.work.progress import Progress, silent

_CHAINS = 2
"""Distinguishes the seed of these chains from those of other draws of a study."""


@dataclass(frozen=True, slots=True)
class Refit:
    """A fit to the fit window and the hold-out together.

    Attributes
    ----------
    first, last
        Years fitted.
    estimate
        The most probable value of each parameter.
    posterior
        Its draws; None where there are none.
    faults
        Why there are none, or which criteria they do not meet; empty where they meet all.
    n_runs
        Model runs spent.
    """

    first: int
    last: int
    estimate: Mapping[str, float]
    posterior: Posterior | None
    faults: tuple[str, ...]
    n_runs: int

    @property
    def n_failed(self) -> int:
        """Runs of the chains that did not end well."""
        return 0 if self.posterior is None else self.posterior.n_failed


def refit(
    study: Study, fit: FitResult, simulator: Simulator, *, how: Sampling | None = None, progress: Progress = silent
) -> Refit:
    """Fit every compared year, and sample the posterior.

    Parameters
    ----------
    study
        Read by `load_study`.
    fit
        Its calibration: one of the points from which the most probable parameters are sought.
    simulator
        Of the study.
    how
        By what, and for how long; as the study says, and as many draws as its forecast asks for, when None.
    progress
        Told as step "refit".
    """
    section, windows = study.file.forecast or ForecastSection(), study.file.windows
    progress("refit", 0, 1)
    mode = mode_of(study, fit, simulator, last=windows.last)
    try:
        posterior = sample(
            mode,
            how or replace(study.sampling, draws=section.draws),
            rng=np.random.default_rng([study.file.study.seed, _CHAINS]),
            progress=lambda _, done, total: progress("refit", done, total),
        )
    except CalibrationError as failure:
        return Refit(windows.fit[0], windows.last, mode.values, None, (str(failure),), mode.n_runs)
    return Refit(
        windows.fit[0],
        windows.last,
        mode.values,
        posterior,
        posterior.diagnostics.faults,
        mode.n_runs + posterior.n_runs,
    )
