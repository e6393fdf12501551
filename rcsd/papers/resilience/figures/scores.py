"""Scores of the systems and the index, by city and year, as a heat map."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from rcsd.papers.resilience import Assessment
from rcsd.papers.resilience.figures.style import city_names, system_labels
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, WIDE, house_style, new_figure
from rcsd.report.wording import MISSING

_COLUMNS = 2
_DARK = 0.6
"""From this score on the number in a cell is white."""


def scores_figure(assessment: Assessment) -> Drawing:
    """Draw a heat map for each city: systems and index down, years across."""
    names, labels = city_names(assessment), ["Index", *system_labels(assessment)]
    rows = math.ceil(len(names) / _COLUMNS)
    values = np.concatenate([assessment.index[..., None], assessment.scores], axis=-1)
    with house_style():
        figure = new_figure((WIDE[0], 0.5 + (0.7 + 0.25 * len(labels)) * rows))
        frames = figure.subplots(rows, _COLUMNS, squeeze=False, sharey=True)
        for unused in frames.flat[len(names) :]:
            unused.set_visible(False)
        low, high = min(0.0, float(np.nanmin(values))), max(1.0, float(np.nanmax(values)))
        for axes, name, city in zip(frames.flat, names, values, strict=False):
            image = _draw(axes, city.T, (low, high))
            axes.set_title(name)
            axes.set_xticks(range(len(assessment.years)), [f"{year % 100:02d}" for year in assessment.years])
            axes.set_yticks(range(len(labels)), labels)
        figure.colorbar(image, ax=list(frames.flat), label="score", shrink=0.6, pad=0.02)
        svg, png = save_bytes(figure)
    first, last = int(assessment.years[0]), int(assessment.years[-1])
    return Drawing(
        "resilience-scores",
        svg,
        png,
        f"Scores of the systems of {', '.join(names)}, {first} to {last}, as heat maps.",
        "How to read it: the darker a cell, the nearer the system is to the best that any of the cities had in any of "
        f"the years {first} to {last}; the first row is the index, their weighted mean. A dash: nothing to score.",
        wide=True,
    )


def _draw(axes: Axes, values: np.ndarray, limits: tuple[float, float]) -> AxesImage:
    image = axes.imshow(values, cmap="Blues", vmin=limits[0], vmax=limits[1], aspect="auto")
    for row, column in np.ndindex(values.shape):
        value = values[row, column]
        text = MISSING if np.isnan(value) else f"{value:.2f}".replace("0.", ".", 1)
        colour = MUTED if np.isnan(value) else "white" if value > _DARK else "#1A1A1A"
        axes.text(column, row, text, ha="center", va="center", fontsize=6.5, color=colour)
    axes.axhline(0.5, color="white", linewidth=2)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image
