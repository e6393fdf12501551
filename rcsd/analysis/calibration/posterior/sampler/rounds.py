"""Chains that warm up, extend and thin themselves, until they are long enough or a budget is spent.

Each group of chains brings a population of its own from the modes and the prior to the posterior, and makes its moves
of it. Then all run for a round; where that does not do, each group makes its moves anew of its own round, which is
dropped, and the next round is twice as long. When half of the budget is spent, the moves stay and the round goes on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.density import Density
from rcsd.analysis.calibration.posterior.sampler.diagnostics import Diagnostics, diagnose
from rcsd.analysis.calibration.posterior.sampler.mixture import Mixture
from rcsd.analysis.calibration.posterior.sampler.population import populate
from rcsd.analysis.calibration.posterior.sampler.standard import Standardised
from rcsd.analysis.calibration.posterior.sampler.steps import Moves, advance
from rcsd.work.progress import Progress, silent

GROUPS, CHAINS = 4, 32
"""Groups, and chains in each."""

_POPULATION = 256
_PER_COORDINATE = 12  # points of a population for each coordinate, where that is more
_FIRST = 32  # steps of the first round
_KEPT = 512  # steps kept of each chain, at most
_WARM, _FIT = 0.25, 0.5  # shares of the budget after which populations are taken as they are, and moves stay


@dataclass(frozen=True, slots=True)
class Sample:
    """What a sampler has left.

    Attributes
    ----------
    points
        On the scales of the density, shape (n_groups, n_kept, n): of each group chain after chain.
    diagnostics
        Of all its steps.
    log_evidence, log_evidence_error
        Log of the integral of the density, and its standard error; None where the sampler does not find it.
    """

    points: NDArray[np.float64]
    diagnostics: Diagnostics
    log_evidence: float | None = None
    log_evidence_error: float | None = None


def sample_density(
    density: Density,
    start: Mixture,
    *,
    runs: int,
    effective: float,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> Sample:
    """Sample any density by chains.

    Parameters
    ----------
    density
        With a prior for each coordinate; its run counts grow.
    start
        Around its modes, in standard deviates, with a part for the prior.
    runs
        Model runs to spend at most, but for a first round, which there always is.
    effective
        Effective draws at which sampling ends, all criteria met.
    rng
        Decides all.
    progress
        Told after each round, as step "posterior".

    Raises
    ------
    CalibrationError
        When hardly any point that is tried has a density.
    """
    target, before = Standardised(density), density.n_runs
    progress("posterior", 0, runs)
    populations = _warm(target, start, int(_WARM * runs / GROUPS), rng)
    points = np.concatenate([each[:: len(each) // CHAINS][:CHAINS] for each in populations])
    moves = Moves.of(np.concatenate(populations), rng)
    stretch = Stretch((), 1, 0)
    steps = _FIRST
    while True:
        stretch = stretch.longer(target, moves, points, steps, rng)
        points = stretch.last
        left = runs - (density.n_runs - before)
        progress("posterior", runs - max(left, 0), runs)
        found = stretch.diagnostics(density.names)
        steps = min(2 * steps, left // len(points))
        if found.reached(effective) or steps < stretch.thin:
            break
        if left > (1 - _FIT) * runs:
            moves = Moves.of(stretch.chains.reshape(-1, target.n), rng)
            stretch = Stretch((), 1, 0, logs=stretch.logs)
    progress("posterior", runs, runs)
    return Sample(target.points(stretch.by_group()), found)


def _warm(target: Standardised, start: Mixture, runs: int, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Bring a population of each group to the posterior, each by itself, shape (n_points, n)."""
    size = max(_POPULATION, _PER_COORDINATE * target.n)
    return [populate(target, start, size, stream, runs=runs) for stream in rng.spawn(GROUPS)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Chains from where their moves were made last.

    Attributes
    ----------
    parts
        Shape (n_kept, n_chains, n) each, one after the other; deviates.
    thin
        One step in so many is kept.
    steps
        How many there are, the last of which is kept.
    accepted
        Share of accepted proposals times steps.
    logs
        Log density of where the chains are, shape (n_chains,); None where it is still to be found.
    """

    parts: tuple[NDArray[np.float64], ...]
    thin: int
    steps: int
    accepted: float = 0.0
    logs: NDArray[np.float64] | None = None

    @property
    def chains(self) -> NDArray[np.float64]:
        """All that is kept, shape (n_kept, n_chains, n); deviates."""
        return np.concatenate(self.parts)

    @property
    def last(self) -> NDArray[np.float64]:
        """Where the chains are, shape (n_chains, n)."""
        return np.asarray(self.parts[-1][-1])

    def longer(
        self,
        target: Standardised,
        moves: Moves,
        points: NDArray[np.float64],
        steps: int,
        rng: np.random.Generator,
    ) -> Stretch:
        """Go on for so many steps, or as many as are kept, and thin what has become too long."""
        kept = steps // self.thin
        ran = advance(target, moves, points, self.logs, steps=kept * self.thin, thin=self.thin, rng=rng)
        parts, thin, total = (*self.parts, ran.chains), self.thin, self.steps + kept * self.thin
        accepted = self.accepted + ran.acceptance * kept * self.thin
        while total // thin > _KEPT:
            thin *= 2
            # counted from the end, which is where the chains are
            parts = (np.concatenate(parts)[::-1][::2][::-1],)
        return Stretch(parts, thin, total, accepted, ran.last)

    def diagnostics(self, names: tuple[str, ...]) -> Diagnostics:
        """Look at the chains."""
        return diagnose(
            names, self.chains, groups=GROUPS, steps=self.steps, acceptance=self.accepted / max(self.steps, 1)
        )

    def by_group(self) -> NDArray[np.float64]:
        """All points, of each group chain after chain, shape (n_groups, n_points, n); deviates."""
        n_kept, n_chains, n = self.chains.shape
        grouped = self.chains.reshape(n_kept, GROUPS, n_chains // GROUPS, n)
        return np.asarray(grouped.transpose(1, 2, 0, 3).reshape(GROUPS, -1, n))
