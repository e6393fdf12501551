"""The life cycle of innovation, as Figure 1 of Liu and Zhang draws it."""

from collections.abc import Sequence

from rcsd.papers.coevolution.figures.stages import shade_stages
from rcsd.papers.coevolution.step import LIFE_CYCLE, LifeCycle
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CITY_COLOURS,
    MUTED,
    OBSERVED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.wording import listing, places, shown_title, span
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.simulate import SIMULATE


def life_cycle_figure(result: StudyResult, cycle: LifeCycle) -> Drawing:
    """Draw the innovation preference (solid) and the interconversion factor (dotted) over the stages read off it."""
    with house_style():
        figure = new_figure((WIDE[0], 3.8))
        axes = figure.add_subplot()
        if cycle.assumed is not None:  # without intervals no years are told, by shades either
            shade_stages(axes, cycle.stages)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.axvline(result.info.fit_window[1] + 0.5, color=MUTED, linewidth=0.9, linestyle=(0, (8, 4)))
        axes.plot(
            result[SIMULATE].times,
            result[SIMULATE].simulated[cycle.preference],
            color=OBSERVED,
            label=f"x, {cycle.preference}",
        )
        if cycle.alpha is not None:
            axes.plot(
                result[SIMULATE].times,
                result[SIMULATE].simulated[cycle.alpha],
                color=OBSERVED,
                linestyle=":",
                label=f"α, {cycle.alpha}",
            )
        axes.set_xlim(result[SIMULATE].times[0], result[SIMULATE].times[-1])
        axes.set_ylabel("x < 0: technology leads\nx > 0: institutions lead")
        time_along(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    shaded = ", over the stages that it alone shows" if cycle.assumed is not None else ""
    stages = listing([stage.stage for stage in cycle.stages])
    return Drawing(
        "life-cycle",
        svg,
        png,
        f"Innovation preference {span(result[SIMULATE].times[0], result[SIMULATE].times[-1])}: {stages}.",
        "The innovation preference x of the fitted run (solid) and the interconversion factor α (dotted)"
        f"{shaded}. The run goes on without data after the dashed line, which ends the fit window.",
        wide=True,
    )


def life_cycles_figure(results: Sequence[StudyResult]) -> Drawing:
    """Draw the innovation preference of every study that has one, in one frame."""
    with house_style():
        figure = new_figure((WIDE[0], 3.8))
        axes = figure.add_subplot()
        axes.axhline(0, color=MUTED, linewidth=0.8)
        named = [(result, cycle) for result in results if (cycle := result.get(LIFE_CYCLE)) is not None]
        for index, (result, cycle) in enumerate(named):
            colour = CITY_COLOURS[index % len(CITY_COLOURS)]
            path = result[SIMULATE].simulated[cycle.preference]
            axes.plot(result[SIMULATE].times, path, color=colour, label=shown_title(result.info))
        axes.set_ylabel("x < 0: technology leads\nx > 0: institutions lead")
        time_along(axes)
        legend_below(figure, axes, columns=4)
        svg, png = save_bytes(figure)
    return Drawing(
        "life-cycles",
        svg,
        png,
        f"Innovation preference of {places([result.info.title for result, _ in named])} over the years.",
        "The innovation preference x of every fitted run: below zero technology leads, above zero institutions do.",
        wide=True,
    )
