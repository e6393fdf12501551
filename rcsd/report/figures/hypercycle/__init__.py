"""The figures of the hypercycle: one function each, from what the theory works out to a `Drawing`."""

from rcsd.report.figures.hypercycle.ladder import ladder_figure
from rcsd.report.figures.hypercycle.network import network_figure
from rcsd.report.figures.hypercycle.phase import phase_figure
from rcsd.report.figures.hypercycle.simplex import simplex_figure
from rcsd.report.figures.hypercycle.table import table_figure
from rcsd.report.figures.hypercycle.trajectories import trajectories_figure

__all__ = [
    "ladder_figure",
    "network_figure",
    "phase_figure",
    "simplex_figure",
    "table_figure",
    "trajectories_figure",
]
