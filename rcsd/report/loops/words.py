"""What is said of loops in words, the same in the terminal and on a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.loops import Dominance, LoopAnalysis, Ruling


def scores_alt(found: LoopAnalysis) -> str:
    """Say what the drawing of one run shows."""
    if not found.loops:
        return "No feedback loop."
    strongest = max(
        (loop for loop in found.loops if found.partitions[loop.partition].n_loops > 1),
        key=lambda loop: loop.mean_share,
        default=found.loops[0],
    )
    return (
        f"Relative scores of the loops of {found.model}: on average {strongest.label} has the most, "
        f"{100 * strongest.mean_share:.0f} % of its partition."
    )


def ruling_alt(found: Dominance, rows: Sequence[Ruling]) -> str:
    """Say what the drawing of many runs shows."""
    most = max(rows, key=lambda each: np.nanmean(each.rules))
    at = int(np.nanargmax(most.rules))
    return (
        f"Loop dominance in {found.n_runs - found.n_failed:,} runs of {found.model}: most often {most.name} has the "
        f"most, at {found.starts[at]:g} in {100 * most.rules[at]:.0f} % of the runs."
    )
