"""Estimates of every parameter by class."""

import math

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import OBSERVED, WIDE, house_style, new_figure
from rcsd.report.sections.panel.style import class_colour
from rcsd.study.panel.cities import ordered_classes
from rcsd.study.panel.result import PanelResult

_COLUMNS = 3
_LONGEST = 30  # letters of a title


def class_parameters_figure(result: PanelResult) -> Drawing:
    """Draw small multiples, one a parameter: each class's estimates, their quartiles and their median."""
    kinds = ordered_classes(each.city.kind for each in result.stated.cities)
    estimates = {kind: (result.stated.estimates(kind), result.stated.quartiles(kind)) for kind in kinds}
    names = result.info.parameters
    rows = math.ceil(len(names) / _COLUMNS)
    with house_style():
        figure = new_figure((WIDE[0], 0.6 + 1.75 * rows))
        grid = figure.subplots(rows, _COLUMNS, squeeze=False, sharey=True)
        for i, axes in enumerate(grid.flat):
            if i >= len(names):
                axes.set_visible(False)
                continue
            for row, kind in enumerate(kinds):
                values, quartiles = estimates[kind]
                _strip(axes, row, values[:, i], quartiles[:, i], kind)
            difference = result.differences[i]
            mark = " *" if difference.found else ""
            axes.set_title(f"{names[i][:_LONGEST]}{mark}", fontsize=8)
            axes.set_yticks(range(len(kinds)), kinds)
            axes.set_ylim(len(kinds) - 0.5, -0.5)
            axes.locator_params(axis="x", nbins=4)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-parameters",
        svg,
        png,
        f"Estimates of {len(names)} parameters by class of city.",
        "How to read it: points are cities, the bar spans the middle half of a class and its tick the median; a star "
        "marks a parameter whose classes differ after correction for the number of tests. Estimates that all lie at "
        "one value are the prior's and not the cities'.",
        wide=True,
    )


def _strip(axes: Axes, row: int, values: NDArray[np.float64], quartiles: NDArray[np.float64], kind: str) -> None:
    offsets = 0.3 * ((np.arange(values.size) * 0.618) % 1 - 0.5)
    low, middle, high = quartiles
    axes.scatter(values, row + offsets, s=7, color=class_colour(kind), alpha=0.6, linewidths=0, zorder=3)
    axes.plot([low, high], [row, row], color=OBSERVED, linewidth=1.4, zorder=4)
    axes.plot([middle] * 2, [row - 0.25, row + 0.25], color=OBSERVED, linewidth=1.4, zorder=4)
