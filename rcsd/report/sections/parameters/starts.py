"""Do all starts of the search end in the same place."""

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.fit.result import FitResult
from rcsd.report.chart import Axis, Chart, Layer, Line, Panel, Points, Rule, linear, logarithmic
from rcsd.report.chart.colours import STRIP
from rcsd.report.drawing.style import SIMULATED
from rcsd.report.wording import count, number

_WIDE_RANGE = 20.0
"""From this ratio of the worst to the best cost on, the axis is logarithmic."""


_LEVEL = 0.05
"""Costs closer together than this share of the lowest are drawn within a band of that height."""


def starts_figure(fit: FitResult) -> Chart:
    """Draw the final cost of every start, from the best to the worst (a waterfall plot)."""
    ranked = sorted(fit.starts, key=lambda start: (start.cost, start.index))
    rank = np.arange(1, len(ranked) + 1)
    cost = np.array([start.cost for start in ranked])
    converged = np.array([start.converged for start in ranked])
    layers: list[Layer] = [Rule(float(cost[0]), "lowest cost", dash="dashed"), Line(rank, cost, "", STRIP, width=0.8)]
    for mask, hollow, label in (
        (~converged, True, "stopped before a tolerance was met"),
        (converged, False, "converged"),
    ):
        if mask.any():
            layers.append(Points(rank[mask], cost[mask], label, SIMULATED, hollow=hollow, size=5.5))
    panel = Panel(tuple(layers), linear("starts, from best to worst", whole=True), _costs(cost), height=2.8)
    return Chart(
        "starts",
        (panel,),
        f"Final cost of {count(len(ranked), 'start')}, sorted; from {number(cost[0])} to {number(cost[-1])}.",
        f"Final cost of every start, sorted. {fit.agreement} of {count(len(ranked), 'start')} ended within 1 % of the "
        "lowest: a level step at the left says that they met the data equally well.",
    )


def _costs(cost: NDArray[np.float64]) -> Axis:
    if cost[0] > 0 and cost[-1] / cost[0] > _WIDE_RANGE:
        return logarithmic("final cost")
    if cost[-1] - cost[0] < _LEVEL * cost[0]:
        # Starts that agree look level; else their rounding would be blown up to the whole height.
        return linear("final cost", (1 - _LEVEL) * float(cost[0]), (1 + _LEVEL) * float(cost[0]))
    return linear("final cost")
