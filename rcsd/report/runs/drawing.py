"""Variables over time: a panel for each, a line for each run, a band where there are many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from rcsd.bands import band
from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import SIMULATED, house_style

MOST_PANELS = 60
_MOST_LINES = 8
_COLUMNS = 2
_HEIGHT = 2.3


def draw_runs(ensemble: Ensemble, *, name: str = "runs", caption: str = "") -> Drawing:
    """Draw every variable of an ensemble.

    Runs that did not end OK are left out. More than a few runs are drawn as the median and the middle 90 per cent.

    Raises
    ------
    ParameterError
        For more variables than a figure holds.
    SimulationError
        When every run has failed.
    """
    if len(ensemble.variables) > MOST_PANELS:
        raise ParameterError(
            f"{len(ensemble.variables)} variables are more than one figure holds, {MOST_PANELS}: name those to draw"
        )
    ensemble.require_some()
    with house_style():
        figure, panels = panel_grid(len(ensemble.variables), _COLUMNS, _HEIGHT)
        for axes, variable in zip(panels, ensemble.variables, strict=True):
            _draw(axes, ensemble.times, ensemble.of(variable)[ensemble.ok])
            axes.set_title(variable, fontsize=8.5, wrap=True)
            axes.set_ylabel(ensemble.units.get(variable, ""))
    svg, png = save_bytes(figure)
    return Drawing(name, svg, png, alt=_alt(ensemble.variables), caption=caption, wide=True)


def _draw(axes: Axes, times: NDArray[np.float64], runs: NDArray[np.float64]) -> None:
    if len(runs) <= _MOST_LINES:
        for run in runs:
            axes.plot(times, run, color=SIMULATED, alpha=1.0 if len(runs) == 1 else 0.7)
        return
    found = band(runs)
    axes.fill_between(times, found.low, found.high, color=SIMULATED, alpha=0.2, linewidth=0)
    axes.plot(times, found.median, color=SIMULATED)


def _alt(variables: Sequence[str]) -> str:
    few = 6
    more = f" and {len(variables) - few} more" if len(variables) > few else ""
    return f"Over time: {', '.join(variables[:few])}{more}."
