"""The optimal structure beside the status quo: one panel an outcome."""

from matplotlib.ticker import PercentFormatter

from rcsd.coupling.pairs import Pair
from rcsd.coupling.story import Story
from rcsd.report.figures.grid import panel_grid
from rcsd.report.figures.save import Drawing, save_bytes
from rcsd.report.figures.story.bands import draw_levels
from rcsd.report.figures.style import OBSERVED, house_style, legend_below, whole_numbers
from rcsd.report.scenario_wording import share_words
from rcsd.report.wording import NO_BREAK, percent


def paths_figure(story: Story) -> Drawing:
    """Draw median and 90 % band of every outcome in both scenarios, and the target of the resource industry's share."""
    part, years = story.simulated.structure, story.simulated.years
    assert part is not None  # drawn only where there is one
    target, plan = part.settings.target, story.assessments.plans[story.study]
    with house_style():
        figure, frames = panel_grid(len(part.pairs), 2, 2.3)
        for axes, each in zip(frames, part.pairs, strict=True):
            draw_levels(axes, years, each.status_quo, "Status quo")
            draw_levels(axes, years, each.scenario, "Optimal structure")
            axes.set_title(each.name)
            axes.set_ylabel(each.unit)
            if each.name == plan.share:
                axes.plot(target.horizon, target.share, "D", color=OBSERVED, markersize=5, zorder=6, label="target")
                axes.set_ylabel("")
                axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
                axes.set_ylim(bottom=0)
            whole_numbers(axes)
        legend_below(figure, *frames)
        svg, png = save_bytes(figure)
    share = next(each for each in part.pairs if each.name == plan.share)
    at = int((years == target.horizon).argmax())
    return Drawing(
        "assessment-paths",
        svg,
        png,
        f"{', '.join(each.name for each in part.pairs)} to {years[-1]:.0f} in the status quo and with the optimal "
        "structure.",
        f"The model's path in both scenarios. How to read it: lines are medians, bands hold 90{NO_BREAK}% of the "
        f"draws; the mark is the share aimed at for {target.horizon}, {percent(100 * target.share, 1)}, which "
        f"{share_words(part.share_reached)} of the draws reach, each its own. Bands hold parameters and prices, which "
        f"both scenarios share: {_apart(share, at)}",
        wide=True,
    )


def _apart(share: Pair, at: int) -> str:
    """Say that bands which overlap may differ surely."""
    better = share_words(float(share.difference.share_better[at]))
    return f"where bands overlap, the share is still lower in {better} of the draws."
