"""Which parameter moves the output, and when: variance-based indices over time, screening, and a second opinion."""

from __future__ import annotations

from rcsd.sensitivity.document import outcomes_document, sobol_document
from rcsd.sensitivity.failures import Failures, RefusedError
from rcsd.sensitivity.indices import Indices
from rcsd.sensitivity.marginals import CutNormal, Empirical, Inputs, Marginal, Uniform, from_samples
from rcsd.sensitivity.morris import MorrisResult, morris_screening
from rcsd.sensitivity.outcomes import FirstCrossing, Outcome, Peak, PeakYear, SettlingYear, ValueAt
from rcsd.sensitivity.pawn import PawnIndices
from rcsd.sensitivity.ranking import Ranking, ranking
from rcsd.sensitivity.result import OutcomeIndices, SobolResult
from rcsd.sensitivity.sobol import SobolSettings, sobol_indices

__all__ = [
    "CutNormal",
    "Empirical",
    "Failures",
    "FirstCrossing",
    "Indices",
    "Inputs",
    "Marginal",
    "MorrisResult",
    "Outcome",
    "OutcomeIndices",
    "PawnIndices",
    "Peak",
    "PeakYear",
    "Ranking",
    "RefusedError",
    "SettlingYear",
    "SobolResult",
    "SobolSettings",
    "Uniform",
    "ValueAt",
    "from_samples",
    "morris_screening",
    "outcomes_document",
    "ranking",
    "sobol_document",
    "sobol_indices",
]
