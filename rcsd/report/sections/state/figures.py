"""Disturbed stocks and walking parameters over time: smoothed bands, filtered medians, and what each year corrected."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.analysis.state import Estimate
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    CARD,
    FROZEN,
    HOLDOUT_WINDOW,
    MUTED,
    OBSERVED,
    SIMULATED,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.sections.state.words import shown
from rcsd.report.spoken import period, when
from rcsd.report.wording import NO_BREAK, number
from rcsd.study.findings.state.estimating import States
from rcsd.study.graph.result import StudyResult

_MOST = 8
"""Figures; state.csv has all quantities."""


def state_figures(result: StudyResult, found: States) -> tuple[Drawing, ...]:
    """Draw every disturbed stock and walking parameter."""
    by_name = {each.name: each for each in found.estimates}
    shown = [by_name[name] for name in found.disturbed if name in by_name]
    return tuple(state_figure(result, found, each, i) for i, each in enumerate(shown[:_MOST], start=1))


def state_figure(result: StudyResult, found: States, estimate: Estimate, place: int) -> Drawing:
    """Draw one quantity: its band over time, and below it what the data of each year corrected."""
    with house_style():
        figure = new_figure(CARD)
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        _draw_windows(result, above, below)
        _draw_band(above, found, estimate)
        _draw_corrections(below, found, estimate)
        legend_below(figure, above, columns=4)
        svg, png = save_bytes(figure)
    name, largest = shown(estimate.name), int(np.argmax(np.abs(estimate.increments)))
    moved = f"{estimate.increments[largest]:+.2g}{f'{NO_BREAK}%' if estimate.relative else ''}"
    last = f"{number(estimate.smoothed.low[-1], 3)} to {number(estimate.smoothed.high[-1], 3)} {estimate.unit}"
    return Drawing(
        f"state-{place}",
        svg,
        png,
        f"{name}: 90 % band of {when(found.times[-1])} {last}; largest correction {moved} in "
        f"{when(found.times[largest])}.",
        f"{name}. How to read it: the dark band holds the quantity with 90{NO_BREAK}% given all data, the "
        f"light one before the data of each {period()} came. Bars: by how much these moved the mean"
        f"{', in per cent' if estimate.relative else ''}; bars of one sign say that the model errs in one direction.",
    )


def _draw_windows(result: StudyResult, *panels: Axes) -> None:
    window = result.info.holdout_window
    if window is not None:
        for axes in panels:
            axes.axvspan(window[0] - 0.5, window[1] + 0.5, color=HOLDOUT_WINDOW, linewidth=0, zorder=0)


def _draw_band(axes: Axes, found: States, estimate: Estimate) -> None:
    for band, colour, alpha, label in (
        (estimate.forecast, MUTED, 0.18, f"before the {period()}'s data"),
        (estimate.smoothed, SIMULATED, 0.3, "given all data"),
    ):
        axes.fill_between(found.times, band.low, band.high, color=colour, alpha=alpha, linewidth=0, label=label)
    axes.plot(found.times, estimate.smoothed.median, color=SIMULATED, zorder=3)
    axes.scatter(found.times, estimate.filtered.median, s=9, color=OBSERVED, zorder=4, label="given data so far")
    for each in found.innovations:
        if each.variable == estimate.name:
            axes.scatter(
                each.times,
                each.observed,
                s=26,
                marker="o",
                facecolor="none",
                edgecolor=OBSERVED,
                zorder=5,
                label="observed",
            )
    name = shown(estimate.name)
    axes.set_ylabel(f"{name}\n({estimate.unit})" if estimate.unit else name)


def _draw_corrections(axes: Axes, found: States, estimate: Estimate) -> None:
    axes.bar(found.times, estimate.increments, width=0.6, color=FROZEN, zorder=3)
    axes.axhline(0, color=MUTED, linewidth=0.7)
    axes.set_ylabel("correction\n(%)" if estimate.relative else "correction")
    time_along(axes)
