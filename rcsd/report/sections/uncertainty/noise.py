"""What is new in each residual, and how much of it the one before could have told."""

import math
import textwrap

import numpy as np
from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, SIMULATED, WIDE, house_style, legend_below, new_figure
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.spoken import period
from rcsd.report.wording import fixed, listing
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_COLUMNS = 2
_WRAP = 22


def noise_figure(result: StudyResult, known: Uncertainty) -> Drawing:
    """Draw the standardised innovations of every series by year, and the autocorrelation before and after."""
    targets = {target.name: target for target in result[BACKTEST].targets}
    rows = math.ceil(len(known.noise) / _COLUMNS)
    with house_style():
        figure = new_figure((WIDE[0], 0.6 + 2.0 * rows + 0.5 + 0.3 * len(known.noise)))
        grid = figure.add_gridspec(rows + 1, _COLUMNS, height_ratios=[2.0] * rows + [0.5 + 0.3 * len(known.noise)])
        panels = []
        for index, noise in enumerate(known.noise):
            axes = figure.add_subplot(grid[divmod(index, _COLUMNS)])
            _innovations(axes, noise, targets[noise.series])
            axes.set_xlim(result.info.fit_window[0] - 0.5, result.info.fit_window[1] + 0.5)
            panels.append(axes)
        last = figure.add_subplot(grid[rows, :])
        _autocorrelation(last, known, targets)
        legend_below(figure, *panels, last, columns=4)
        svg, png = save_bytes(figure)
    names = listing([targets[noise.series].variable for noise in known.noise])
    return Drawing(
        "noise",
        svg,
        png,
        f"Standardised innovations of the residuals of {names} by {period()}, and their lag-one autocorrelation "
        "before and after.",
        f"What is new in each {period()}'s residual, in units of the estimated scale: it should scatter about zero "
        f"without a pattern, 95 % of the unflagged cells inside the dotted lines{_edges(known)}. Below: the "
        "autocorrelation from one cell to the next should shrink from the hollow to the filled mark.",
        wide=True,
    )


def _edges(known: Uncertainty) -> str:
    """Say where the lines are, if they are at one place."""
    found = {fixed(noise.ordinary, 2) for noise in known.noise}
    return f" (± {found.pop()})" if len(found) == 1 else ""


def _innovations(axes: Axes, noise: SeriesNoise, target: TargetResult) -> None:
    flagged_years = [year for year, flags in zip(target.years, target.flags, strict=True) if flags]
    flagged = np.isin(noise.years, flagged_years)
    for edge in (-noise.ordinary, noise.ordinary):
        axes.axhline(edge, color=MUTED, linewidth=1.0, linestyle=(0, (1, 2)), zorder=2)
    axes.axhline(0, color=MUTED, linewidth=0.8, zorder=2)
    axes.vlines(noise.years, 0, noise.innovations, color=SIMULATED, linewidth=1.2, zorder=3)
    for mask, face, label in ((~flagged, SIMULATED, "innovation"), (flagged, "white", "innovation of a flagged cell")):
        if mask.any():
            axes.scatter(
                noise.years[mask],
                noise.innovations[mask],
                s=26,
                facecolor=face,
                edgecolor=SIMULATED,
                zorder=4,
                label=label,
            )
    most = max(noise.ordinary, float(np.max(np.abs(noise.innovations), initial=0.0)))
    axes.set_ylim(-1.15 * most, 1.15 * most)
    axes.set_title(target.variable)
    time_along(axes)


def _autocorrelation(axes: Axes, known: Uncertainty, targets: dict[str, TargetResult]) -> None:
    rows = range(len(known.noise))
    before = [noise.before.lag_one for noise in known.noise]
    after = [noise.after.lag_one for noise in known.noise]
    axes.axvline(0, color=MUTED, linewidth=0.8, zorder=2)
    axes.hlines(rows, before, after, color="#BBBBBB", linewidth=1.5, zorder=2)
    axes.scatter(before, rows, s=34, facecolor="white", edgecolor=MUTED, zorder=3, label="of the residuals (before)")
    axes.scatter(after, rows, s=34, color=SIMULATED, marker="D", zorder=4, label="of the innovations (after)")
    names = [textwrap.fill(targets[noise.series].variable, _WRAP) for noise in known.noise]
    axes.set_yticks(rows, names, fontsize=7.5)
    axes.set_ylim(len(known.noise) - 0.4, -0.6)
    axes.set_xlim(-1, 1)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1])
    axes.set_xlabel("autocorrelation from one cell to the next")
