"""Forecasts every series from the year after the data to the horizon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.clock import Clock
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.later import Course
from rcsd.study.findings.forecast import ForecastBand, Forecasted, forecast
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.posterior import without_chains
from rcsd.study.steps.refit import REFIT
from rcsd.tables import csv_text

_HEADER = (
    "series",
    "variable",
    "unit",
    "drivers",
    "year",
    "median",
    "p05",
    "p95",
    "simulated_p05",
    "simulated_p95",
)
_LISTED = 20
"""Failed runs that a document names; it counts all."""


def without_forecast(study: Study, request: Request) -> str:
    """Say why a study has no forecast; empty where it has."""
    if study.file.forecast is None and study.scenarios is None:
        return "the study asks for none (it has no section [forecast])"
    return without_chains(study, request)


def runs_check(name: str, failed: tuple[str, ...]) -> tuple[Check, ...]:
    """Say whether runs failed, and name the first."""
    more = f", and {len(failed) - _LISTED} more" if len(failed) > _LISTED else ""
    return (Check(name, not failed, f"{'; '.join(failed[:_LISTED])}{more}" if failed else "none failed"),)


def _compute(run: Run) -> Forecasted:
    run.progress("forecast", 0, 1)
    found = forecast(run.study, run[REFIT], run.driven)
    run.progress("forecast", 1, 1)
    return found


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the forecast.

    ``forecast``: by series, years with median, 5 % and 95 % under the assumption that the forecast stands on, and under
    the others in ``assumptions``; ``forecast_settings``: how it was made, or why not.
    """
    found = result.get(FORECAST)
    return {
        "forecast": {} if found is None else _forecast(found, result.info.clock),
        "forecast_settings": _settings(result),
    }


def _forecast(forecasted: Forecasted, clock: Clock) -> dict[str, Any]:
    return {
        band.series: {
            "unit": band.unit,
            "variable": band.variable,
            "years": [clock.shown(int(year)) for year in band.years],
            **_band(band),
            "assumptions": {other.beyond: _band(other) for other in forecasted.bands if other.series == band.series},
        }
        for band in forecasted.bands
        if band.beyond == forecasted.main
    }


def _band(band: ForecastBand) -> dict[str, NDArray[np.float64]]:
    return {
        "median": band.median,
        "p05": band.low,
        "p95": band.high,
        "simulated_p05": band.simulated_low,
        "simulated_p95": band.simulated_high,
    }


def _settings(result: StudyResult) -> dict[str, Any]:
    refitted, found = result.get(REFIT), result.get(FORECAST)
    if refitted is None or found is None:
        return {"left_out": result.left_out.get(FORECAST.name, "")}
    return {
        "left_out": None,
        "fitted": [result.info.clock.shown(each) for each in (refitted.first, refitted.last)],
        "estimate": refitted.estimate,
        "converged": not refitted.faults,
        "faults": refitted.faults,
        "diagnostics": None if refitted.posterior is None else refitted.posterior.diagnostics,
        "draws": found.n_draws,
        "assumption": found.main,
        "courses": [_course(each, result.info.clock) for each in found.courses],
        "failed": len(found.failed),
        "failed_runs": found.failed[:_LISTED],
    }


def _course(course: Course, clock: Clock) -> dict[str, Any]:
    times = {name: clock.shown(getattr(course, name)) for name in ("first", "last", "years")}
    return {**asdict(course), **times}


def _table(result: StudyResult) -> str | None:
    found = result.get(FORECAST)
    return csv_text(_HEADER, _rows(found, result.info.clock)) if found is not None and found.bands else None


def _rows(forecasted: Forecasted, clock: Clock) -> Iterator[list[object]]:
    """One row per series, assumption of the drivers and year."""
    for band in forecasted.bands:
        columns = (band.years, band.median, band.low, band.high, band.simulated_low, band.simulated_high)
        for year, *values in zip(*columns, strict=True):
            yield [band.series, band.variable, band.unit, band.beyond, clock.shown(int(year)), *map(float, values)]


def _checks(result: StudyResult) -> tuple[Check, ...]:
    return runs_check("runs of the forecast", result[FORECAST].failed)


STEP = FORECAST = Step(
    "forecast",
    Forecasted,
    _compute,
    needs=(REFIT,),
    when=without_forecast,
    reads=("forecast",),
    document=_document,
    checks=_checks,
    files={"forecast.csv": _table},
)
