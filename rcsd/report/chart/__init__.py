"""Figures that are described once and drawn twice: still, for paper, and live in the page."""

from rcsd.report.chart.axis import Axis, linear, logarithmic, named, time
from rcsd.report.chart.chart import Chart, Panel
from rcsd.report.chart.layers import Band, Boxes, Cells, Layer, Line, Points, Rule, Segments, Span, Words

__all__ = [
    "Axis",
    "Band",
    "Boxes",
    "Cells",
    "Chart",
    "Layer",
    "Line",
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
