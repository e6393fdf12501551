"""Simulated against actual: the figure that a reviewer looks at first."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.report.drawing.cells import draw_cells
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    BASELINE_LINES,
    CARD,
    FROZEN,
    SIMULATED,
    house_style,
    legend_below,
    new_figure,
    whole_numbers,
)
from rcsd.report.drawing.windows import shade_windows, shown_years
from rcsd.report.wording import BASELINE_LABELS, frozen_label, percent, span
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.simulate import SIMULATE


def fit_figure(result: StudyResult, target: TargetResult) -> Drawing:
    """Draw one series: cells, fitted run, frozen run, and the benchmark forecasts in the hold-out window."""
    with house_style():
        figure = new_figure(CARD)
        axes = figure.add_subplot()
        shade_windows(axes, result.info)
        draw_benchmark_forecasts(axes, target)
        draw_runs(axes, result, target)
        draw_cells(axes, target, target.observed)
        axes.set_xlim(*shown_years(result.info))
        axes.set_ylabel(f"{target.variable} ({target.unit})")
        whole_numbers(axes)
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    return Drawing(f"fit-{target.name}", svg, png, _alt(target), _caption(result, target))


def draw_runs(axes: Axes, result: StudyResult, target: TargetResult) -> None:
    """Draw the fitted run, and the frozen run from where the two part."""
    shown = result[SIMULATE].times <= shown_years(result.info)[1]
    axes.plot(
        result[SIMULATE].times[shown],
        result[SIMULATE].simulated[target.variable][shown],
        color=SIMULATED,
        zorder=4,
        label="simulated",
    )
    frozen = result[SIMULATE].frozen
    if frozen is not None and target.variable in frozen:
        later = shown & (result[SIMULATE].times >= result.info.fit_window[1])
        axes.plot(
            result[SIMULATE].times[later],
            frozen[target.variable][later],
            color=FROZEN,
            linestyle=(0, (4, 2)),
            zorder=4,
            label=f"simulated, {frozen_label(result.frozen_drivers)} at {result.info.fit_window[1]}",
        )


def draw_benchmark_forecasts(axes: Axes, target: TargetResult) -> None:
    """Draw the four forecasts that know nothing but the series itself, thin, over the scored years."""
    if target.holdout is None:
        return
    for name, label in BASELINE_LABELS.items():
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
                label=label,
            )


def _alt(target: TargetResult) -> str:
    text = (
        f"{target.variable}, {span(target.years[0], target.years[-1])}, in {target.unit}: simulated curve over the "
        f"observed points; mean absolute error in the fit window {percent(target.fit_all.mape)}"
    )
    if target.holdout is not None:
        text += f", in the hold-out window {percent(target.holdout.statistics.mape)}"
    return f"{text}."


def _caption(result: StudyResult, target: TargetResult) -> str:
    text = f"{target.variable}: simulated (line) against actual (points)."
    if target.holdout is not None:
        text += " Thin lines: the benchmark forecasts, each made from the fit window alone."
    if any(target.flags):
        text += " Hollow points are flagged cells."
    if result[SIMULATE].frozen is not None:
        text += f" Dashed: {frozen_label(result.frozen_drivers)} at the value of {result.info.fit_window[1]}."
    return text
