"""Whether the method or the size is at fault: pure technical against scale efficiency."""

import numpy as np

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import FEW
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, MUTED, house_style, legend_below, new_figure
from rcsd.report.wording import count

RETURNS = {
    "increasing": ("#0072B2", "^", "too small (increasing returns)"),
    "constant": ("#009E73", "o", "right size (constant returns)"),
    "decreasing": ("#D55E00", "v", "too large (decreasing returns)"),
}
_LEVELS = (0.2, 0.4, 0.6, 0.8)


def scale_figure(found: Assessment) -> Drawing:
    """Draw the units of the last period by their two efficiencies, with lines of equal product."""
    scale, data = found.scale, found.data
    rows = data.rows_of(data.distinct_periods[-1]) if data.periods else np.arange(len(data))
    last = f" of {data.distinct_periods[-1]}" if data.periods else ""
    floor = max(0.0, min(scale.bcc[rows].min(), scale.efficiency[rows].min()) - 0.08)
    kinds = {kind: [k for k in rows if scale.returns[k] == kind] for kind in RETURNS}
    with house_style():
        figure = new_figure((CARD[0], 4.4))
        axes = figure.add_subplot()
        along = np.linspace(0.05, 1, 200)
        for level in _LEVELS:
            axes.plot(along, level / along, color=MUTED, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1)
            if floor < level:
                axes.annotate(
                    f"{level:g}", (1.0, level), xytext=(3, 0), textcoords="offset points", fontsize=7, va="center"
                )
        for kind, own in kinds.items():
            colour, marker, label = RETURNS[kind]
            if own:
                axes.scatter(
                    scale.bcc[own],
                    scale.efficiency[own],
                    color=colour,
                    marker=marker,
                    s=30,
                    alpha=0.8,
                    label=label,
                    zorder=3,
                )
        if len(rows) <= FEW:
            for k in rows:
                axes.annotate(
                    data.units[k],
                    (scale.bcc[k], scale.efficiency[k]),
                    xytext=(-5, -9),
                    textcoords="offset points",
                    fontsize=7.5,
                    ha="right",
                )
        axes.set_xlim(floor, 1.015)
        axes.set_ylim(floor, 1.015)
        axes.set_xlabel("pure technical efficiency (BCC)")
        axes.set_ylabel("scale efficiency (CCR/BCC)")
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    counts = ", ".join(f"{len(own)} {kind}" for kind, own in kinds.items())
    return Drawing(
        "dea-scale",
        svg,
        png,
        f"Pure technical and scale efficiency of {count(len(rows), 'unit')}{last}; returns to scale: {counts}.",
        f"How to read it: a unit{last} far to the left loses by how it works, one far down by its size; dotted lines "
        "join equal products, the CCR score.",
    )
