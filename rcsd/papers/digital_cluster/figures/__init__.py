"""The figures of the digital cluster: one function each, from what the theory works out to a `Drawing`."""

from rcsd.papers.digital_cluster.figures.leaders import leaders_figure
from rcsd.papers.digital_cluster.figures.paths import paths_figure
from rcsd.papers.digital_cluster.figures.phase import phase_figure
from rcsd.papers.digital_cluster.figures.table import table_figure

__all__ = ["leaders_figure", "paths_figure", "phase_figure", "table_figure"]
