"""Figures of the resilience index."""

from rcsd.papers.resilience.figures.acceptability import acceptability_figure
from rcsd.papers.resilience.figures.forecast import forecast_figure
from rcsd.papers.resilience.figures.ranking import ranking_figure
from rcsd.papers.resilience.figures.robustness import robustness_figure
from rcsd.papers.resilience.figures.scores import scores_figure
from rcsd.papers.resilience.figures.weights import weights_figure

__all__ = [
    "acceptability_figure",
    "forecast_figure",
    "ranking_figure",
    "robustness_figure",
    "scores_figure",
    "weights_figure",
]
