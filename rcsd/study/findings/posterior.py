"""The posterior of a study's fit window, and what it says of every series inside the window and in the hold-out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.analysis.calibration import FitResult, Mode, Posterior, Predictive, Sampling, predict, replicate, sample
from rcsd.bands import complete
from rcsd.errors import CalibrationError
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study
from rcsd.study.findings.bands import SeriesBand, series_quantiles
from rcsd.study.findings.profiles import mode_of
from rcsd.work.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Sampled:
    """The posterior of the fit window.

    Attributes
    ----------
    posterior
        None where none could be sampled.
    faults
        Why there is none, or which criteria its draws do not meet; empty where they meet all.
    within
        By series, over the cells of the fit window: data sets that the fitted model would give, had it run again.
    beyond
        By series, over the hold-out: forecasts that go on from the last residual. Empty without a hold-out.
    n_runs
        Model runs spent.
    """

    posterior: Posterior | None
    faults: tuple[str, ...]
    within: tuple[SeriesBand, ...]
    beyond: tuple[SeriesBand, ...]
    n_runs: int

    @property
    def n_failed(self) -> int:
        """Runs of the chains that did not end well."""
        return 0 if self.posterior is None else self.posterior.n_failed


def sampling(
    study: Study, fit: FitResult, simulator: Simulator, *, how: Sampling | None = None, progress: Progress = silent
) -> Sampled:
    """Sample the posterior of a study's fit window.

    Draws that do not meet all criteria are summarised with the reasons beside them.

    Parameters
    ----------
    study
        Read by `load_study`.
    fit
        Its calibration.
    simulator
        Of the study.
    how
        By what, and for how long; as the study says when None.
    progress
        Told as step "posterior".
    """
    mode = mode_of(study, fit, simulator)
    rng = np.random.default_rng([study.file.study.seed, 1])
    try:
        posterior = sample(mode, how or study.sampling, rng=rng, progress=progress)
    except CalibrationError as failure:
        return Sampled(None, (str(failure),), (), (), mode.n_runs)
    n_runs = mode.n_runs + posterior.n_runs
    within = bands(mode, replicate(mode.problem, posterior.draws, rng=rng))
    beyond = _beyond(study, mode, posterior, rng)
    n_runs += posterior.draws.n * (1 + 2 * bool(beyond))
    return Sampled(posterior, posterior.diagnostics.faults, within, beyond, n_runs)


def _beyond(study: Study, mode: Mode, posterior: Posterior, rng: np.random.Generator) -> tuple[SeriesBand, ...]:
    window = study.file.windows.holdout
    if window is None:
        return ()
    years = np.arange(window[0], window[1] + 1, dtype=np.float64)
    return bands(mode, predict(mode.problem, posterior.draws, years, rng=rng))


def bands(mode: Mode, predictions: tuple[Predictive, ...]) -> tuple[SeriesBand, ...]:
    """Take quantiles of predictions, one of each target; runs that failed count for nothing."""
    found = []
    for target, each in zip(mode.problem.targets, predictions, strict=True):
        found.append(SeriesBand(target.series.name, **series_quantiles(each, complete(each.simulated))))
    return tuple(found)
