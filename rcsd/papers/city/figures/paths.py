"""What the optimal structure changes: the share that it aims at, then one panel an outcome with the difference."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from rcsd.papers.city.figures.bands import draw_levels
from rcsd.papers.city.pairs import Pair
from rcsd.papers.city.simulated import StructurePart
from rcsd.papers.city.story import Story
from rcsd.papers.city.words import quantity
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, SIMULATED, house_style, legend_below, whole_numbers
from rcsd.report.sections.forecast.words import share_words
from rcsd.report.wording import NO_BREAK, listing, percent


def paths_figure(story: Story) -> Drawing:
    """Draw the share in both scenarios, and of every other outcome the difference draw by draw."""
    part, index, years = story.simulated.structure, story.simulated.index, story.simulated.years
    assert part is not None  # drawn only where there is one
    plan = story.assessments.plans[story.study]
    others = [each for each in part.pairs if each.name != plan.share and np.any(each.difference.median)]
    others += [index.pairs[0]] if index is not None and index.pairs else []
    with house_style():
        figure, frames = panel_grid(1 + len(others), 2, 2.3)
        _draw_share(frames[0], story, part)
        for axes, each in zip(frames[1:], others, strict=True):
            _draw_difference(axes, years, each)
        for axes in frames:
            whole_numbers(axes)
        legend_below(figure, *frames, columns=4)
        svg, png = save_bytes(figure)
    target = part.settings.target
    names = [quantity(each) for each in others]
    differences = f", and differences of the optimal structure from the status quo in {listing(names)}" if names else ""
    return Drawing(
        "assessment-paths",
        svg,
        png,
        f"Resource industry's share in both scenarios to {years[-1]:.0f}{differences}.",
        "What the optimal structure changes, reached by spending the least money. How to read it: first the share of "
        f"the resource industry in both scenarios, median and 90{NO_BREAK}% of the draws; the mark is the share aimed "
        f"at for {target.horizon}, {percent(100 * target.share, 1)}. Then, for the other outcomes, the difference "
        "from the status quo with the same parameters and drivers in both, so that a band is the policy's doing "
        f"alone, at the strength and with the effects that are assumed. {share_words(part.share_reached)} of the draws "
        "reach their own target.",
        wide=True,
    )


def _draw_share(axes: Axes, story: Story, part: StructurePart) -> None:
    target, plan, years = part.settings.target, story.assessments.plans[story.study], story.simulated.years
    share = next((each for each in part.pairs if each.name == plan.share), None)
    axes.set_title(plan.share)
    if share is not None:
        draw_levels(axes, years, share.status_quo, "Status quo")
        draw_levels(axes, years, share.scenario, "Optimal structure")
    axes.plot(target.horizon, target.share, "D", color=OBSERVED, markersize=5, zorder=6, label="target")
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_ylim(bottom=0)


def _draw_difference(axes: Axes, years: NDArray[np.float64], each: Pair) -> None:
    found = each.difference
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.fill_between(years, found.low, found.high, color=SIMULATED, alpha=0.2, linewidth=0)
    axes.plot(years, found.median, color=SIMULATED, label="difference from the status quo")
    unit = "%" if each.measure == "percent" else "" if each.unit == "Dmnl" else each.unit
    axes.set_title(quantity(each))
    axes.set_ylabel(f"difference, {unit}" if unit else "difference")
