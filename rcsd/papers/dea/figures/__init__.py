"""Figures of a data envelopment analysis."""

from rcsd.papers.dea.figures.improvement import improvement_figure
from rcsd.papers.dea.figures.movement import movement_figure
from rcsd.papers.dea.figures.scale import scale_figure
from rcsd.papers.dea.figures.standing import ranking_figure, standing_figure

__all__ = ["improvement_figure", "movement_figure", "ranking_figure", "scale_figure", "standing_figure"]
