"""Figure 1 of Liu and Zhang: the life cycle of innovation."""

from rcsd.papers.coevolution import LifeCycleReading, Trajectory
from rcsd.papers.coevolution.figures.stages import shade_stages
from rcsd.papers.coevolution.figures.wording import LEADS, settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure

_MEANINGS = {
    "life cycle": "a life cycle",
    "recurrent": "no life cycle but a swing that recurs",
    "none": "no life cycle",
    "unfinished": "a life cycle that the run ends in, if it is one",
}


def path_figure(path: Trajectory, reading: LifeCycleReading) -> Drawing:
    """Draw x (solid) and alpha (dotted) over the stages read off x, as the paper's Figure 1 does."""
    stages = reading.stages if reading.kind in {"life cycle", "unfinished"} else ()
    with house_style():
        figure = new_figure((WIDE[0], 3.8))
        axes = figure.add_subplot()
        # a swing that recurs has no stages, however much its first turn looks like some
        shade_stages(axes, stages)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.plot(path.times, path.preference, color=OBSERVED, label="x, innovation preference")
        axes.plot(path.times, path.alpha, color=OBSERVED, linestyle=":", label="α, interconversion factor")
        axes.set_xlim(path.times[0], path.times[-1])
        axes.set_xlabel("year")
        axes.set_ylabel(LEADS)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    said = "".join(
        f"; {stage.stage} {stage.first_year:.1f}–{'' if stage.open else f'{stage.last_year:.1f}'}" for stage in stages
    )
    return Drawing(
        "coevolution-path",
        svg,
        png,
        f"Innovation preference x over {path.times[-1] - path.times[0]:g} years: {_MEANINGS[reading.kind]}{said}.",
        f"The path of x (solid) and α (dotted), Liu and Zhang's Figure 1, with the stages read off x: "
        f"{_MEANINGS[reading.kind]}. {settings(path.parameters)}.",
        wide=True,
    )
