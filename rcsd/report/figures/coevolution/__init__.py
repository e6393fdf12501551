"""The figures of the co-evolution model: one function each, from what the theory works out to a `Drawing`."""

from rcsd.report.figures.coevolution.bifurcations import bifurcations_figure
from rcsd.report.figures.coevolution.density import density_figure
from rcsd.report.figures.coevolution.landscape import landscape_figure
from rcsd.report.figures.coevolution.path import path_figure
from rcsd.report.figures.coevolution.phase import phase_figure

__all__ = ["bifurcations_figure", "density_figure", "landscape_figure", "path_figure", "phase_figure"]
