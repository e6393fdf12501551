"""The figures of the hypercycle: one function each, from what the theory works out to a `Drawing`."""

from rcsd.papers.hypercycle.figures.ladder import ladder_figure
from rcsd.papers.hypercycle.figures.network import network_figure
from rcsd.papers.hypercycle.figures.phase import phase_figure
from rcsd.papers.hypercycle.figures.simplex import simplex_figure
from rcsd.papers.hypercycle.figures.table import table_figure
from rcsd.papers.hypercycle.figures.trajectories import trajectories_figure

__all__ = [
    "ladder_figure",
    "network_figure",
    "phase_figure",
    "simplex_figure",
    "table_figure",
    "trajectories_figure",
]
