"""All scenarios beside the status quo: one panel an outcome, one bar a scenario and year."""

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.scenarios import Outcome, Scenario
from rcsd.report.chart import Chart, Layer, Panel, Points, Rule, Segments, Span, linear, named
from rcsd.report.drawing.style import CITY_COLOURS, FIT_WINDOW, HOLDOUT_WINDOW
from rcsd.report.sections.forecast.words import better_words, claim_range
from rcsd.report.spoken import at_times, when
from rcsd.report.wording import NO_BREAK
from rcsd.study.findings.scenarios import Compared

_COLUMNS = 2
_GAP = 0.3  # between the bars of two years of one scenario


def scenario_figure(compared: Compared) -> Chart:
    """Draw the differences of every scenario from the reference, with their 90 % bands."""
    definition = compared.definition
    shown = [each for each in definition.scenarios if each.name != definition.reference]
    reference = definition.scenario(definition.reference).title
    panels = tuple(_panel(compared, outcome, shown) for outcome in definition.outcomes)
    years = at_times(*definition.years)
    return Chart(
        "scenarios",
        panels,
        f"Differences of {len(shown)} scenarios from “{reference}” {years}, by outcome.",
        f"Every scenario against “{reference}”. How to read it: the dot is the median difference, the bar holds "
        f"90{NO_BREAK}% of the draws; both have the same parameters and drivers in a draw, so that the bar is the "
        "policy's alone. What it does not hold is the strength, which is assumed.",
        wide=True,
        columns=min(_COLUMNS, len(panels)),
    )


def _axis(outcome: Outcome) -> str:
    unit = "%" if outcome.measure == "percent" else outcome.unit
    return f"difference ({unit}); {better_words(outcome.better)}"


def _panel(compared: Compared, outcome: Outcome, shown: Sequence[Scenario]) -> Panel:
    definition, beyond = compared.definition, compared.beyonds[0]
    rows = np.arange(len(shown))
    offset = -_GAP * (len(definition.years) - 1) / 2
    layers: list[Layer] = [*_claims(compared, outcome), Rule(0.0, along="x")]
    for k, year in enumerate(definition.years):
        at, colour, heights = compared.at(year), CITY_COLOURS[k % len(CITY_COLOURS)], rows + offset + _GAP * k
        found = [compared.of(each.name, outcome.variable, beyond) for each in shown]
        low, median, high = (
            np.array([getattr(each, name)[at] for each in found]) for name in ("low", "median", "high")
        )
        layers += [
            Segments(low, heights, high, heights, f"{when(year)}, 90{NO_BREAK}%", colour, 2.2),
            Points(median, heights, f"{when(year)}, median", colour, size=4.5),
        ]
    names = named([each.title for each in shown])
    return Panel(tuple(layers), linear(_axis(outcome)), names, outcome.variable, height=0.9 + 0.3 * len(shown))


def _claims(compared: Compared, outcome: Outcome) -> tuple[Span, ...]:
    claims = [each for each in compared.definition.claims if each.variable == outcome.variable]
    return tuple(
        Span(
            claim.lower,
            claim.upper,
            (HOLDOUT_WINDOW, FIT_WINDOW)[i % 2],
            f"claimed for {when(claim.year)}: {claim_range(claim, outcome.measure)}",
        )
        for i, claim in enumerate(claims)
    )
