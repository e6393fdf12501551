"""Errors of forecasts from many origins, by how far ahead they look, in one study or over several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.analysis.backtest.rolling import RollingScore
from rcsd.report.chart import Axis, Boxes, Chart, Layer, Line, Panel, Points, Rule, linear, logarithmic
from rcsd.report.chart.benchmarks import KNOWLEDGE_MARKS, benchmark_line
from rcsd.report.chart.colours import REST
from rcsd.report.drawing.style import BASELINE_LINES, KNOWLEDGE_COLOURS
from rcsd.report.spoken import a_period, change, periods, spoken
from rcsd.report.wording import listing
from rcsd.study.findings.rolling_scores import DRIVERS, GroupScore
from rcsd.study.written.cities_scores import CitiesScore

_ASIDE = dict(zip(DRIVERS, (-0.09, 0.0, 0.09), strict=True))
"""Years by which they are set apart, so that all are seen where they agree."""


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


def rolling_figure(scores: Sequence[GroupScore], names: Mapping[str, str]) -> Chart:
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
    return Chart(
        "rolling",
        _panels(points, names),
        f"Scaled errors of forecasts of {listing(list(names.values()))} by {periods()} ahead, of the model and of "
        "benchmark forecasts, and coverage of the intervals.",
        f"Left: mean absolute error in units of the mean {change()} of the series before the origin (MASE), "
        f"{_reading()}",
        wide=True,
        columns=2,
        widths=(3.0, 2.0),
        vertical=f"mean absolute error over mean {change()}",
    )


def cities_rolling_figure(scores: Sequence[CitiesScore]) -> Chart:
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
    return Chart(
        "rolling",
        _panels(points, names),
        f"Scaled errors of forecasts of {listing(list(names.values()))} by {periods()} ahead over all studies, of the "
        "model and of benchmark forecasts, and pooled coverage of the intervals.",
        "Left: median over the studies (lines; dots: each study) of the mean absolute error in units of the mean "
        f"{change()} of the series before the origin (MASE), {_reading()}",
        wide=True,
        columns=2,
        widths=(3.0, 2.0),
        vertical=f"mean absolute error over mean {change()}",
    )


def _panels(points: Sequence[_Point], names: Mapping[str, str]) -> tuple[Panel, ...]:
    panels: list[Panel] = []
    series = list(dict.fromkeys(point.series for point in points))
    for name in series:
        group = [point for point in points if point.series == name]
        last = name == series[-1]
        panels += [_errors(group, names[name], labelled=last), _coverage(group, labelled=last)]
    return tuple(panels)


def _ahead(*, labelled: bool) -> Axis:
    return linear(f"{periods()} ahead" if labelled else "", whole=True)


def _errors(group: Sequence[_Point], title: str, *, labelled: bool) -> Panel:
    # a benchmark forecast knows no driver: its errors are the same in all of them
    once = list({point.horizon: point for point in group}.values())
    horizons = np.array([point.horizon for point in once], dtype=np.float64)
    layers: list[Layer] = [Rule(1.0, width=0.9)]
    for rule in BASELINE_LINES:
        errors = np.array([point.baselines[rule] for point in once])
        if np.isfinite(errors).any():
            layers.append(benchmark_line(rule, horizons, errors))
    for drivers in reversed(DRIVERS):
        shown = [point for point in group if point.drivers == drivers]
        if not shown:
            continue
        colour, mark = KNOWLEDGE_COLOURS[drivers], KNOWLEDGE_MARKS[drivers]
        aside = np.array([(point.horizon + _ASIDE[drivers], dot) for point in shown for dot in point.dots])
        if aside.size:
            layers.append(Points(aside[:, 0], aside[:, 1], "", colour, mark, size=3.0, opacity=0.5))
        layers.append(
            Line(
                [point.horizon for point in shown],
                [point.error for point in shown],
                spoken().with_knowledge("model", drivers),
                colour,
                mark=mark,
            )
        )
    return Panel(tuple(layers), _ahead(labelled=labelled), logarithmic(), title, height=2.0)


def _coverage(group: Sequence[_Point], *, labelled: bool) -> Panel:
    bands = {point.horizon: point.score.band for point in group}
    horizons = np.array(list(bands), dtype=np.float64)
    expected = 100 * np.array(list(bands.values()))
    layers: list[Layer] = [
        Boxes(horizons - 0.3, horizons + 0.3, expected[:, 0], expected[:, 1], "", REST, 0.4),
        Rule(90.0, dash="dashed"),
    ]
    for drivers in reversed(DRIVERS):
        shown = [point for point in group if point.drivers == drivers]
        if shown:
            layers.append(
                Points(
                    [point.horizon + _ASIDE[drivers] for point in shown],
                    [100 * point.score.coverage for point in shown],
                    spoken().with_knowledge("model", drivers),
                    KNOWLEDGE_COLOURS[drivers],
                    KNOWLEDGE_MARKS[drivers],
                )
            )
    marks = [(0.0, "0"), (50.0, "50"), (90.0, "90 %")]
    return Panel(
        tuple(layers), _ahead(labelled=labelled), linear(low=0.0, high=108.0, ticks=marks),
        "inside the 90 % interval", height=2.0,
    )  # fmt: skip
