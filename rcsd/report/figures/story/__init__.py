"""Figures of a study told with its assessments."""

from rcsd.report.figures.story.index import index_figure
from rcsd.report.figures.story.paths import paths_figure

__all__ = ["index_figure", "paths_figure"]
