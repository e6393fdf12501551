"""`[posterior]`: how the posterior is sampled, and how many model runs that may take."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rcsd.study.file.schema.base import MOST_DRAWS, Section

_LEAST_RUNS, _MOST_RUNS = 10_000, 1_000_000_000


class PosteriorSection(Section):
    """`[posterior]`: how the posterior is sampled, and how many model runs that may take."""

    sampler: Literal["chains", "nested"] = "chains"
    """Chains, which suit nearly all posteriors; or nested sampling, for one with several separate peaks, which also
    finds the evidence.
    """
    runs: int = Field(500_000, ge=_LEAST_RUNS, le=_MOST_RUNS)
    """Model runs that may be spent. Sampling ends before that when the draws are good enough; when the runs are spent
    first, what there is is shown, with the criteria that it does not meet.
    """
    effective: int = Field(1000, ge=400, le=MOST_DRAWS)
    """Effective draws, of the bulk and the tails of each coordinate, that are good enough."""
    draws: int = Field(2000, ge=100, le=MOST_DRAWS, multiple_of=100)
    """Draws that are kept."""
