"""Observed cells as points of a chart: trusted cells filled, flagged cells hollow, dropped cells crossed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.report.chart.layers import Mark, Points
from rcsd.report.drawing.style import OBSERVED
from rcsd.report.wording import number
from rcsd.study.findings.target import TargetResult


def cell_points(
    target: TargetResult,
    values: NDArray[np.float64],
    colour: str = OBSERVED,
    *,
    what: str = "observed",
    say_weights: bool = True,
) -> tuple[Points, ...]:
    """Mark one value per cell of `target`; the legend names them, and can say what weight the hollow marks have."""
    flagged, dropped = flagged_mask(target), target.weights == 0
    hollow = flagged & ~dropped
    doubtful = doubtful_words(target.weights[hollow]) if say_weights and hollow.any() else "flagged"
    groups: tuple[tuple[NDArray[np.bool_], Mark, bool, str], ...] = (
        (dropped, "cross", True, "dropped (weight 0)"),
        (hollow, "circle", True, doubtful),
        (~flagged & ~dropped, "circle", False, what),
    )
    return tuple(
        Points(target.years[mask], values[mask], label, colour, mark, hollow=empty)
        for mask, mark, empty, label in groups
        if mask.any()
    )


def flagged_mask(target: TargetResult) -> NDArray[np.bool_]:
    """Return which cells carry a flag, shape (n_cells,)."""
    return np.array([bool(flags) for flags in target.flags], dtype=bool)


def doubtful_words(weights: NDArray[np.float64]) -> str:
    """Say what weight flagged cells have, between the lowest and the highest."""
    low, high = float(weights.min()), float(weights.max())
    return f"flagged, weight {number(low)}" + (f" to {number(high)}" if low < high else "")
