"""Chains that all move alike, by what earlier points of all of them have taught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture, fit_mixture
from rcsd.analysis.calibration.posterior.sampler.moves import differences
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised

_JUMPS = 0.7
"""Share of the moves that are independent draws; the others are differences of earlier points."""

_ARCHIVE = 4000
Proposal = Callable[[NDArray[np.float64], np.random.RandomState], tuple[NDArray[np.float64], NDArray[np.float64]]]


@dataclass(frozen=True, slots=True)
class Moves:
    """What chains move by.

    Attributes
    ----------
    archive
        Earlier points, shape (n_archive, n).
    jump
        Fitted to them.
    """

    archive: NDArray[np.float64]
    jump: Mixture

    @classmethod
    def of(cls, points: NDArray[np.float64], rng: np.random.Generator) -> Moves:
        """Learn from earlier points, shape (n_points, n)."""
        kept = points[np.linspace(0, len(points) - 1, min(_ARCHIVE, len(points))).astype(int)]
        return cls(kept, fit_mixture(kept, rng))


@dataclass(frozen=True, slots=True)
class Ran:
    """Chains over some steps.

    Attributes
    ----------
    chains
        Shape (n_kept, n_chains, n); deviates.
    acceptance
        Share of accepted proposals.
    last
        Log density of where they are, shape (n_chains,).
    """

    chains: NDArray[np.float64]
    acceptance: float
    last: NDArray[np.float64]


def advance(
    target: Standardised,
    moves: Moves,
    points: NDArray[np.float64],
    logs: NDArray[np.float64] | None = None,
    *,
    steps: int,
    thin: int,
    rng: np.random.Generator,
) -> Ran:
    """Go on with chains from points (n_chains, n) of these log densities, keeping one step in `thin`.

    The moves stay as they are, so that each chain goes its own way.
    """
    import emcee  # noqa: PLC0415 - slow to import, needed here alone

    sampler = emcee.EnsembleSampler(
        len(points),
        target.n,
        target,
        vectorize=True,
        moves=[
            (emcee.moves.MHMove(_jumps(moves)), _JUMPS),
            (emcee.moves.MHMove(_differences(moves)), 1 - _JUMPS),
        ],
    )
    # emcee draws from the older kind of generator
    state = emcee.State(points, log_prob=logs, random_state=np.random.RandomState(rng.integers(2**32)).get_state())
    sampler.run_mcmc(state, steps // thin, thin_by=thin, skip_initial_state_check=True)
    last = np.asarray(sampler.get_last_sample().log_prob)
    return Ran(np.asarray(sampler.get_chain()), float(np.mean(sampler.acceptance_fraction)), last)


def _jumps(moves: Moves) -> Proposal:
    """Draw all points anew, whatever their place, with the factor of Hastings' rule."""

    def jump(
        points: NDArray[np.float64], random: np.random.RandomState
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        tried = moves.jump.draw(len(points), random)
        return tried, moves.jump.log_density(points) - moves.jump.log_density(tried)

    return jump


def _differences(moves: Moves) -> Proposal:
    """Move all points by differences of the archive, as likely there as back."""

    def move(
        points: NDArray[np.float64], random: np.random.RandomState
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return differences(points, moves.archive, random), np.zeros(len(points))

    return move
