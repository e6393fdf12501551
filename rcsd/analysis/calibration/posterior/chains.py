"""The posterior of a problem by chains, or by nested sampling, from what its mode is known to be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.draws import Draws
from rcsd.analysis.calibration.posterior.mode import Mode
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics
from rcsd.analysis.calibration.posterior.sampler.hindrance import with_hindrances
from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture
from rcsd.analysis.calibration.posterior.sampler.nested import sample_nested
from rcsd.analysis.calibration.posterior.sampler.rounds import Sample, sample_density
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised
from rcsd.analysis.calibration.posterior.sampling import Sampling
from rcsd.bands import quantiles
from rcsd.work.progress import Progress, silent

_PRIOR, _OTHERS = 0.1, 0.3
"""Shares of the first points that come from the prior, and from around the modes other than the best."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws of parameters and noise.

    Attributes
    ----------
    draws
        Evenly spaced along the chains, of each group of chains as many, one group after the other.
    diagnostics
        Of all steps of the chains that the draws are from. Where `faults` are in it, the draws are to be read with
        them.
    n_runs, n_failed
        Model runs spent, and those that failed.
    log_evidence, log_evidence_error
        Log of the likelihood's mean over the prior, up to a constant that depends on the data and their stated errors
        alone, and its standard error; None where the sampler does not find it.
    """

    draws: Draws
    diagnostics: Diagnostics
    n_runs: int
    n_failed: int
    log_evidence: float | None = None
    log_evidence_error: float | None = None

    def quantiles(self, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """Quantiles of every parameter, shape (n_shares, n_parameters)."""
        return quantiles(self.draws.values, shares)

    def deviations(self) -> NDArray[np.float64]:
        """Return the standard deviation of every parameter, natural scale, shape (n_parameters,)."""
        return np.asarray(np.std(self.draws.values, axis=0, ddof=1))


def sample(mode: Mode, sampling: Sampling, *, rng: np.random.Generator, progress: Progress = silent) -> Posterior:
    """Sample the posterior of a problem.

    Parameters
    ----------
    mode
        Found by `find_mode`. Where it is flat in some direction, the first points come from the prior alone.
    sampling
        By what, and for how long.
    rng
        Its state decides every draw.
    progress
        Told as step "posterior", in model runs.

    Returns
    -------
    Posterior
        Whether its diagnostics have faults or not.

    Raises
    ------
    CalibrationError
        When hardly any point that is tried runs.
    """
    density, runs, effective = LogPosterior(mode.problem), sampling.runs, sampling.effective
    if sampling.sampler == "nested":
        found = sample_nested(density, runs=runs, effective=effective, rng=rng, progress=progress)
    else:
        start = beginning(mode, Standardised(density))
        found = sample_density(density, start, runs=runs, effective=effective, rng=rng, progress=progress)
    return Posterior(
        draws=Draws.of(density, kept(found, sampling.draws)),
        diagnostics=with_hindrances(found, density.marginals, density.n_failed / max(density.n_runs, 1)),
        n_runs=density.n_runs,
        n_failed=density.n_failed,
        log_evidence=None if found.log_evidence is None else found.log_evidence - _log_mass(density),
        log_evidence_error=found.log_evidence_error,
    )


def beginning(mode: Mode, target: Standardised) -> Mixture:
    """Return where a population begins: around the modes, and anywhere that the prior lets it."""
    n = target.n
    weights, means, covariances = [_PRIOR], [np.zeros(n)], [np.eye(n)]
    if mode.covariance is not None:
        for share, point in zip(_shares(len(mode.others)), (mode.point, *mode.others), strict=True):
            mean, covariance = target.bell(point, mode.covariance)
            weights.append((1 - _PRIOR) * share)
            means.append(mean)
            covariances.append(covariance)
    return Mixture.of(weights, means, covariances)


def _shares(n_others: int) -> list[float]:
    """Share out the points around modes, the best first."""
    return [1 - _OTHERS] + [_OTHERS / n_others] * n_others if n_others else [1.0]


def _log_mass(density: LogPosterior) -> float:
    """Log of the integral of the priors as the density counts them."""
    return float(sum(each.log_mass for each in density.marginals))


def kept(found: Sample, draws: int) -> NDArray[np.float64]:
    """Take evenly spaced points, as many of each group, shape (n_draws, n)."""
    n_groups, n_points, n = found.points.shape
    each = min(-(-draws // n_groups), n_points)
    at = np.linspace(0, n_points - 1, each).astype(int)
    return np.asarray(found.points[:, at].reshape(-1, n)[:draws])
