"""A digital cluster through time, over its stages."""

from matplotlib.axes import Axes

from rcsd.papers.digital_cluster import STAGES, Survey
from rcsd.papers.digital_cluster.figures.wording import STAGE_COLOURS, STAGE_INKS, settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, CITY_COLOURS, MUTED, WIDE, house_style, new_figure

_SHARES = (
    "Digitalisation",
    "Digital Transaction Share",
    "Platform Integration",
    "Participant Involvement",
    "Etharchy",
)
_EFFECTS = ("Transaction Cost Index", "Distance Discount", "Skill Sufficiency", "Knowledge Stock", "Sustainability")


def paths_figure(found: Survey) -> Drawing:
    """Draw shares, effects and the certainty of the stage over the years, with the stages as bands."""
    times = found.path.times
    with house_style():
        figure = new_figure((WIDE[0], 8.2))
        panels = figure.subplots(3, 1, sharex=True, height_ratios=(3, 3, 1.4))
        for axes, names in zip(panels, (_SHARES, _EFFECTS), strict=False):
            _bands(axes, found)
            for name, colour in zip(names, CITY_COLOURS, strict=False):
                axes.plot(times, found.path.values[name], color=colour, label=name)
            axes.axvline(found.year, color=ALERT, linewidth=0.9, linestyle=":")
            axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
            axes.set_ylim(bottom=0)
        panels[0].set_ylabel("share of participants,\ntransactions or relations")
        panels[1].set_ylabel("index, 1 at the beginning,\nor share")
        _certainty(panels[2], found)
        panels[2].set_xlabel("year since the begin of digitalisation")
        panels[2].set_xlim(times[0], times[-1])
        svg, png = save_bytes(figure)
    said = "; ".join(
        f"{span.stage} {span.first_year:.1f}–{'' if span.open else f'{span.last_year:.1f}'}" for span in found.spans
    )
    return Drawing(
        "digital-paths",
        svg,
        png,
        f"Digital cluster over {times[-1]:g} years, path: {found.kind}; stages: {said}.",
        "How to read it: the bands are the stages that the classifier names, the lines what it reads and what moves "
        "them; below, the share of draws of all thresholds from their ranges that name each stage. "
        f"Path: {found.kind}. {settings(found.path.parameters)}.",
        wide=True,
    )


def _bands(axes: Axes, found: Survey) -> None:
    """Lay a band behind every stage, with its name above where there is room."""
    length = found.path.times[-1] - found.path.times[0]
    place = axes.get_subplotspec()
    for span in found.spans:
        axes.axvspan(span.first_year, span.last_year, color=STAGE_COLOURS[span.stage], linewidth=0, zorder=0)
        if place is not None and place.is_first_row():
            words = span.stage.replace(" ", "\n") if span.last_year - span.first_year < length / 4 else span.stage
            if span.last_year - span.first_year > length / 14:
                axes.annotate(
                    words,
                    xy=((span.first_year + span.last_year) / 2, 1.0),
                    xycoords=("data", "axes fraction"),
                    xytext=(0, 3),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    fontsize=7.5,
                    color=MUTED,
                )


def _certainty(axes: Axes, found: Survey) -> None:
    """Draw how often each stage is named as thresholds vary."""
    axes.stackplot(
        found.path.times, found.shares, colors=[STAGE_INKS[stage] for stage in STAGES], labels=STAGES, alpha=0.75
    )
    axes.set_ylim(0, 1)
    axes.set_ylabel("share of\nthresholds")
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), reverse=True)
