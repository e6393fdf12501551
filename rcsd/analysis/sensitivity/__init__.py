"""Which parameter moves the output, and when: variance-based indices over time, screening, and a second opinion."""

from __future__ import annotations

from rcsd.analysis.sensitivity.document import outcomes_document, sobol_document
from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.failures import Failures, RefusedError
from rcsd.analysis.sensitivity.marginals import CutPrior, Empirical, Inputs, Marginal, Uniform, from_samples
from rcsd.analysis.sensitivity.morris import MorrisResult, morris_screening
from rcsd.analysis.sensitivity.outcomes import FirstCrossing, Outcome, Peak, PeakYear, SettlingYear, ValueAt
from rcsd.analysis.sensitivity.pawn import PawnIndices
from rcsd.analysis.sensitivity.ranking import Ranking, ranking
from rcsd.analysis.sensitivity.result import OutcomeIndices, SobolResult
from rcsd.analysis.sensitivity.sobol import SobolSettings, sobol_indices

__all__ = [
    "CutPrior",
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
