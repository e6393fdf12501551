"""The figures of the co-evolution model: one function each, from what the theory works out to a `Drawing`."""

from rcsd.papers.coevolution.figures.bifurcations import bifurcations_figure
from rcsd.papers.coevolution.figures.density import density_figure
from rcsd.papers.coevolution.figures.landscape import landscape_figure
from rcsd.papers.coevolution.figures.path import path_figure
from rcsd.papers.coevolution.figures.phase import phase_figure

__all__ = ["bifurcations_figure", "density_figure", "landscape_figure", "path_figure", "phase_figure"]
