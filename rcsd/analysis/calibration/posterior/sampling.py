"""How a posterior is sampled, apart from what samples it: a study knows the former without the latter's packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sampler = Literal["chains", "nested"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How a posterior is sampled.

    Attributes
    ----------
    sampler : {"chains", "nested"}
        By emcee's chains, or by nautilus.
    runs
        Model runs that may be spent.
    effective
        Effective draws, of bulk and tails of every coordinate, at which sampling ends before that.
    draws
        How many draws are kept.
    """

    sampler: Sampler = "chains"
    runs: int = 500_000
    effective: int = 1000
    draws: int = 2000
