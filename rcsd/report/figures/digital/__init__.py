"""The figures of the digital cluster: one function each, from what the theory works out to a `Drawing`."""

from rcsd.report.figures.digital.leaders import leaders_figure
from rcsd.report.figures.digital.paths import paths_figure
from rcsd.report.figures.digital.phase import phase_figure
from rcsd.report.figures.digital.table import table_figure

__all__ = ["leaders_figure", "paths_figure", "phase_figure", "table_figure"]
