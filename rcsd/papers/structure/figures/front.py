"""The front of two objectives, and the price of the resource along it."""

import numpy as np

from rcsd.papers.structure import StructureResult, ratio_unit
from rcsd.papers.structure.words import index
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import FROZEN, MUTED, OBSERVED, SIMULATED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import capital


def front_figure(result: StructureResult) -> Drawing:
    """Draw value added against use of the resource, and under it what a unit of the resource is worth."""
    programme, front, picked = result.programme, result.front, result.compromise
    use = [100 * v.resource_use / programme.actual_use for v in front.vertices]
    value = [100 * v.value_added / programme.actual_value for v in front.vertices]
    with house_style():
        figure = new_figure((WIDE[0], 6.0))
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2.4, 1))
        above.plot(use, value, color=SIMULATED, label="front, exact", zorder=3)
        above.plot(use, value, "o", color=SIMULATED, markersize=5.5, label="vertices", zorder=4)
        above.plot(
            [100 * p.resource_use / programme.actual_use for p in front.points],
            [100 * p.value_added / programme.actual_value for p in front.points],
            "o",
            color="white",
            markeredgecolor=SIMULATED,
            markersize=3.4,
            markeredgewidth=0.8,
            label="even ceilings on the use (epsilon)",
            zorder=5,
        )
        at = (
            100 * picked.solution.resource_use / programme.actual_use,
            100 * picked.solution.value_added / programme.actual_value,
        )
        above.plot(
            *at,
            "*",
            color=FROZEN,
            markersize=15,
            label=f"compromise, {picked.weight:g} : {1 - picked.weight:g}",
            zorder=6,
        )
        above.plot(100, 100, "X", color=OBSERVED, markersize=9, label="actual structure", zorder=6)
        above.axhline(100, color=MUTED, linewidth=0.8, zorder=1)
        above.axvline(100, color=MUTED, linewidth=0.8, zorder=1)
        above.set_ylabel("value added, actual = 100")
        edges = np.array(use)
        if front.slopes.size:
            below.stairs(front.slopes, edges, baseline=None, color=SIMULATED, linewidth=1.8)
        below.plot(
            [100 * p.resource_use / programme.actual_use for p in front.points],
            front.prices,
            "o",
            color="white",
            markeredgecolor=SIMULATED,
            markersize=3.4,
            markeredgewidth=0.8,
            zorder=5,
        )
        below.axvline(at[0], color=FROZEN, linewidth=1, linestyle=(0, (3, 2)))
        below.axvline(100, color=MUTED, linewidth=0.8, zorder=1)
        below.set_ylim(bottom=0)
        below.set_ylabel(f"{ratio_unit(programme.unit, programme.resource_unit)}\nof {programme.resource}")
        below.set_title("What one more unit is worth", fontsize=9)
        below.set_xlabel(f"use of {programme.resource}, actual = 100")
        legend_below(figure, above, columns=5)
        svg, png = save_bytes(figure)
    return Drawing(
        "structure-front",
        svg,
        png,
        f"Front of value added against use of {programme.resource} with {len(front.vertices)} vertices; the compromise "
        f"has value added {index(at[1], 100)} and use {index(at[0], 100)} against the actual structure.",
        f"{capital(programme.resource)} against value added. How to read it: no structure lies above the line; "
        "along it more of one objective costs some of the other, and the lower panel says how much value added the "
        f"next unit of {programme.resource} buys. What lies above and to the left of the cross is better than today in "
        "both.",
        wide=True,
    )
