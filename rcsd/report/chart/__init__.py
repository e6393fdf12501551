"""Figures that are described once and drawn twice: still, for paper, and live in the page."""

from rcsd.report.chart.axis import Axis, linear, logarithmic, named, time
from rcsd.report.chart.chart import Chart, Panel
from rcsd.report.chart.layers import Band, Boxes, Cells, Dash, Layer, Line, Mark, Points, Rule, Segments, Span, Words

__all__ = [
    "Axis",
    "Band",
    "Boxes",
    "Cells",
    "Chart",
    "Dash",
    "Layer",
    "Line",
    "Mark",
    "Panel",
    "Points",
    "Rule",
    "Segments",
    "Span",
    "Words",
    "linear",
    "logarithmic",
    "named",
    "time",
]
