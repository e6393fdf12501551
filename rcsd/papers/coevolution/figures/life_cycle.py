"""The life cycle of innovation, as Figure 1 of Liu and Zhang draws it."""

from rcsd.papers.coevolution.figures.stages import shade_stages
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, WIDE, house_style, legend_below, new_figure, whole_numbers
from rcsd.report.wording import span, stage_span
from rcsd.study.graph.result import LifeCycle, StudyResult


def life_cycle_figure(result: StudyResult, cycle: LifeCycle) -> Drawing:
    """Draw the innovation preference (solid) and the interconversion factor (dotted) over the stages read off it."""
    with house_style():
        figure = new_figure((WIDE[0], 3.8))
        axes = figure.add_subplot()
        shade_stages(axes, cycle.stages)
        axes.axhline(0, color=MUTED, linewidth=0.8)
        axes.axvline(result.info.fit_window[1] + 0.5, color=MUTED, linewidth=0.9, linestyle=(0, (8, 4)))
        axes.plot(result.times, result.simulated[cycle.preference], color=OBSERVED, label=f"x, {cycle.preference}")
        if cycle.alpha is not None:
            axes.plot(
                result.times, result.simulated[cycle.alpha], color=OBSERVED, linestyle=":", label=f"α, {cycle.alpha}"
            )
        axes.set_xlim(result.times[0], result.times[-1])
        axes.set_ylabel("x < 0: technology leads\nx > 0: institutions lead")
        whole_numbers(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    stages = "; ".join(f"{stage.stage} {stage_span(stage)}" for stage in cycle.stages)
    return Drawing(
        "life-cycle",
        svg,
        png,
        f"Innovation preference {span(result.times[0], result.times[-1])}: {stages}.",
        "The innovation preference x of the fitted run (solid) and the interconversion factor α (dotted). The stages "
        "are read off x; the run goes on without data after the dashed line, which ends the fit window.",
        wide=True,
    )
