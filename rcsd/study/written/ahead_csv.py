"""Forecast and scenarios as tables: one row per number that has a name."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.study.findings.forecast import Forecasted
from rcsd.study.findings.scenarios import Compared

FORECAST_HEADER = (
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
SCENARIO_HEADER = (
    "scenario",
    "variable",
    "drivers",
    "year",
    "level_median",
    "measure",
    "difference_median",
    "difference_p05",
    "difference_p95",
    "better",
    "share_better",
    "draws",
)


def forecast_rows(forecasted: Forecasted) -> Iterator[list[object]]:
    """One row per series, assumption of the drivers and year."""
    for band in forecasted.bands:
        columns = (band.years, band.median, band.low, band.high, band.simulated_low, band.simulated_high)
        for year, *values in zip(*columns, strict=True):
            yield [band.series, band.variable, band.unit, band.beyond, int(year), *map(float, values)]


def scenario_rows(compared: Compared) -> Iterator[list[object]]:
    """One row per scenario, outcome, assumption of the drivers and year."""
    outcomes = {outcome.variable: outcome for outcome in compared.definition.outcomes}
    for each in compared.outcomes:
        outcome, found = outcomes[each.variable], each.comparison
        columns = (compared.years, found.level, found.median, found.low, found.high, found.share_better)
        for year, level, median, low, high, share in zip(*columns, strict=True):
            differences = [outcome.measure, float(median), float(low), float(high), outcome.better, float(share)]
            yield [each.scenario, each.variable, each.beyond, int(year), float(level), *differences, found.n_draws]
