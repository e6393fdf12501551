"""All scenarios beside the status quo: one panel an outcome, one bar a scenario and year."""

import math

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rcsd.analysis.scenarios import Outcome
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CITY_COLOURS,
    FIT_WINDOW,
    HOLDOUT_WINDOW,
    MUTED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.sections.forecast.words import better_words, claim_range
from rcsd.report.spoken import when
from rcsd.report.wording import NO_BREAK, listing
from rcsd.study.findings.scenarios import Compared

_COLUMNS = 2
_GAP = 0.3  # between the bars of two years of one scenario


def scenario_figure(compared: Compared) -> Drawing:
    """Draw the differences of every scenario from the reference, with their 90 % bands."""
    definition = compared.definition
    shown = [each for each in definition.scenarios if each.name != definition.reference]
    reference = definition.scenario(definition.reference).title
    rows = math.ceil(len(definition.outcomes) / _COLUMNS)
    with house_style():
        figure = new_figure((WIDE[0], 0.8 + (0.7 + 0.3 * len(shown)) * rows))
        grid = figure.subplots(rows, _COLUMNS, squeeze=False, sharey=True)
        panels = list(grid.flat)
        for axes, outcome in zip(panels, definition.outcomes, strict=False):
            _shade_claims(axes, compared, outcome)
            _draw_outcome(axes, compared, outcome)
            axes.set_yticks(range(len(shown)), [each.title for each in shown])
            axes.set_ylim(len(shown) - 0.5, -0.5)
            axes.grid(axis="y", visible=False)
            axes.axvline(0, color=MUTED, linewidth=0.8)
            axes.set_title(outcome.variable)
            axes.set_xlabel(_axis(outcome))
            axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
        for axes in panels[len(definition.outcomes) :]:
            axes.set_visible(False)
        legend_below(figure, *panels[: len(definition.outcomes)], columns=4)
        svg, png = save_bytes(figure)
    years = listing([when(year) for year in definition.years])
    return Drawing(
        "scenarios",
        svg,
        png,
        f"Differences of {len(shown)} scenarios from “{reference}” in {years}, by outcome.",
        f"Every scenario against “{reference}”. How to read it: the dot is the median difference, the bar holds "
        f"90{NO_BREAK}% of the draws; both have the same parameters and drivers in a draw, so that the bar is the "
        "policy's alone. What it does not hold is the strength, which is assumed.",
        wide=True,
    )


def _axis(outcome: Outcome) -> str:
    unit = "%" if outcome.measure == "percent" else outcome.unit
    return f"difference ({unit}); {better_words(outcome.better)}"


def _draw_outcome(axes: Axes, compared: Compared, outcome: Outcome) -> None:
    definition, beyond = compared.definition, compared.beyonds[0]
    names = [each.name for each in definition.scenarios if each.name != definition.reference]
    offset = -_GAP * (len(definition.years) - 1) / 2
    for k, year in enumerate(definition.years):
        at, colour = compared.at(year), CITY_COLOURS[k % len(CITY_COLOURS)]
        for row, name in enumerate(names):
            found, height = compared.of(name, outcome.variable, beyond), row + offset + _GAP * k
            low, median, high = (float(values[at]) for values in (found.low, found.median, found.high))
            axes.plot([low, high], [height, height], color=colour, linewidth=2.2, solid_capstyle="butt")
            axes.plot(median, height, "o", color=colour, markersize=4.5, label=when(year) if row == 0 else None)
    axes.margins(x=0.16)


def _shade_claims(axes: Axes, compared: Compared, outcome: Outcome) -> None:
    for i, claim in enumerate(each for each in compared.definition.claims if each.variable == outcome.variable):
        colour = (HOLDOUT_WINDOW, FIT_WINDOW)[i % 2]
        label = f"claimed for {when(claim.year)}: {claim_range(claim, outcome.measure)}"
        axes.axvspan(claim.lower, claim.upper, color=colour, linewidth=0, zorder=0, label=label)
