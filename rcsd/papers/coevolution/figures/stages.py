"""The stages of a life cycle as bands behind a path."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from rcsd.papers.coevolution import StageSpan
from rcsd.report.drawing.style import MUTED

STAGE_COLOURS = {"growth": "#E4EFE4", "maturity": "#FBF0DC", "decline": "#F6E3DD", "regeneration": "#E3ECF5"}
"""A pale band for each stage of the life cycle."""
_ROOM = 0.04


def shade_stages(axes: Axes, stages: Sequence[StageSpan]) -> None:
    """Lay a band behind the years of every stage, with its name above it where there is room."""
    for stage in stages:
        axes.axvspan(
            stage.first_year, stage.last_year, color=STAGE_COLOURS.get(stage.stage, "#EEEEEE"), linewidth=0, zorder=0
        )
        if stage.last_year - stage.first_year < _ROOM * (stages[-1].last_year - stages[0].first_year):
            continue
        axes.annotate(
            stage.stage,
            xy=((stage.first_year + stage.last_year) / 2, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=7.5,
            color=MUTED,
        )
