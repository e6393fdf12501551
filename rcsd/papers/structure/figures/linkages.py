"""Backward against forward linkages of every sector."""

import numpy as np
from matplotlib.ticker import FuncFormatter, NullFormatter
from numpy.typing import NDArray

from rcsd.papers.input_output import Linkages, Sector
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, FROZEN, MUTED, SIMULATED, house_style, new_figure
from rcsd.report.wording import listing

_SPREAD = 10
"""A largest linkage so many times the median needs a logarithmic axis."""

_MOST_NAMES = 12
"""Sectors that can be named in the figure; of more, the resource industry is, and key sectors by code."""


def linkages_figure(sectors: tuple[Sector, ...], linked: Linkages, resource: str, name: str) -> Drawing:
    """Draw normalised linkages, with the lines at the average sector."""
    across, up = linked.normalised_backward, linked.normalised_forward
    with house_style():
        figure = new_figure((CARD[0], 4.2))
        axes = figure.add_subplot()
        axes.axhline(1, color=MUTED, linewidth=0.9, zorder=1)
        axes.axvline(1, color=MUTED, linewidth=0.9, zorder=1)
        middle = 0.5 * (across.min() + across.max())
        for i, sector in enumerate(sectors):
            colour = FROZEN if sector.code == resource else SIMULATED
            axes.plot(across[i], up[i], "o", color=colour, markersize=5, zorder=3)
            if len(sectors) > _MOST_NAMES and sector.code != resource and linked.kinds[i] != "key":
                continue
            left = across[i] > middle
            axes.annotate(
                sector.name if len(sectors) <= _MOST_NAMES or sector.code == resource else sector.code,
                (across[i], up[i]),
                xytext=(-6 if left else 6, _offset(i, across, up)),
                textcoords="offset points",
                ha="right" if left else "left",
                va="center",
                fontsize=7,
            )
        if up.max() > _SPREAD * np.median(up):
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
            axes.yaxis.set_minor_formatter(NullFormatter())
        axes.margins(x=0.08, y=0.08)
        axes.set_xlabel("backward linkage, mean = 1")
        axes.set_ylabel("forward linkage, mean = 1")
        axes.set_title(sectors[0].region)
        svg, png = save_bytes(figure)
    key = [s.name for s, kind in zip(sectors, linked.kinds, strict=True) if kind == "key"]
    return Drawing(
        name,
        svg,
        png,
        f"Backward and forward linkages of {len(sectors)} sectors; key sectors: {listing(key) if key else 'none'}.",
        "Linkages. How to read it: to the right sectors buy much from others, higher up they sell much to others; the "
        f"lines are the average sector, the upper right holds the key sectors ({listing(key) if key else 'none'}).",
    )


def _offset(i: int, across: NDArray[np.float64], up: NDArray[np.float64]) -> float:
    """Move a label up or down when another point stands at nearly the same height near by."""
    near_x, near_y = 0.35 * float(across.max() - across.min()), 0.04 * float(up.max() - up.min())
    close = [
        j for j in range(len(up)) if j != i and abs(up[j] - up[i]) < near_y and abs(across[j] - across[i]) < near_x
    ]
    if not close:
        return 0.0
    return 6.0 if all(up[i] >= up[j] for j in close) else -6.0
