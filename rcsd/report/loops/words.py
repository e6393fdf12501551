"""What is said of loops in words, the same in the terminal and on a page."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.loops import Dominance, LoopAnalysis, Ruling
from rcsd.report.spoken import periods
from rcsd.report.wording import listing


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


_TOLD = 2
_HALF = 0.5
_CLEAR = 0.9
"""Mean sign from which a loop, or the loops under a name, are of one kind."""


def kind_of(each: Ruling) -> str:
    """Name the polarity of a loop, or of the loops under a name."""
    if each.sign >= _CLEAR:
        return "reinforcing"
    if each.sign <= -_CLEAR:
        return "balancing"
    return "mixed" if each.sign else "at rest"


def most_often(each: Ruling, starts: np.ndarray) -> tuple[float, float]:
    """Return the period in which a loop rules most often, and in what share of the runs it does then."""
    if not np.isfinite(each.rules).any():
        return float(starts[0]), 0.0
    at = int(np.nanargmax(each.rules))
    return float(starts[at]), float(each.rules[at])


def ruling_sentences(found: Dominance) -> tuple[str, ...]:
    """Say which loop with a name rules most, how much all of them have, and which way the whole works."""
    said = []
    ruling = [each for each in found.families if np.nansum(each.rules) > 0]
    of = f" of {found.of}" if found.of else ""
    for each in sorted(ruling, key=lambda one: -float(np.nanmean(one.rules)))[:_TOLD]:
        start, share = most_often(each, found.starts)
        said.append(
            f"Among the loops{of} with a name, {each.name} rules in {100 * float(np.nanmean(each.rules)):.0f} % of "
            f"draws and {periods()}, most often in {start:g} (in {100 * share:.0f} % of "
            f"draws){_mostly(each, found.starts)}. It has {100 * float(np.nanmean(each.median)):.1f} % of all scores."
        )
    whole = found.reinforcing
    if np.isfinite(whole.median).any():
        said.append(
            f"Reinforcing loops together have {100 * float(np.nanmean(whole.median)):.0f} % of all scores, balancing "
            f"loops the rest; reinforcing loops have more than half in {100 * float(np.nanmean(whole.rules)):.0f} % of "
            f"draws and {periods()}."
        )
    if found.left_out > 0:
        said.append(
            f"{found.n_scored:,} loops are scored in every draw; those left out have "
            f"{100 * found.left_out:.2g} % of the scores in a few draws."
        )
    if found.n_failed:
        said.append(f"{found.n_failed:,} draws failed and are left out.")
    return (*said, *(f"{note[:1].upper()}{note[1:]}." for note in found.notes))


def _mostly(each: Ruling, starts: np.ndarray) -> str:
    """List the periods in which a loop rules more than half of the runs."""
    at = np.flatnonzero(np.nan_to_num(each.rules) > _HALF)
    runs = np.split(at, np.flatnonzero(np.diff(at) > 1) + 1) if at.size else []
    told = [f"{starts[run[0]]:g}" + (f"–{starts[run[-1]]:g}" if run.size > 1 else "") for run in runs]
    return f", in over half of them in {listing(told)}" if told else ""
