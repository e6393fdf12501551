"""Feedback loops of a model: which there are, which way each works, and when each of them rules."""

from rcsd.analysis.loops.finding import LIMIT, feedback_loops
from rcsd.analysis.loops.many.dominance import Dominance, Ruling
from rcsd.analysis.loops.many.ensemble import dominance
from rcsd.analysis.loops.many.sampling import documented_rows
from rcsd.analysis.loops.names import NamedLoop, named_loops
from rcsd.analysis.loops.result import FeedbackLoop, LoopAnalysis, LoopFamily, Partition, Span

__all__ = [
    "LIMIT",
    "Dominance",
    "FeedbackLoop",
    "LoopAnalysis",
    "LoopFamily",
    "NamedLoop",
    "Partition",
    "Ruling",
    "Span",
    "documented_rows",
    "dominance",
    "feedback_loops",
    "named_loops",
]
