"""What the figures of a sensitivity analysis share: which parameters stand out, and in which colours."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rcsd.analysis.sensitivity import SobolResult
from rcsd.report.drawing.style import MUTED, WIDE, new_figure

OTHERS = "#BDBDBD"
"""Parameters that have no colour of their own."""

# Okabe and Ito's palette (2008), its yellow darkened so that lines show on white, then two more.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#A8A000", "#6B4226", "#1A1A1A")
"""A colour for each of the parameters that stand out, the same in every figure."""

_COLUMNS = 2


def leading(result: SobolResult) -> list[int]:
    """Order the parameters by their largest mean total index over the years of any output, the largest first."""
    total = result.indices.shown.total
    count = np.isfinite(total).sum(axis=0)
    mean = np.where(np.isfinite(total), total, 0.0).sum(axis=0) / np.maximum(count, 1)
    return [int(i) for i in np.argsort(-mean.max(axis=0), kind="stable")]


def coloured(result: SobolResult) -> dict[int, str]:
    """Give the leading parameters a colour each; where some get none, one colour less is used, to set grey off."""
    order = leading(result)
    own = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    return dict(zip(own, COLOURS, strict=False))


def say_empty(axes: Axes, *, undetermined: bool) -> None:
    """Write into an empty panel why it is empty."""
    words = "not determined" if undetermined else "does not vary"
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=8, color=MUTED)


def panels(result: SobolResult, height: float, *, extra: float = 1.0) -> tuple[Figure, list[Axes]]:
    """Return a figure with a titled panel for each output, two to a row; `extra` inches hold what stands below them."""
    n = len(result.outputs)
    columns = min(n, _COLUMNS)
    rows = math.ceil(n / columns)
    figure = new_figure((WIDE[0], extra + height * rows))
    grid = figure.subplots(rows, columns, squeeze=False)
    for axes, output in zip(grid.flat, result.outputs, strict=False):
        axes.set_title(output)
    for axes in grid.flat[n:]:
        axes.set_visible(False)
    return figure, list(grid.flat[:n])
