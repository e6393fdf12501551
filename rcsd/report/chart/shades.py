"""The colours of a table of cells, and of charts on dark paper."""

from __future__ import annotations

from typing import Final

import numpy as np

from rcsd.report.chart.layers import Cells, Shades

SHADES: Final[dict[Shades, tuple[str, ...]]] = {
    "blues": ("#F7FBFF", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B"),
    "differences": ("#D55E00", "#F4B58A", "#F7F7F7", "#8CC0E0", "#0072B2"),
}
"""From the lowest to the highest value, at equal distances."""

_DARK = 0.55
"""Share of the way to an end from which on letters in a cell are white."""


def dark(cells: Cells, row: int, column: int) -> bool:
    """Whether a cell is too dark for dark letters."""
    value = float(cells.values[row, column])
    if not np.isfinite(value):
        return False
    share = (value - cells.low) / (cells.high - cells.low)
    return abs(2 * share - 1) > 0.7 if cells.shades == "differences" else share > _DARK  # noqa: PLR2004
