"""What is left of the ranking when the index is made in another way."""

import numpy as np

from rcsd.papers.resilience import Variant
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, FROZEN, MUTED, SIMULATED, house_style, legend_below, new_figure

_HEADINGS = {"normalisation": "scale: ", "weights": "weights: ", "left out": "without "}


_LONGEST = 48
"""Letters of a label."""


def robustness_figure(variants: tuple[Variant, ...]) -> Drawing:
    """Draw Kendall's tau and the share of ranks kept for every variant."""
    labels = [_short(f"{_HEADINGS[each.kind]}{each.label}") for each in variants]
    rows = np.arange(len(labels))
    with house_style():
        figure = new_figure((CARD[0] + 1.2, 1.3 + 0.21 * len(labels)))
        axes = figure.add_subplot()
        tau = np.array([each.tau for each in variants])
        kept = np.array([each.kept for each in variants])
        axes.hlines(rows, np.fmin(tau, kept), np.fmax(tau, kept), color="#C8C8C8", linewidth=1.2, zorder=1)
        axes.scatter(tau, rows, s=30, color=SIMULATED, zorder=3, label="Kendall's tau, all cities and years")
        axes.scatter(kept, rows, s=30, color=FROZEN, marker="D", zorder=2, label="share of yearly ranks kept")
        axes.set_yticks(rows, labels)
        for tick, each in zip(axes.get_yticklabels(), variants, strict=True):
            tick.set_color("#1A1A1A" if each.order_kept else FROZEN)
            tick.set_fontsize(7)
        kinds = [each.kind for each in variants]
        for row in (row for row in rows[1:] if kinds[row] != kinds[row - 1]):
            axes.axhline(row - 0.5, color=MUTED, linewidth=0.6)
        axes.invert_yaxis()
        axes.set_xlim(min(0.0, float(np.nanmin(tau))) - 0.02, 1.03)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(
        "resilience-robustness",
        svg,
        png,
        f"Agreement of {len(variants)} other ways to make the index with the chosen one.",
        "How to read it: a row is the index made with one thing changed; at 1 it orders cities and years just as the "
        "chosen one does. Orange names: the cities' order over all years is another one.",
    )


def _short(label: str) -> str:
    """Cut a label that would run out of the figure."""
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1].rstrip()}…"
