"""What a filter says of a study, as entries of result.json and as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from rcsd.analysis.state import Estimate, Summary
from rcsd.study.findings.state.estimating import StateBand, States
from rcsd.tables import csv_text

_STATES = (
    "name",
    "what",
    "unit",
    "year",
    "estimate",
    "mean",
    "sd",
    "p05",
    "median",
    "p95",
    "increment",
    "increment_unit",
)
_INNOVATIONS = ("series", "variable", "year", "observed", "predicted", "standardised")
_FORECAST = (
    "series",
    "variable",
    "unit",
    "origin",
    "drivers",
    "year",
    "median",
    "p05",
    "p95",
    "simulated_p05",
    "simulated_p95",
)


def document_of(found: States) -> dict[str, Any]:
    """Arrange the entry of result.json."""
    return {
        "members": found.n_members,
        "lost": found.n_lost,
        "start": found.start,
        "disturbed": found.disturbed,
        "years": [int(year) for year in found.times],
        "log_likelihood": found.log_likelihood,
        "consistency": found.consistency,
        "estimates": {each.name: _estimate(each) for each in found.estimates},
        "pulls": {each.name: each for each in found.pulls},
        "innovations": {each.series: each for each in found.innovations},
        "held_out": [
            {
                "series": each.band.series,
                "drivers": each.band.drivers,
                "n": int(each.years.size),
                "coverage": float(np.mean(each.inside)),
                "mape": each.mape,
                **_band(each.band),
            }
            for each in found.held_out
        ],
        "forecast": {each.series: {"unit": each.unit, "drivers": each.drivers, **_band(each)} for each in found.ahead},
    }


def _estimate(each: Estimate) -> dict[str, Any]:
    return {
        "what": each.what,
        "unit": each.unit,
        "filtered": _summary(each.filtered),
        "smoothed": _summary(each.smoothed),
        "increments": each.increments,
        "increments_in_percent": each.relative,
    }


def _summary(each: Summary) -> dict[str, Any]:
    return {"median": each.median, "p05": each.low, "p95": each.high}


def _band(band: StateBand) -> dict[str, Any]:
    return {"years": [int(year) for year in band.years], "median": band.median, "p05": band.low, "p95": band.high}


def states_table(found: States | None) -> str | None:
    """One row per quantity, year and estimate: forecast, filtered, smoothed."""
    return None if found is None else csv_text(_STATES, _states(found))


def _states(found: States) -> Iterator[list[object]]:
    for each in found.estimates:
        unit = "%" if each.relative else "search scale" if each.what == "parameter" else each.unit
        for k, year in enumerate(found.times):
            for kind, summary in (
                ("forecast", each.forecast),
                ("filtered", each.filtered),
                ("smoothed", each.smoothed),
            ):
                values = (summary.mean, summary.sd, summary.low, summary.median, summary.high)
                moved = (float(each.increments[k]), unit) if kind == "filtered" else (None, None)
                yield [each.name, each.what, each.unit, int(year), kind, *(float(v[k]) for v in values), *moved]


def innovations_table(found: States | None) -> str | None:
    """One row per cell that the filter has seen."""
    return None if found is None else csv_text(_INNOVATIONS, _innovations(found))


def _innovations(found: States) -> Iterator[list[object]]:
    for each in found.innovations:
        rows = zip(each.times, each.observed, each.predicted, each.standardised, strict=True)
        yield from ([each.series, each.variable, int(year), *map(float, values)] for year, *values in rows)


def forecast_table(found: States | None) -> str | None:
    """One row per series, assumption of the drivers and year, of the hold-out and beyond the data."""
    bands = [] if found is None else [*(each.band for each in found.held_out), *found.ahead]
    return csv_text(_FORECAST, _forecast(bands)) if bands else None


def _forecast(bands: list[StateBand]) -> Iterator[list[object]]:
    for band in bands:
        columns = (band.years, band.median, band.low, band.high, band.simulated_low, band.simulated_high)
        for year, *values in zip(*columns, strict=True):
            yield [
                band.series,
                band.variable,
                band.unit,
                int(band.years[0]) - 1,
                band.drivers,
                int(year),
                *map(float, values),
            ]
