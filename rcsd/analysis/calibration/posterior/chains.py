"""The posterior by Markov chains: emcee over the engine, many walkers to a batch, started from the mode.

Half of the moves are independent draws from a widened Laplace approximation (accepted by the rule of Metropolis and
Hastings), half differences of walkers (ter Braak, Stat. Comput. 16, 2006): the former jump across the bulk, the latter
follow what is not Gaussian. Chains: Foreman-Mackey et al., PASP 125, 2013. Diagnostics: Vehtari et al., Bayesian
Analysis 16, 2021.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.density import LogPosterior
from rcsd.analysis.calibration.posterior.draws import Approximation, Draws, approximation, weighted_points
from rcsd.analysis.calibration.posterior.mode import Mode
from rcsd.bands import quantiles
from rcsd.errors import CalibrationError
from rcsd.work.progress import Progress, silent

if TYPE_CHECKING:
    import emcee

RHAT, ESS, LENGTHS = 1.05, 400.0, 20.0
"""What a chain must reach to be summarised: R-hat below, effective draws above, autocorrelation times in its length.

A walker is a short chain: R-hat, which compares the walkers' means, also counts their Monte Carlo error, and a length
of 20 autocorrelation times is just what brings that below 1.05.
"""

_JUMPS = 0.5


@dataclass(frozen=True, slots=True)
class Chains:
    """How long to sample.

    Attributes
    ----------
    walkers
        An even number, at least twice the coordinates.
    block
        Steps between two looks at the diagnostics.
    most
        Steps after which sampling ends, converged or not; the first quarter of the steps is dropped.
    draws
        How many draws are kept, evenly spaced.
    """

    walkers: int = 128
    block: int = 500
    most: int = 4000
    draws: int = 2000


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Whether the chains have found what they sample.

    Attributes
    ----------
    names
        Coordinates: parameters, then scales and autocorrelations of the series.
    rhat, ess, autocorrelation_time
        By coordinate: rank-normalised split R-hat of the walkers, effective number of draws of the bulk, integrated
        autocorrelation time in steps.
    steps
        Length of the chains after the dropped part.
    walkers
        How many there are.
    acceptance
        Share of accepted proposals.
    """

    names: tuple[str, ...]
    rhat: NDArray[np.float64]
    ess: NDArray[np.float64]
    autocorrelation_time: NDArray[np.float64]
    steps: int
    walkers: int
    acceptance: float

    @property
    def lengths(self) -> NDArray[np.float64]:
        """Length of the chains in autocorrelation times, by coordinate."""
        return np.asarray(self.steps / self.autocorrelation_time)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the draws must not be summarised; empty when they may."""
        found = []
        worst = int(np.argmax(np.nan_to_num(self.rhat, nan=np.inf)))
        if not self.rhat[worst] < RHAT:
            found.append(f"R-hat of {self.names[worst]} is {self.rhat[worst]:.3f}, not below {RHAT}")
        least = int(np.argmin(np.nan_to_num(self.ess)))
        if not self.ess[least] > ESS:
            found.append(f"{self.names[least]} has {self.ess[least]:.0f} effective draws, not above {ESS:.0f}")
        slowest = int(np.argmax(np.nan_to_num(self.autocorrelation_time, nan=np.inf)))
        if not self.lengths[slowest] > LENGTHS:
            found.append(
                f"the chains are {self.lengths[slowest]:.0f} autocorrelation times of {self.names[slowest]} long, "
                f"not above {LENGTHS:.0f}"
            )
        return tuple(found)

    @property
    def converged(self) -> bool:
        """Whether the draws may be summarised."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Posterior:
    """Draws of parameters and noise, from chains.

    Attributes
    ----------
    draws
        Evenly spaced along the chains.
    diagnostics
        Of the chains that the draws are from.
    n_runs, n_failed
        Model runs spent, and those that failed.
    """

    draws: Draws
    diagnostics: Diagnostics
    n_runs: int
    n_failed: int

    def require_converged(self) -> None:
        """Refuse to go on with chains that have not converged.

        Raises
        ------
        CalibrationError
            That says what is missing.
        """
        if self.diagnostics.faults:
            raise CalibrationError(
                f"the posterior's chains have not converged: {'; '.join(self.diagnostics.faults)}; sample longer, or "
                "look at the profiles: a parameter that nothing determines makes chains wander"
            )

    def quantiles(self, shares: tuple[float, ...]) -> NDArray[np.float64]:
        """Quantiles of every parameter, shape (n_shares, n_parameters).

        Raises
        ------
        CalibrationError
            When the chains have not converged.
        """
        self.require_converged()
        return quantiles(self.draws.values, shares)

    def deviations(self) -> NDArray[np.float64]:
        """Return the standard deviation of every parameter, natural scale, shape (n_parameters,).

        Raises
        ------
        CalibrationError
            When the chains have not converged.
        """
        self.require_converged()
        return np.asarray(np.std(self.draws.values, axis=0, ddof=1))


def sample(mode: Mode, chains: Chains, *, rng: np.random.Generator, progress: Progress = silent) -> Posterior:
    """Sample the posterior of a problem from its mode.

    Parameters
    ----------
    mode
        Found by `find_mode`.
    chains
        How long.
    rng
        Its state decides every draw.
    progress
        Told after each block, as step "posterior".

    Returns
    -------
    Posterior
        Whether it has converged or not; its summaries refuse when it has not.

    Raises
    ------
    CalibrationError
        When the mode is flat in some direction, so that nothing says where to start, or no point near it runs.
    """
    import emcee  # noqa: PLC0415 - slow to import, needed here alone

    density = LogPosterior(mode.problem)
    proposal = approximation(mode)
    walkers = max(chains.walkers, 2 * (density.n + 1))
    sampler = emcee.EnsembleSampler(
        walkers,
        density.n,
        density,
        vectorize=True,
        moves=[(emcee.moves.MHMove(_jumps(proposal)), _JUMPS), (emcee.moves.DEMove(), 1 - _JUMPS)],
    )
    # emcee draws from the older kind of generator; jumps draw from it as well, so that one seed decides all
    state = emcee.State(
        weighted_points(density, proposal, walkers, rng),
        random_state=np.random.RandomState(rng.integers(2**32)).get_state(),
    )
    progress("posterior", 0, chains.most)
    while True:
        state = sampler.run_mcmc(state, chains.block)
        progress("posterior", sampler.iteration, chains.most)
        dropped = sampler.iteration // 4
        diagnostics = _diagnostics(density.names, sampler, dropped)
        if diagnostics.converged or sampler.iteration >= chains.most:
            break
    progress("posterior", chains.most, chains.most)
    return _thinned(density, sampler.get_chain(discard=dropped), diagnostics, chains.draws)


def _jumps(proposal: Approximation) -> Callable[..., tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Draw all walkers anew from the approximation, whatever their place, with the factor of Hastings' rule."""

    def jump(
        points: NDArray[np.float64], random: np.random.RandomState
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        proposed = proposal.draw(len(points), random)
        return proposed, proposal.log_density(points) - proposal.log_density(proposed)

    return jump


def _diagnostics(names: tuple[str, ...], sampler: emcee.EnsembleSampler, dropped: int) -> Diagnostics:
    """Look at the chains so far."""
    from arviz_stats.base import array_stats  # noqa: PLC0415 - slow to import, needed here alone

    chain = sampler.get_chain(discard=dropped)
    # a walker that never moved has no autocorrelation: NaN, which is a fault
    with np.errstate(invalid="ignore"):
        times = np.asarray(sampler.get_autocorr_time(discard=dropped, tol=0))
    return Diagnostics(
        names=names,
        rhat=np.asarray(array_stats.rhat(chain, chain_axis=1, draw_axis=0)),
        ess=np.asarray(array_stats.ess(chain, chain_axis=1, draw_axis=0)),
        autocorrelation_time=times,
        steps=len(chain),
        walkers=chain.shape[1],
        acceptance=float(np.mean(sampler.acceptance_fraction)),
    )


def _thinned(density: LogPosterior, chain: NDArray[np.float64], diagnostics: Diagnostics, draws: int) -> Posterior:
    """Keep evenly spaced draws, on the natural scale."""
    flat = chain.reshape(-1, density.n)
    kept = flat[np.linspace(0, len(flat) - 1, min(draws, len(flat))).astype(int)]
    return Posterior(
        draws=Draws.of(density, kept),
        diagnostics=diagnostics,
        n_runs=density.n_runs,
        n_failed=density.n_failed,
    )
