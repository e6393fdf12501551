"""Figures of the resilience index."""

from rcsd.report.figures.resilience.acceptability import acceptability_figure
from rcsd.report.figures.resilience.forecast import forecast_figure
from rcsd.report.figures.resilience.ranking import ranking_figure
from rcsd.report.figures.resilience.robustness import robustness_figure
from rcsd.report.figures.resilience.scores import scores_figure
from rcsd.report.figures.resilience.weights import weights_figure

__all__ = [
    "acceptability_figure",
    "forecast_figure",
    "ranking_figure",
    "robustness_figure",
    "scores_figure",
    "weights_figure",
]
