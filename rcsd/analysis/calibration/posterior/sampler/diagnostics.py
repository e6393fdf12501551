"""Whether chains have found what they sample.

R-hat and effective draws after Vehtari et al. (Bayesian Analysis 16, 2021), as ArviZ computes them. Chains that share a
warm-up form a group, and R-hat compares groups, each with a warm-up of its own (Margossian et al., Bayesian Analysis,
2024: nested R-hat): many short chains would show their own Monte Carlo error and nothing else. Within a group each
chain goes its own way, so effective draws are counted over all chains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RHAT, ESS = 1.01, 400.0
"""What draws must reach: R-hat at most, effective draws of bulk and of tails at least (Vehtari et al. 2021)."""

TAILS = (0.05, 0.95)
"""Quantiles whose effective draws are those of the tails."""


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Whether the draws have found what they are drawn from.

    Attributes
    ----------
    names
        Coordinates: parameters, then those of the noise.
    rhat
        By coordinate: rank-normalised split R-hat of the groups of chains; NaN for draws that are of no chain.
    ess, ess_tail
        By coordinate, effective number of draws of the bulk, and of the tails.
    steps
        Of each chain after its warm-up; 0 for draws that are of no chain.
    walkers, groups
        How many chains there are, and in how many groups with a warm-up of their own.
    acceptance
        Share of accepted proposals.
    sampler
        "chains" or "nested".
    hindrances
        What makes the posterior hard to sample.
    """

    names: tuple[str, ...]
    rhat: NDArray[np.float64]
    ess: NDArray[np.float64]
    ess_tail: NDArray[np.float64]
    steps: int
    walkers: int
    groups: int
    acceptance: float
    sampler: str = "chains"
    hindrances: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        """Which criteria are not met; empty when all are."""
        found = []
        if self.sampler == "chains":
            worst = int(np.argmax(np.nan_to_num(self.rhat, nan=np.inf)))
            if not self.rhat[worst] <= RHAT:
                digits = 3 if round(self.rhat[worst], 3) > RHAT else 5  # "1.010, above 1.01" would be no reason
                found.append(f"R-hat of {self.names[worst]} is {self.rhat[worst]:.{digits}f}, above {RHAT}")
        for what, each in (("in its bulk", self.ess), ("in its tails", self.ess_tail)):
            least = int(np.argmin(np.nan_to_num(each)))
            if not each[least] >= ESS:
                found.append(f"{self.names[least]} has {each[least]:.0f} effective draws {what}, below {ESS:.0f}")
        return tuple(found)

    @property
    def converged(self) -> bool:
        """Whether all criteria are met."""
        return not self.faults

    def reached(self, effective: float) -> bool:
        """Whether so many draws are effective, all criteria met."""
        return self.converged and bool(min(self.ess.min(), self.ess_tail.min()) >= effective)


def diagnose(
    names: tuple[str, ...], chains: NDArray[np.float64], *, groups: int, steps: int, acceptance: float
) -> Diagnostics:
    """Look at chains, shape (n_kept, n_chains, n), whose groups stand one after the other."""
    from arviz_stats.base import array_stats  # noqa: PLC0415 - slow to import, needed here alone

    n_kept, n_chains, n = chains.shape
    # all draws of a group in the order of time, so that the halves that are compared are halves of its time
    grouped = chains.reshape(n_kept, groups, n_chains // groups, n).transpose(1, 0, 2, 3).reshape(groups, -1, n)
    ordered = chains.transpose(1, 0, 2)
    with np.errstate(invalid="ignore", divide="ignore"):  # a coordinate that never moved has NaN, which is a fault
        return Diagnostics(
            names=names,
            rhat=np.array([array_stats.rhat(grouped[..., i], chain_axis=0, draw_axis=1) for i in range(n)]),
            ess=np.array([array_stats.ess(ordered[..., i], chain_axis=0, draw_axis=1) for i in range(n)]),
            ess_tail=np.array(
                [
                    array_stats.ess(ordered[..., i], chain_axis=0, draw_axis=1, method="tail", prob=TAILS)
                    for i in range(n)
                ]
            ),
            steps=steps,
            walkers=n_chains,
            groups=groups,
            acceptance=acceptance,
        )
