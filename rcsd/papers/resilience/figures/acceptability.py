"""In which share of all weights a city takes each rank."""

import numpy as np

from rcsd.papers.resilience import Acceptability, Assessment
from rcsd.papers.resilience.figures.style import RANK_COLOURS, city_names
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, house_style, legend_below, new_figure

_LEAST_SHOWN = 6.0
"""Per cent; a narrower part of a bar has no number in it."""
_WHITE_TO = 1
"""Ranks up to this place have a dark colour."""


def acceptability_figure(assessment: Assessment, found: Acceptability) -> Drawing:
    """Draw a bar for each city, parted by rank."""
    names = city_names(assessment)
    shares = 100 * found.shares
    rows = np.arange(len(names))
    with house_style():
        figure = new_figure((CARD[0], 1.5 + 0.45 * len(names)))
        axes = figure.add_subplot()
        left = np.zeros(len(names))
        for rank in range(len(names)):
            colour = RANK_COLOURS[min(rank, len(RANK_COLOURS) - 1)]
            bars = axes.barh(rows, shares[:, rank], left=left, color=colour, edgecolor="#8A8A8A", linewidth=0.5)
            bars.patches[0].set_label(f"rank {rank + 1}")
            for row in rows[shares[:, rank] >= _LEAST_SHOWN]:
                axes.text(
                    left[row] + shares[row, rank] / 2,
                    row,
                    f"{shares[row, rank]:.0f}",
                    ha="center",
                    va="center",
                    color="white" if rank < _WHITE_TO else "#1A1A1A",
                )
            left += shares[:, rank]
        axes.set_yticks(rows, names)
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("share of all weights, %")
        axes.grid(visible=False)
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    return Drawing(
        "resilience-acceptability",
        svg,
        png,
        f"Share of weights with which {', '.join(names)} take each rank.",
        f"How to read it: {found.n:,} weights of systems and indicators were drawn, all as likely; a bar says with "
        "which share of them the city takes each rank by its mean index. What fills a bar depends on no weights.",
    )
