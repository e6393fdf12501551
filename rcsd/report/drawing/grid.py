"""Small panels in rows, one for each parameter or series."""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from rcsd.report.drawing.style import WIDE, new_figure


def panel_grid(n: int, columns: int, height: float, *, extra: float = 0.6) -> tuple[Figure, list[Axes]]:
    """Return a figure of `n` panels, `columns` to a row of `height` inches; `extra` inches hold the legend."""
    columns = min(n, columns)
    rows = math.ceil(n / columns)
    figure = new_figure((WIDE[0], extra + height * rows))
    axes = figure.subplots(rows, columns, squeeze=False)
    for unused in axes.flat[n:]:
        unused.set_visible(False)
    return figure, list(axes.flat[:n])
