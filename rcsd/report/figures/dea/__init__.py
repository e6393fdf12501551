"""Figures of a data envelopment analysis."""

from rcsd.report.figures.dea.improvement import improvement_figure
from rcsd.report.figures.dea.movement import movement_figure
from rcsd.report.figures.dea.scale import scale_figure
from rcsd.report.figures.dea.standing import ranking_figure, standing_figure

__all__ = ["improvement_figure", "movement_figure", "ranking_figure", "scale_figure", "standing_figure"]
