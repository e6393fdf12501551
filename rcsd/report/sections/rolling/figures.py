"""Errors of forecasts from many origins, by how far ahead they look, in one study or over several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from rcsd.analysis.backtest.rolling import RollingScore
from rcsd.report.drawing.save import Drawing, Render, save_bytes
from rcsd.report.drawing.style import (
    BASELINE_LINES,
    KNOWLEDGE_COLOURS,
    KNOWLEDGE_MARKERS,
    MUTED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.spoken import a_period, change, periods
from rcsd.report.wording import BASELINE_LABELS, KNOWLEDGE, listing
from rcsd.study.findings.rolling_scores import DRIVERS, GroupScore
from rcsd.study.written.cities_scores import CitiesScore

_ASIDE = dict(zip(DRIVERS, (-0.09, 0.0, 0.09), strict=True))
"""Years by which they are set apart, so that all are seen where they agree."""

_LOG_MARKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


def _reading() -> str:
    """Say how to read both sides."""
    return (
        "on a logarithmic scale; the model is good where its thick line runs below the thin ones, and below 1 where "
        f"it errs by less than {a_period()}'s change. Right: share of cells inside the 90 % intervals; grey is where "
        "95 % of such shares would lie if the intervals were right and cells independent."
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """One horizon of one series: the model's scaled error, the benchmark forecasts', coverage, and a dot per study."""

    series: str
    horizon: int
    drivers: str
    error: float
    baselines: Mapping[str, float]
    score: RollingScore
    dots: tuple[float, ...] = ()


def rolling_figure(scores: Sequence[GroupScore], names: Mapping[str, str]) -> Drawing:
    """Draw scaled errors and coverage of one study, a row of panels to a series.

    Parameters
    ----------
    scores
        Of the study.
    names
        The model's variable of each series.
    """
    points = [
        _Point(each.series, each.horizon, each.drivers, each.score.mase, each.score.baselines, each.score)
        for each in scores
    ]
    svg, png = _draw(points, names)
    return Drawing(
        "rolling",
        svg,
        png,
        f"Scaled errors of forecasts of {listing(list(names.values()))} by {periods()} ahead, of the model and of "
        "benchmark forecasts, and coverage of the intervals.",
        f"Left: mean absolute error in units of the mean {change()} of the series before the origin (MASE), "
        f"{_reading()}",
        wide=True,
    )


def cities_rolling_figure(scores: Sequence[CitiesScore]) -> Drawing:
    """Draw scaled errors over several studies: a dot for each, medians as lines, and pooled coverage."""
    points = [
        _Point(
            each.series,
            each.horizon,
            each.drivers,
            each.median,
            each.baselines,
            each.pooled,
            tuple(score.score.mase for _, score in each.each),
        )
        for each in scores
    ]
    names = {each.series: each.variable for each in scores}
    svg, png = _draw(points, names)
    return Drawing(
        "rolling",
        svg,
        png,
        f"Scaled errors of forecasts of {listing(list(names.values()))} by {periods()} ahead over all studies, of the "
        "model and of benchmark forecasts, and pooled coverage of the intervals.",
        "Left: median over the studies (lines; dots: each study) of the mean absolute error in units of the mean "
        f"{change()} of the series before the origin (MASE), {_reading()}",
        wide=True,
    )


def _draw(points: Sequence[_Point], names: Mapping[str, str]) -> tuple[Render, Render]:
    series = list(dict.fromkeys(point.series for point in points))
    with house_style():
        figure = new_figure((WIDE[0], 1.1 + 1.75 * len(series)))
        grid = figure.subplots(len(series), 2, squeeze=False, width_ratios=(3, 2))
        for (left, right), name in zip(grid, series, strict=True):
            group = [point for point in points if point.series == name]
            _errors(left, group)
            _coverage(right, group)
            left.set_title(names[name])
            right.set_title("inside the 90 % interval", fontweight="normal", fontsize=8.5)
            for axes in (left, right):
                axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        for axes in grid[-1]:
            axes.set_xlabel(f"{periods()} ahead")
        figure.supylabel(f"mean absolute error over mean {change()}", fontsize=8.5, color="#333333")
        legend_below(figure, *grid[:, 0], columns=4)
        return save_bytes(figure)


def _errors(axes: Axes, group: Sequence[_Point]) -> None:
    axes.axhline(1, color=MUTED, linewidth=0.9, zorder=2)
    # a benchmark forecast knows no driver: its errors are the same in all of them
    once = list({point.horizon: point for point in group}.values())
    for rule, (colour, dashes) in BASELINE_LINES.items():
        errors = [point.baselines[rule] for point in once]
        if not np.isfinite(errors).any():
            continue
        axes.plot(
            [point.horizon for point in once],
            errors,
            color=colour,
            linestyle=dashes,
            linewidth=1.3,
            marker=".",
            markersize=3.5,
            zorder=3,
            label=BASELINE_LABELS[rule],
        )
    for drivers in DRIVERS:
        shown = [point for point in group if point.drivers == drivers]
        if not shown:
            continue
        colour, marker = KNOWLEDGE_COLOURS[drivers], KNOWLEDGE_MARKERS[drivers]
        axes.plot(
            [point.horizon for point in shown],
            [point.error for point in shown],
            color=colour,
            marker=marker,
            markersize=4.5,
            zorder=6 - DRIVERS.index(drivers) / 2,
            label=f"model, {KNOWLEDGE[drivers]}",
        )
        for point in shown:
            axes.plot(
                [point.horizon + _ASIDE[drivers]] * len(point.dots),
                point.dots,
                marker,
                color=colour,
                alpha=0.5,
                markersize=3.5,
                markeredgewidth=0,
                zorder=4,
            )
    axes.set_yscale("log")
    low, high = axes.get_ylim()
    # decades are formulas to matplotlib, and too far apart here
    marks = [mark for mark in _LOG_MARKS if low <= mark <= high]
    axes.set_yticks(marks, [f"{mark:g}" for mark in marks])
    axes.set_yticks([], minor=True)


def _coverage(axes: Axes, group: Sequence[_Point]) -> None:
    for point in group:
        low, high = point.score.band
        across = [point.horizon - 0.3, point.horizon + 0.3]
        axes.fill_between(across, 100 * low, 100 * high, color="#E4E4E4", linewidth=0, zorder=1)
    axes.axhline(90, color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)), zorder=2)
    for drivers in DRIVERS:
        shown = [point for point in group if point.drivers == drivers]
        axes.plot(
            [point.horizon + _ASIDE[drivers] for point in shown],
            [100 * point.score.coverage for point in shown],
            KNOWLEDGE_MARKERS[drivers],
            color=KNOWLEDGE_COLOURS[drivers],
            markersize=5.5,
            zorder=4,
        )
    axes.set_ylim(0, 108)
    axes.set_yticks([0, 50, 90], ["0", "50", "90 %"])
