"""Do all starts of the search end in the same place."""

import numpy as np
from matplotlib.ticker import NullFormatter

from rcsd.analysis.calibration.fit.result import FitResult
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, MUTED, SIMULATED, house_style, legend_below, new_figure, whole_numbers
from rcsd.report.wording import count, number

_WIDE_RANGE = 20.0
"""From this ratio of the worst to the best cost on, the axis is logarithmic."""


_LEVEL = 0.05
"""Costs closer together than this share of the lowest are drawn within a band of that height."""


def starts_figure(fit: FitResult) -> Drawing:
    """Draw the final cost of every start, from the best to the worst (a waterfall plot)."""
    ranked = sorted(fit.starts, key=lambda start: (start.cost, start.index))
    rank = np.arange(1, len(ranked) + 1)
    cost = np.array([start.cost for start in ranked])
    converged = np.array([start.converged for start in ranked])
    with house_style():
        figure = new_figure((CARD[0], 3.0))
        axes = figure.add_subplot()
        axes.axhline(cost[0], color=MUTED, linewidth=0.8, linestyle=(0, (3, 2)), label="lowest cost")
        axes.plot(rank, cost, color="#BBBBBB", linewidth=0.8, zorder=2)
        for mask, face, label in (
            (converged, SIMULATED, "converged"),
            (~converged, "white", "stopped before a tolerance was met"),
        ):
            if mask.any():
                axes.scatter(rank[mask], cost[mask], s=30, facecolor=face, edgecolor=SIMULATED, zorder=3, label=label)
        if cost[0] > 0 and cost[-1] / cost[0] > _WIDE_RANGE:
            axes.set_yscale("log")
            # Matplotlib labels decades with formulas, and the house style reads none.
            axes.yaxis.set_major_formatter(lambda cost, _: number(cost))
            axes.yaxis.set_minor_formatter(NullFormatter())
        elif cost[-1] - cost[0] < _LEVEL * cost[0]:
            # Starts that agree look level; matplotlib would blow their rounding up to the whole height.
            axes.set_ylim((1 - _LEVEL) * cost[0], (1 + _LEVEL) * cost[0])
        axes.set_xlabel("starts, from best to worst")
        axes.set_ylabel("final cost")
        whole_numbers(axes)
        legend_below(figure, axes)
        svg, png = save_bytes(figure)
    return Drawing(
        "starts",
        svg,
        png,
        f"Final cost of {count(len(ranked), 'start')}, sorted; from {number(cost[0])} to {number(cost[-1])}.",
        f"Final cost of every start, sorted. {fit.agreement} of {count(len(ranked), 'start')} ended within 1 % of the "
        "lowest: a level step at the left says that they met the data equally well.",
    )
