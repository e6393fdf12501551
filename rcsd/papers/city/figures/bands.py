"""A quantity in the status quo and in the optimal structure."""

from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.bands import Band
from rcsd.report.drawing.style import FROZEN, MUTED

Scenario = Literal["Status quo", "Optimal structure"]

_LOOKS: dict[Scenario, tuple[str, float, str | tuple[int, tuple[float, ...]]]] = {
    "Status quo": (MUTED, 0.25, (0, (4, 1.5))),
    "Optimal structure": (FROZEN, 0.2, "-"),
}


def draw_levels(axes: Axes, years: NDArray[np.float64], found: Band, scenario: Scenario) -> None:
    """Draw a median and its 90 % band in the colours of a scenario."""
    colour, alpha, dashes = _LOOKS[scenario]
    axes.fill_between(years, found.low, found.high, color=colour, alpha=alpha, linewidth=0)
    axes.plot(years, found.median, color=colour, linestyle=dashes, label=scenario)
