"""Errors by class, and the distribution of the model's lead over the benchmark forecasts."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.ticker import FuncFormatter, NullFormatter

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import BASELINE_LINES, CARD, MUTED, OBSERVED, house_style, legend_below, new_figure
from rcsd.report.sections.panel.style import class_colour
from rcsd.report.wording import BASELINE_LABELS, DRAWN_RULES
from rcsd.study.panel.cities import ordered_classes
from rcsd.study.panel.scores import SeriesScore

_LEAST = 0.1  # per cent, and ratio: what lies below is drawn here


def class_figure(scores: Sequence[SeriesScore], medians: Mapping[str, float], variable: str) -> Drawing:
    """Draw every city's error in a strip for each class, with the median of the class."""
    kinds = ordered_classes(score.city.kind for score in scores)
    with house_style():
        figure = new_figure((CARD[0], 4.2))
        axes = figure.add_subplot()
        for row, kind in enumerate(kinds):
            errors = np.sort([max(score.mape, _LEAST) for score in scores if score.city.kind == kind])
            # spread like a pack of cards, so that no city hides another; no chance in it
            offsets = 0.26 * ((np.arange(errors.size) * 0.618) % 1 - 0.5) * 2
            axes.scatter(errors, row + offsets, s=18, color=class_colour(kind), alpha=0.75, linewidths=0, zorder=3)
            axes.plot([max(medians[kind], _LEAST)] * 2, [row - 0.38, row + 0.38], color=OBSERVED, linewidth=2, zorder=4)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g} %"))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.set_yticks(range(len(kinds)), [f"{k} ({sum(s.city.kind == k for s in scores)})" for k in kinds])
        axes.set_ylim(len(kinds) - 0.4, -0.6)
        axes.set_xlabel("mean absolute error of the held-out years")
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-classes",
        svg,
        png,
        f"Errors of {variable} of the cities of {len(kinds)} classes, one strip a class.",
        f"How to read it: each point is a city's error of {variable} in the held-out years, on a logarithmic scale; "
        "the bar is the median of its class, in brackets the number of its cities.",
    )


def skill_figure(scores: Sequence[SeriesScore], variable: str) -> Drawing:
    """Draw for each benchmark forecast the share of cities below each ratio of errors."""
    shares = 100 * (np.arange(len(scores)) + 1) / len(scores)
    with house_style():
        figure = new_figure((CARD[0], 4.2))
        axes = figure.add_subplot()
        for name in DRAWN_RULES:
            if not np.isfinite([score.ratio(name) for score in scores]).any():
                continue
            ratios = np.sort(np.maximum([score.ratio(name) for score in scores], _LEAST / 2))
            colour, dashes = BASELINE_LINES[name]
            axes.step(
                ratios, shares, where="post", color=colour, linestyle=dashes, label=BASELINE_LABELS[name], linewidth=1.6
            )
        axes.axvline(1, color=MUTED, linewidth=1)
        axes.set_xscale("log")
        axes.set_xlim(_LEAST / 2, 20)
        axes.set_ylim(0, 100)
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.set_xlabel("error of the model over that of the benchmark forecast")
        axes.set_ylabel("cities with a lower ratio, %")
        legend_below(figure, axes)
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-skill",
        svg,
        png,
        f"Distribution over the cities of the error of {variable} relative to each benchmark forecast.",
        "How to read it: where a line crosses 1 is the share of cities in which the model errs less than that "
        "forecast; a line far to the left of 1 is a large lead, far to the right a large loss.",
    )
