"""The distribution of the master equation over time."""

import numpy as np
from matplotlib.colors import PowerNorm

from rcsd.bands import quantiles
from rcsd.papers.coevolution import DensityPath, Trajectory
from rcsd.papers.coevolution.figures.wording import LEADS, settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, OBSERVED, WIDE, house_style, legend_below, new_figure


def density_figure(density: DensityPath, path: Trajectory) -> Drawing:
    """Draw the probability of every split of the input over time, its mean, and the mean-field path."""
    half_input = (density.x.size - 1) // 2
    # Probability per unit of x, so that the colours mean the same whatever R.
    height = density.probability * half_input
    with house_style():
        figure = new_figure((WIDE[0], 4.4))
        axes = figure.add_subplot()
        top = float(quantiles(height.max(axis=1), (0.9,))[0])
        mesh = axes.pcolormesh(
            density.times,
            density.x,
            height.T,
            cmap="Blues",
            norm=PowerNorm(0.6, vmin=0, vmax=top),
            shading="nearest",
            rasterized=True,
        )
        figure.colorbar(mesh, ax=axes, label="probability per unit of x", extend="max", shrink=0.9)
        axes.plot(density.times, density.mean, color=OBSERVED, linewidth=1.4, label="mean of the distribution")
        axes.plot(path.times, path.preference, color=ALERT, linestyle=(0, (4, 2)), label="mean field, R → ∞")
        axes.grid(visible=False)
        axes.set_xlim(density.times[0], density.times[-1])
        axes.set_ylim(-1, 1)
        axes.set_xlabel("year")
        axes.set_ylabel(LEADS)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    spread = float(np.sqrt(density.probability[-1] @ (density.x - density.mean[-1]) ** 2))
    return Drawing(
        "coevolution-density",
        svg,
        png,
        f"Probability of x over time for 2R = {2 * half_input} units of input; at the end its mean is "
        f"{density.mean[-1]:.3f} and its standard deviation {spread:.3f}.",
        f"The master equation (eq 9) for 2R = {2 * half_input} units of input, one of which moves at a time; α answers "
        f"to the mean of x (eq 17). Dashed: the mean field. {settings(density.parameters)}.",
        wide=True,
    )
