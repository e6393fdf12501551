"""Nested sampling, which goes from the whole prior inwards: for separate peaks, and with the evidence.

nautilus (Lange, Mon. Not. R. Astron. Soc. 525, 2023) draws from shells of rising likelihood, with small neural networks
that learn where they lie, and weighs all that it has drawn.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from rcsd.analysis.calibration.posterior.density import Density
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics
from rcsd.analysis.calibration.posterior.sampler.rounds import Sample
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised
from rcsd.work.progress import Progress, silent

_LIVE = 1000
_BATCH = 128
_INFINITE = -1e300  # log likelihood of a run that failed
_MARGIN = 1e-15  # of the unit cube, whose faces are infinitely far away


def sample_nested(
    density: Density,
    *,
    runs: int,
    effective: float,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> Sample:
    """Sample any density by nested sampling.

    Parameters
    ----------
    density
        With a prior for each coordinate; its run counts grow.
    runs
        Model runs to spend at most.
    effective
        Effective draws at which sampling ends.
    rng
        Decides all.
    progress
        Told as step "posterior".
    """
    from nautilus import Sampler  # noqa: PLC0415 - slow to import, needed here alone

    target, before = Standardised(density), density.n_runs

    def log_likelihood(z: NDArray[np.float64]) -> NDArray[np.float64]:
        found = target.log_likelihood(z)
        progress("posterior", min(density.n_runs - before, runs), runs)
        return np.where(np.isfinite(found), found, _INFINITE)

    sampler = Sampler(
        lambda cube: ndtri(np.clip(cube, _MARGIN, 1 - _MARGIN)),
        log_likelihood,
        n_dim=target.n,
        n_live=_LIVE,
        n_networks=1,
        n_batch=_BATCH,
        vectorized=True,
        pass_dict=False,
        seed=int(rng.integers(2**32)),
    )
    sampler.run(n_eff=effective, n_like_max=runs, discard_exploration=False)
    progress("posterior", runs, runs)
    points, log_weights, _ = sampler.posterior()
    weights = np.exp(log_weights - log_weights.max())
    size = max(int(effective), 1)
    places = (np.arange(size) + rng.uniform()) / size
    chosen = np.minimum(np.searchsorted(np.cumsum(weights) / np.sum(weights), places), len(weights) - 1)
    n_effective = np.full(target.n, float(sampler.n_eff))
    return Sample(
        target.points(rng.permutation(points[chosen]))[np.newaxis],
        Diagnostics(
            names=density.names,
            rhat=np.full(target.n, np.nan),
            ess=n_effective,
            ess_tail=n_effective,
            steps=0,
            walkers=0,
            groups=0,
            acceptance=float("nan"),
            sampler="nested",
        ),
        float(sampler.log_z),
        float(1 / np.sqrt(sampler.n_eff)),
    )
