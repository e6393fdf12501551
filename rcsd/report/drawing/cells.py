"""Observed cells as markers: trusted cells filled, flagged cells hollow, dropped cells crossed."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.report.drawing.style import OBSERVED
from rcsd.report.wording import number
from rcsd.study.findings.target import TargetResult


def flagged_mask(target: TargetResult) -> NDArray[np.bool_]:
    """Return which cells carry a flag, shape (n_cells,)."""
    return np.array([bool(flags) for flags in target.flags], dtype=bool)


def draw_cells(
    axes: Axes,
    target: TargetResult,
    values: NDArray[np.float64],
    colour: str = OBSERVED,
    *,
    what: str = "observed",
    say_weights: bool = True,
) -> None:
    """Mark one value per cell of `target`; the legend names them, and can say what weight the hollow markers have."""
    flagged = flagged_mask(target)
    dropped = target.weights == 0
    hollow = flagged & ~dropped
    doubtful = doubtful_words(target.weights[hollow]) if say_weights and hollow.any() else "flagged"
    groups = (
        (~flagged & ~dropped, "o", colour, what),
        (hollow, "o", "white", doubtful),
        (dropped, "X", "white", "dropped (weight 0)"),
    )
    for mask, marker, face, label in groups:
        if mask.any():
            axes.scatter(
                target.years[mask],
                values[mask],
                s=26,
                marker=marker,
                facecolor=face,
                edgecolor=colour,
                linewidth=1.0,
                zorder=5,
                label=label,
            )


def doubtful_words(weights: NDArray[np.float64]) -> str:
    """Say what weight flagged cells have, between the lowest and the highest."""
    low, high = float(weights.min()), float(weights.max())
    return f"flagged, weight {number(low)}" + (f" to {number(high)}" if low < high else "")
