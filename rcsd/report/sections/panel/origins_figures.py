"""The figures of a panel's forecasts from many origins."""

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from rcsd.report.chart import Chart, Line, Panel, Rule, linear
from rcsd.report.chart.layers import Dash
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CARD,
    CITY_COLOURS,
    FROZEN,
    MUTED,
    OBSERVED,
    SIMULATED,
    house_style,
    legend_below,
    new_figure,
    whole_numbers,
)
from rcsd.report.sections.panel.origins_tables import ahead
from rcsd.report.wording import capital, listing
from rcsd.study.panel.scoring.result import AVERAGE, OriginsResult

_STRUCTURE, _RULE = "#7FB7DC", "#9A9A9A"
_PROMISED = 0.9
_UNIFORM = 0.1


def headline_figure(result: OriginsResult) -> Drawing:
    """Draw the scaled error of every forecaster over the first group of origins, best at the top."""
    first, group = result.weights.series, result.plan.groups[0]
    reference = result.reference[first]
    shown = [each for each in result.forecasters if result.score(each.name, first, group.name, group.horizons[0])]
    order = sorted(shown, key=lambda each: _mase(result, each.name, group.horizons[-1]))
    rows = np.arange(len(order))
    with house_style():
        figure = new_figure((CARD[0], 1.2 + 0.2 * len(order)))
        panels = figure.subplots(1, len(group.horizons), sharey=True, squeeze=False)[0]
        for axes, horizon in zip(panels, group.horizons, strict=True):
            for row, each in zip(rows, order, strict=True):
                colour = SIMULATED if each.name == AVERAGE else FROZEN if each.name == reference else _RULE
                colour = _STRUCTURE if each.kind == "structure" else colour
                score = result.score(each.name, first, group.name, horizon)
                if score is not None:
                    ends = [score.mase - score.mase_error, score.mase + score.mase_error]
                    axes.plot(ends, [row, row], color=colour, linewidth=1.2)
                    axes.plot(score.mase, row, "o", color=colour, markersize=5 if colour != _RULE else 4)
            axes.axvline(_mase(result, AVERAGE, horizon), color=SIMULATED, linewidth=0.7, linestyle=(0, (3, 2)))
            axes.set_xlim(0, min(axes.get_xlim()[1], 4 * _mase(result, reference, horizon)))
            axes.set_title(f"{ahead(horizon)} ahead", fontweight="normal", fontsize=8.5)
            axes.set_xlabel("MASE")
        panels[0].set_yticks(rows, [capital(each.title) for each in order])
        panels[0].set_ylim(len(order) - 0.5, -0.5)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-headline",
        svg,
        png,
        f"Scaled errors of {result.series[first]} from {group.title}: the model, its structures and benchmark rules.",
        "How to read it: further left is better; the bar is a standard error, clustered by origin. Dark blue: the "
        "model, the average over its structures (light blue). Orange: the rule to beat. Points beyond the right edge "
        "are not drawn.",
    )


def _mase(result: OriginsResult, name: str, horizon: int) -> float:
    score = result.score(name, result.weights.series, result.plan.groups[0].name, horizon)
    return float("inf") if score is None else score.mase


_LINES: Final[tuple[tuple[str, str, str, Dash, float], ...]] = (
    ("ets", "exp. smoothing", "#CC79A7", "dashdot", 1.3),
    ("auto_arima", "AutoARIMA", "#009E73", "dotted", 1.3),
    ("two_line", "two-line rule", FROZEN, "dashed", 1.5),
    (AVERAGE, "model", SIMULATED, "solid", 2.2),
)
"""Forecasts that are followed from origin to origin, the model on top."""


def by_origin_figure(result: OriginsResult) -> Chart:
    """Draw error and bias origin by origin, of the model and of three rules."""
    first = result.weights.series
    horizon = result.plan.groups[0].horizons[0]
    origins = linear("origin", whole=True)
    return Chart(
        "panel-by-origin",
        (
            Panel(_by_origin(result, "mase"), origins, linear("MASE", 0), height=3.0),
            Panel((Rule(0.0), *_by_origin(result, "bias")), origins, linear("bias, %"), height=3.0),
        ),
        f"Scaled error and bias of {result.series[first]} by origin, {ahead(horizon)} ahead.",
        "How to read it: above, lower is better, and where the blue line lies above another the model loses. Below, "
        "above 0 forecasts were too high: a slowdown shows as a hill of all lines.",
        linked=True,
    )


def _by_origin(result: OriginsResult, what: str) -> tuple[Line, ...]:
    """Return a line for each forecaster that has scores."""
    first, horizon, lines = result.weights.series, result.plan.groups[0].horizons[0], []
    for name, label, colour, dash, width in _LINES:
        scores = [s for s in result.by_origin if (s.forecaster, s.series, s.horizon) == (name, first, horizon)]
        if scores:
            years, values = [each.origin for each in scores], [getattr(each, what) for each in scores]
            lines.append(Line(years, values, label, colour, dash, width, "circle"))
    return tuple(lines)


def weights_figure(result: OriginsResult) -> Drawing:
    """Draw the weight of every structure at every origin, one above another."""
    found = result.weights
    titles = {each.name: each.title for each in result.forecasters}
    with house_style():
        figure = new_figure((CARD[0], 3.8))
        axes = figure.add_subplot()
        base = np.zeros(len(found.origins))
        for k, (name, weights) in enumerate(zip(found.structures, found.weights, strict=True)):
            colour = CITY_COLOURS[k % len(CITY_COLOURS)]
            axes.bar(found.origins, weights, bottom=base, width=0.8, color=colour)
            axes.plot([], [], "s", color=colour, label=capital(titles[name]))  # the legend's
            base = base + weights
        axes.set_ylim(0, 1)
        axes.set_xlabel("origin")
        axes.set_ylabel("weight")
        axes.grid(visible=False)
        whole_numbers(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-weights",
        svg,
        png,
        "Weight of every structure in the average, by origin.",
        "How to read it: equal parts at the first origin, when nothing is known; a part that grows has forecast "
        "better than the others from earlier origins.",
    )


def coverage_figure(result: OriginsResult) -> Drawing:
    """Draw coverage by origin, before and after scaling, a panel for each series."""
    horizon = result.plan.groups[0].horizons[0]
    with house_style():
        figure = new_figure((CARD[0], 0.9 + 1.5 * len(result.series)))
        panels = figure.subplots(len(result.series), 1, sharex=True, squeeze=False)[:, 0]
        for axes, (series, variable) in zip(panels, result.series.items(), strict=True):
            found = [
                each
                for each in result.by_origin_calibration
                if (each.series, each.horizon) == (series, horizon) and each.before.n
            ]
            years = [each.origin for each in found]
            low, high = ([100 * getattr(each.before, end) for each in found] for end in ("low", "high"))
            axes.fill_between(years, low, high, color="#E4E4E4", linewidth=0, label="95 % band")
            axes.axhline(100 * _PROMISED, color=MUTED, linewidth=0.8)
            axes.plot(years, [100 * each.before.share for each in found], "o-", color=SIMULATED, label="as forecast")
            axes.plot(
                years, [100 * each.after.share for each in found], "s--", color=FROZEN, ms=4, label="after scaling"
            )
            axes.set_title(variable)
            axes.set_ylim(max(0, min([60, *axes.get_ylim()])), 102)
            axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} %"))
        panels[-1].set_xlabel("origin")
        whole_numbers(panels[-1])
        legend_below(figure, *panels)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-coverage",
        svg,
        png,
        f"Share of cells in the 90 % interval by origin, {ahead(horizon)} ahead: "
        f"{listing(list(result.series.values()))}.",
        "How to read it: right intervals keep near 90 %. Grey is where 95 % of such shares would lie if cells were "
        "independent, which they are not. Orange: widths scaled by what earlier origins teach.",
    )


def pit_figure(result: OriginsResult) -> Drawing:
    """Draw the histogram of the share of the forecast below what came, a panel for each series."""
    group = result.plan.groups[0]
    horizon = group.horizons[0]
    with house_style():
        figure = new_figure((CARD[0], 2.9))
        panels = figure.subplots(1, len(result.series), sharey=True, squeeze=False)[0]
        for axes, (series, variable) in zip(panels, result.series.items(), strict=True):
            key = (series, group.name, horizon)
            found = next(e for e in result.calibrations if (e.series, e.group, e.horizon) == key)
            _histogram(axes, found.pit, found.pit_after)
            axes.set_title(variable)
            axes.set_xticks([0, 0.5, 1])
        panels[0].set_ylabel("share of cells")
        legend_below(figure, *panels)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-pit",
        svg,
        png,
        f"Histogram of the share of the forecast below what came, from {group.title}, {ahead(horizon)} ahead.",
        "How to read it: level bars at the line are right; a hump is too wide a forecast, a hollow too narrow, a "
        "slope to the left one that is too high.",
    )


def _histogram(axes: Axes, before: tuple[int, ...], after: tuple[int, ...]) -> None:
    edges = np.linspace(0, 1, len(before) + 1)
    total = max(sum(before), 1)
    axes.stairs(np.array(before) / total, edges, fill=True, color=_STRUCTURE, label="as forecast")
    axes.stairs(np.array(after) / max(sum(after), 1), edges, color=FROZEN, linewidth=1.4, label="after scaling")
    axes.axhline(_UNIFORM, color=OBSERVED, linewidth=0.9)
