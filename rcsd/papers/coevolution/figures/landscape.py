"""The potential landscape as beta and alpha change."""

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes

from rcsd.papers.coevolution import Landscape, PotentialCurve
from rcsd.papers.coevolution.figures.wording import settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, WIDE, house_style, legend_below, new_figure


def landscape_figure(landscape: Landscape) -> Drawing:
    """Draw V(x) - V(0) for several beta, and for several alpha, with its valleys and hilltops marked."""
    with house_style():
        figure = new_figure((WIDE[0], 4.2))
        left, right = figure.subplots(1, 2)
        _draw(left, landscape.by_beta, [f"β = {curve.beta:g}" for curve in landscape.by_beta])
        _draw(right, landscape.by_alpha, [f"α = {curve.alpha:g}".replace("-", "−") for curve in landscape.by_alpha])
        left.set_title("coordination grows, α = 0")
        right.set_title(f"the preference tilts it, β = {landscape.parameters.beta:g}")
        left.set_ylabel("V(x) − V(0), 1/year")
        # The marks mean the same in both panels: they are named once.
        left.plot([], [], "o", color=MUTED, markersize=5, label="valley: stable")
        left.plot([], [], "o", color=MUTED, markerfacecolor="white", markersize=5, label="hilltop: unstable")
        legend_below(figure, left, right, columns=6)
        svg, png = save_bytes(figure)
    counts = ", ".join(f"{sum(p.stable for p in curve.points)} at β = {curve.beta:g}" for curve in landscape.by_beta)
    return Drawing(
        "coevolution-landscape",
        svg,
        png,
        f"The potential at α = 0 over x; its number of valleys: {counts}.",
        "The potential V of eq 16, over that of x = 0; x runs downhill. Left: above β = 1 one valley becomes two. "
        f"Right: α tilts the landscape. {settings(landscape.parameters)}.",
        wide=True,
    )


def _draw(axes: Axes, curves: Sequence[PotentialCurve], labels: Sequence[str]) -> None:
    colours = mpl.colormaps["viridis"]
    for index, (curve, label) in enumerate(zip(curves, labels, strict=True)):
        colour = colours(0.9 * index / max(1, len(curves) - 1))
        axes.plot(curve.x, curve.value, color=colour, label=label, linewidth=1.5)
        for point, height in zip(curve.points, curve.heights, strict=True):
            axes.plot(
                point.x, height, "o", color=colour, markerfacecolor=colour if point.stable else "white", markersize=5
            )
    axes.set_xlim(-1, 1)
    axes.set_xlabel("x")
