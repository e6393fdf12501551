"""Figures of a study told with its assessments."""

from rcsd.papers.city.figures.index import index_figure
from rcsd.papers.city.figures.paths import paths_figure

__all__ = ["index_figure", "paths_figure"]
