"""Simulated against actual: the figure that a reviewer looks at first."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    BASELINE_LINES,
    CARD,
    FORECAST,
    SIMULATED,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.spoken import span, spoken, when
from rcsd.report.wording import BASELINE_LABELS, DRAWN_RULES, KNOWLEDGE, percent
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.simulate import SIMULATE


def fit_figure(result: StudyResult, target: TargetResult) -> Drawing:
    """Draw one series: cells, fitted run, and forecasts of the hold-out window: the model's and benchmarks."""
    with house_style():
        figure = new_figure(CARD)
        axes = figure.add_subplot()
        shade_windows(axes, result.info)
        draw_benchmark_forecasts(axes, target)
        draw_runs(axes, result, target)
        draw_cells(axes, target, target.observed)
        axes.set_xlim(*shown_years(result.info))
        axes.set_ylabel(f"{target.variable} ({target.unit})")
        time_along(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(f"fit-{target.name}", svg, png, _alt(target), _caption(target))


def draw_runs(axes: Axes, result: StudyResult, target: TargetResult) -> None:
    """Draw the fitted run, and the forecast that would have been made at the end of the fit window."""
    shown = result[SIMULATE].times <= shown_years(result.info)[1]
    axes.plot(
        result[SIMULATE].times[shown],
        result[SIMULATE].simulated[target.variable][shown],
        color=SIMULATED,
        zorder=4,
        label="fitted run",
    )
    forecast = target.forecast
    if forecast is not None:
        label = f"forecast of {spoken().moment(when(result.info.fit_window[1]))}"
        marker = "." if forecast.years.size == 1 else ""
        axes.fill_between(
            forecast.years,
            forecast.lower,
            forecast.upper,
            color=FORECAST,
            alpha=0.2,
            linewidth=0,
            zorder=2,
            label=f"{label}, 90 %",
        )
        axes.plot(forecast.years, forecast.median, color=FORECAST, marker=marker, zorder=4.5, label=f"{label}, median")


def draw_benchmark_forecasts(axes: Axes, target: TargetResult) -> None:
    """Draw a few of the forecasts that need no model, thin, over the scored years."""
    if target.holdout is None:
        return
    for name in DRAWN_RULES:
        score = target.holdout.baselines.get(name)
        if score is not None and np.isfinite(score.forecast).any():
            colour, dashes = BASELINE_LINES[name]
            axes.plot(
                target.holdout.years,
                score.forecast,
                color=colour,
                linestyle=dashes,
                linewidth=1.0,
                marker=".",
                markersize=3.5,
                zorder=3,
                label=BASELINE_LABELS[name],
            )


def _alt(target: TargetResult) -> str:
    text = (
        f"{target.variable}, {span(target.years[0], target.years[-1])}, in {target.unit}: fitted run over the "
        f"observed points; mean absolute error in the fit window {percent(target.error_of(target.fit_all))}"
    )
    if target.holdout is not None:
        text += f", in the hold-out window {percent(target.holdout.error)}"
    return f"{text}."


def _caption(target: TargetResult) -> str:
    text = f"{target.variable}: fitted run (line, drivers as they were) against actual (points)."
    if target.forecasts:
        drivers = next(iter(target.forecasts))
        text += f" Band: the forecast made at the end of the fit window, {KNOWLEDGE[drivers]}."
    if target.holdout is not None:
        text += " Thin lines: benchmark forecasts, each made from the fit window alone."
    if any(target.flags):
        text += " Hollow points are flagged cells."
    return text
