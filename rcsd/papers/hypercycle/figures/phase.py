"""How many units are left, and with what advantage, over two numbers."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import BoundaryNorm
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from rcsd.papers.hypercycle import PhaseDiagram
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, WIDE, house_style, legend_below, new_figure

_LABELS = {
    "preference": "x: technology (−1) to institutions (+1)",
    "innovation": "innovation from outside, 1/year",
    "own": "own catalysis, 1/year",
    "chain": "chain catalysis, 1/year",
    "intercity": "inter-city link, 1/year",
    "lead": "lead of unit 1 by itself, 1/year",
    "strength": "catalysis, 1/year",
}


def phase_figure(found: PhaseDiagram) -> Drawing:
    """Draw how many units are left, and the advantage, over the plane."""
    with house_style():
        figure = new_figure((WIDE[0], 4.4))
        left, right = figure.subplots(1, 2)
        top = int(found.left.max())
        steps = BoundaryNorm(np.arange(0.5, top + 1), 256)
        mesh = _draw(left, found, found.left, cmap="viridis", norm=steps)
        figure.colorbar(mesh, ax=left, shrink=0.9, ticks=np.arange(1, top + 1))
        left.set_title(f"units left after {found.years:g} years")
        figure.colorbar(_draw(right, found, found.advantage, cmap="Blues"), ax=right, shrink=0.9)
        right.set_title(f"advantage after {found.years:g} years, 1/year")
        legend_below(figure, left, right, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(
        "hypercycle-phase",
        svg,
        png,
        f"{found.name}: between {int(found.left.min())} and {top} units are left, with an advantage of "
        f"{found.advantage.min():.3g} to {found.advantage.max():.3g} a year.",
        f"{found.name[:1].upper()}{found.name[1:]}: how many units are left after {found.years:g} years, and the "
        "advantage that they have together, for every pair of the two numbers on the axes; the cross marks the numbers "
        f"of the run.{_exact(found)}",
        wide=True,
    )


def _draw(axes: Axes, found: PhaseDiagram, values: ArrayLike, **look: Any) -> QuadMesh:
    mesh = axes.pcolormesh(found.x, found.y, values, shading="nearest", rasterized=True, **look)
    mark: Any = {"color": ALERT, "markersize": 8, "markeredgewidth": 2, "linestyle": "none", "clip_on": False}
    axes.plot(*found.point, "x", zorder=5, label="the numbers of the run", **mark)
    if found.threshold is not None:
        label = f"exact threshold of the long run: {found.threshold.name}"
        axes.plot(found.x, found.threshold.y, color=ALERT, linewidth=2, linestyle=(0, (4, 2)), label=label, zorder=4)
    axes.set_xlim(found.x[0], found.x[-1])
    axes.set_ylim(found.y[0], found.y[-1])
    axes.grid(visible=False)
    axes.xaxis.set_major_locator(MaxNLocator(5))
    axes.set_xlabel(_LABELS.get(found.axes[0], found.axes[0]))
    axes.set_ylabel(_LABELS.get(found.axes[1], found.axes[1]))
    return mesh


def _exact(found: PhaseDiagram) -> str:
    """Say what the dashed line is."""
    if found.threshold is None:
        return ""
    return (
        f" Above the dashed line, with a replicase above zero, {found.threshold.says} in the end; near it that takes "
        "longer than the picture shows."
    )
