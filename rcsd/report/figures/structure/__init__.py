"""Figures of a structure optimisation."""

from rcsd.report.figures.structure.front import front_figure
from rcsd.report.figures.structure.linkages import linkages_figure
from rcsd.report.figures.structure.path import path_figure
from rcsd.report.figures.structure.ranges import ranges_figure
from rcsd.report.figures.structure.shares import shares_figure

__all__ = ["front_figure", "linkages_figure", "path_figure", "ranges_figure", "shares_figure"]
