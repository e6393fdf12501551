"""Draws of the posterior: every parameter over its prior, and every pair."""

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.layout_engine import ConstrainedLayoutEngine

from rcsd.analysis.calibration import Posterior
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import OBSERVED, PRIOR_LINE, SIMULATED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import count
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS

_COLUMNS = 3
_BINS = 30
_CELLS = 22
_WRAP = 17
_SHADES = LinearSegmentedColormap.from_list("draws", ["#FFFFFF", "#9CC7E3", SIMULATED, "#01304B"])


def marginals_figure(result: StudyResult, posterior: Posterior) -> Drawing:
    """Draw the distribution of every parameter, with its prior and its least-squares estimate."""
    draws = posterior.draws
    with house_style():
        figure, frames = panel_grid(len(result[PARAMETERS].parameters), _COLUMNS, 1.55)
        for axes, parameter in zip(frames, result[PARAMETERS].parameters, strict=True):
            _marginal(axes, parameter, draws.values[:, draws.names.index(parameter.name)])
        figure.supylabel("density", fontsize=8.5, color="#333333")
        legend_below(figure, *frames, columns=3)
        svg, png = save_bytes(figure)
    return Drawing(
        "marginals",
        svg,
        png,
        f"Posterior distributions of {count(len(result[PARAMETERS].parameters), 'parameter')} over their priors.",
        f"What {count(draws.n, 'draw')} of the posterior say of each parameter (blue) over what was assumed before "
        "(green line): where both look alike the data have added nothing. Dashed: the least-squares estimate.",
        wide=True,
    )


def _marginal(axes: Axes, parameter: ParameterResult, values: np.ndarray) -> None:
    shape = parameter.shape
    axes.hist(values, bins=_BINS, density=True, color=SIMULATED, alpha=0.55, linewidth=0, zorder=2, label="posterior")
    axes.plot(shape.values, shape.density, color=PRIOR_LINE, linewidth=1.3, zorder=3, label="prior")
    axes.axvline(
        parameter.estimate, color=OBSERVED, linewidth=1.0, linestyle=(0, (4, 2)), zorder=4, label="least squares"
    )
    likely = shape.values[shape.density > 0.03 * shape.density.max()]
    low, high = min(values.min(), likely.min()), max(values.max(), likely.max())
    axes.set_xlim(low - 0.02 * (high - low), high + 0.02 * (high - low))
    axes.set_yticks([])
    axes.set_title(parameter.name, fontsize=8.5)
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="x", labelsize=7)


def pair_figure(result: StudyResult, posterior: Posterior) -> Drawing:
    """Draw the density of every pair of parameters below the diagonal, and its correlation above, on search scales."""
    draws = posterior.draws
    n = len(draws.names)
    scales = {parameter.name: parameter.scale for parameter in result[PARAMETERS].parameters}
    values, correlations = draws.on_search_scales(scales), draws.correlations(scales)
    with house_style():
        side = max(0.5, min(1.4, 7.3 / n))
        figure = new_figure((WIDE[0], 1.1 + side * n))
        grid = figure.subplots(n, n, squeeze=False)
        for row in range(n):
            for column in range(n):
                axes = grid[row, column]
                axes.set_xticks([])
                axes.set_yticks([])
                axes.grid(visible=False)
                if row == column:
                    axes.hist(values[:, row], bins=_BINS, color=SIMULATED, alpha=0.55, linewidth=0)
                elif row > column:
                    axes.hist2d(values[:, column], values[:, row], bins=_CELLS, cmap=_SHADES, rasterized=True)
                else:
                    _correlation(axes, float(correlations[row, column]))
        _label(grid, [name if scales[name] == "linear" else f"{name} ({scales[name]})" for name in draws.names])
        engine = figure.get_layout_engine()
        if isinstance(engine, ConstrainedLayoutEngine):
            engine.set(h_pad=0.015, w_pad=0.015, hspace=0.0, wspace=0.0)
        svg, png = save_bytes(figure)
    first, second = _strongest(correlations)
    return Drawing(
        "pairs",
        svg,
        png,
        f"Posterior densities of every pair of {count(n, 'parameter')}."
        + (
            f" The strongest correlation, {correlations[first, second]:+.2f}, is between {draws.names[first]} and "
            f"{draws.names[second]}."
            if n > 1
            else ""
        ),
        "Below the diagonal the density of the draws of each pair (from its least to its largest draw), above it their "
        "correlation: a narrow slanted ridge is a pair that the data only know together."
        + _scales_said(scales.values()),
        wide=True,
    )


def _scales_said(scales: Iterable[str]) -> str:
    """Say what stands for a parameter that is not searched on its natural scale; nothing where all are."""
    said = {"log": "(log) stands for its logarithm", "logit": "(logit) stands for the logarithm of its odds"}
    found = set(scales)
    words = ", ".join(text for scale, text in said.items() if scale in found)
    return f" Each parameter is on the scale of its search: {words}." if words else ""


def _correlation(axes: Axes, value: float) -> None:
    """Write a correlation into its panel, the larger the darker."""
    colour = "#D55E00" if value < 0 else SIMULATED
    axes.set_facecolor((*_rgb(colour), min(1.0, 0.6 * abs(value))))
    axes.text(0.5, 0.5, f"{round(value, 2) + 0.0:+.2f}", transform=axes.transAxes, ha="center", va="center", fontsize=7)
    axes.spines[:].set_visible(False)


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _label(grid: np.ndarray, names: Sequence[str]) -> None:
    for i, name in enumerate(names):
        words = textwrap.fill(name, _WRAP)
        grid[i, 0].set_ylabel(words, rotation=0, ha="right", va="center", fontsize=6.8)
        grid[-1, i].set_xlabel(words, rotation=90, va="top", fontsize=6.8)


def _strongest(correlations: np.ndarray) -> tuple[int, int]:
    size = np.abs(np.tril(correlations, -1))
    first, second = np.unravel_index(int(np.argmax(size)), size.shape)
    return int(second), int(first)
