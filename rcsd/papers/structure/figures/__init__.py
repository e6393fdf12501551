"""Figures of a structure optimisation."""

from rcsd.papers.structure.figures.front import front_figure
from rcsd.papers.structure.figures.linkages import linkages_figure
from rcsd.papers.structure.figures.path import path_figure
from rcsd.papers.structure.figures.ranges import ranges_figure
from rcsd.papers.structure.figures.shares import shares_figure

__all__ = ["front_figure", "linkages_figure", "path_figure", "ranges_figure", "shares_figure"]
