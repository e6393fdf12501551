"""Simulated against actual: the figure that a reviewer looks at first."""

import numpy as np

from rcsd.report.chart import Band, Chart, Layer, Line, Panel, linear
from rcsd.report.chart.benchmarks import benchmark_line, best_line
from rcsd.report.chart.observed import cell_points
from rcsd.report.chart.windows import window_axis, window_spans
from rcsd.report.drawing.style import FORECAST, SIMULATED
from rcsd.report.drawing.windows import shown_years
from rcsd.report.spoken import span, spoken, when
from rcsd.report.wording import NO_BREAK, capital, percent
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.simulate import SIMULATE


def fit_figures(result: StudyResult) -> tuple[Chart, ...]:
    """Draw every series."""
    return tuple(fit_figure(result, target) for target in result[BACKTEST].targets)


def fit_figure(result: StudyResult, target: TargetResult) -> Chart:
    """Draw one series: cells, fitted run, and forecasts of the hold-out window: the model's and benchmarks."""
    # where a forecast was made its band is the one that counts; that of the fit stands with the posterior
    within = None if target.forecast is not None else fitted_band(result, target)
    layers: tuple[Layer, ...] = (
        *window_spans(result.info),
        *_fitted_band(within),
        *forecast_bands(result, target),
        *_benchmark_forecasts(target),
        *run_lines(result, target),
        *cell_points(target, target.observed),
    )
    panel = Panel(layers, window_axis(result.info), linear(f"{target.variable} ({target.unit})"), height=3.6)
    return Chart(f"fit-{target.name}", (panel,), _alt(target), _caption(target, within))


def fitted_band(result: StudyResult, target: TargetResult) -> SeriesBand | None:
    """Return what the posterior would let the fit window show of a series; None where it was not sampled."""
    sampled = result.get(POSTERIOR)
    found = () if sampled is None else sampled.within
    return next((band for band in found if band.series == target.name), None)


def _fitted_band(within: SeriesBand | None) -> tuple[Band, ...]:
    if within is None:
        return ()
    return (Band(within.years, within.low, within.high, "fitted run, 90 %", SIMULATED, opacity=0.15),)


def forecast_bands(result: StudyResult, target: TargetResult) -> tuple[Band, ...]:
    """Return the 90 % band of the forecast that would have been made at the end of the fit window, if there is one."""
    forecast = target.forecast
    if forecast is None:
        return ()
    return (Band(forecast.years, forecast.lower, forecast.upper, f"{_forecast_label(result)}, 90 %", FORECAST),)


def run_lines(result: StudyResult, target: TargetResult) -> tuple[Line, ...]:
    """Return the fitted run, and the median of that forecast."""
    shown = result[SIMULATE].times <= shown_years(result.info)[1]
    run = Line(result[SIMULATE].times[shown], result[SIMULATE].simulated[target.variable][shown], "fitted run")
    forecast = target.forecast
    if forecast is None:
        return (run,)
    return run, Line(forecast.years, forecast.median, f"{_forecast_label(result)}, median", FORECAST)


def _forecast_label(result: StudyResult) -> str:
    return f"forecast from {spoken().moment(when(result.info.fit_window[1]))}"


def _benchmark_forecasts(target: TargetResult) -> tuple[Line, ...]:
    """Return the forecast that the verdict is about, the best of those that need no model, and the last value."""
    score = target.holdout
    if score is None:
        return ()
    drawn = {"last": benchmark_line, score.best_baseline: best_line}
    scores = ((draw, name, score.baselines.get(name)) for name, draw in drawn.items())
    return tuple(
        draw(name, score.years, found.forecast)
        for draw, name, found in scores
        if found is not None and np.isfinite(found.forecast).any()
    )


def _alt(target: TargetResult) -> str:
    text = (
        f"{target.variable}, {span(target.years[0], target.years[-1])}, in {target.unit}: fitted run over the "
        f"observed points; mean absolute error in the fit window {percent(target.error_of(target.fit_all))}"
    )
    if target.holdout is not None:
        text += f", in the hold-out window {percent(target.holdout.error)}"
    return f"{text}."


def _caption(target: TargetResult, within: SeriesBand | None) -> str:
    forecast = target.forecast is not None
    shown = f"observed{', fitted and forecast' if forecast else ' and fitted'}"
    whose = "the forecast’s" if forecast else "the fit’s"
    return (
        f"{target.variable}: {shown}{f', with {whose} 90{NO_BREAK}% band' if forecast or within is not None else ''}."
    )


def reading(result: StudyResult) -> str:
    """Say once how the figures of the series are to be read."""
    targets = result[BACKTEST].targets
    line = ", the drivers as they were" if spoken().drivers else ""
    parts = [f"points are observed, the blue line is the fitted run{line}"]
    if any(target.forecast is None and fitted_band(result, target) is not None for target in targets):
        parts.append("the blue band holds 90 % of what it would show, had history run again")
    if any(target.forecasts for target in targets):
        parts.append(f"orange is the {_forecast_label(result)} with its 90 % band, which knew nothing later")
    if any(target.holdout for target in targets):
        parts.append("thin lines are the best simple method and the last value")
    if any(any(target.flags) for target in targets):
        parts.append("hollow points are doubtful, crosses count for nothing")
    return capital(f"{'; '.join(parts)}.")
