"""One series in all studies, side by side."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rcsd.report.chart import Chart, Layer, Line, Panel, linear
from rcsd.report.chart.observed import cell_points
from rcsd.report.chart.windows import window_axis, window_spans
from rcsd.report.sections.fit.figures import forecast_bands, run_lines
from rcsd.report.sections.holdout.tables import baseline_error
from rcsd.report.spoken import dated_by, spoken
from rcsd.report.wording import listing, places, shown_title
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Standing

_SIMPLE = "#007A57"
"""Colour of the best simple method."""


def front_figure(results: Sequence[StudyResult], series: Sequence[Standing]) -> Chart:
    """Draw the series in which the studies differ most; of studies that share none, the first of each."""
    first = shown_first(series)
    if first is not None:
        drawn = series_figure(first.targets)
        unlike = len(series) > 1 and any(target.holdout for _, target in first.targets)
        why = f" Of all series its forecasts differ most between the {spoken().words.units}." if unlike else ""
        return replace(drawn, caption=f"{drawn.caption}{why}")
    return series_figure([(result, result[BACKTEST].targets[0]) for result in results])


def shown_first(series: Sequence[Standing]) -> Standing | None:
    """Pick the series whose forecasts differ most between the studies in what they are worth; None if none is shared.

    Worth is the error over that of the best benchmark forecast; the distance is that of its logarithms. Without a
    hold-out it is the first of the series that most studies have.
    """
    shared = [each for each in series if len(each.targets) > 1]
    return max(shared, key=lambda each: (len(each.targets), _spread(each)), default=None)


def _spread(standing: Standing) -> float:
    ratios = [
        math.log(score.error / best)
        for _, target in standing.targets
        if (score := target.holdout) is not None
        and score.error > 0
        and (best := baseline_error(score, score.best_baseline)) > 0
    ]
    return max(ratios) - min(ratios) if len(ratios) > 1 else 0.0


def series_figure(panels: Sequence[tuple[StudyResult, TargetResult]]) -> Chart:
    """Draw one series of several studies as small multiples, two to a row, each on its own vertical scale."""
    first, titles = panels[0][1], places([result.info.title for result, _ in panels])
    measured = {f"{target.variable} ({target.unit})" for _, target in panels}
    named = first.variable if len(measured) == 1 else "The first series of each"
    forecast = any(target.forecast for _, target in panels)
    shown = [
        "fitted run (line)",
        *(["forecast made at the end of the fit window (median and 90 % band)"] if forecast else []),
        *(["the best simple method"] if any(target.holdout for _, target in panels) else []),
        "what was observed (points; hollow: doubtful)",
    ]
    return Chart(
        f"cities-{first.name}",
        tuple(_panel(result, target, labelled=len(measured) > 1) for result, target in panels),
        f"{named} simulated and observed in {titles}.",
        f"{named}: {listing(shown)}. The vertical scales differ.",
        wide=True,
        columns=min(2, len(panels)),
        vertical=measured.pop() if len(measured) == 1 else "",
    )


def _panel(result: StudyResult, target: TargetResult, *, labelled: bool) -> Panel:
    with dated_by(result.info.clock):  # studies that stand side by side may count in other periods
        return _drawn_panel(result, target, labelled=labelled)


def _drawn_panel(result: StudyResult, target: TargetResult, *, labelled: bool) -> Panel:
    layers: tuple[Layer, ...] = (
        *window_spans(result.info),
        *forecast_bands(result, target),
        *_simple_line(target),
        *run_lines(result, target),
        *cell_points(target, target.observed, say_weights=False),
    )
    across = linear(f"{target.variable} ({target.unit})") if labelled else linear()
    return Panel(layers, window_axis(result.info), across, title=shown_title(result.info), height=2.8)


def _simple_line(target: TargetResult) -> tuple[Line, ...]:
    """Return the forecast of the best simple method, which is known only afterwards."""
    score = target.holdout
    if score is None or not np.isfinite(baseline_error(score, score.best_baseline)):
        return ()
    forecast = score.baselines[score.best_baseline].forecast
    return (Line(score.years, forecast, "best simple method", _SIMPLE, "dashed", 1.2, "dot"),)
