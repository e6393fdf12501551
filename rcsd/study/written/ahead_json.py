"""Forecast and scenarios as they stand in `result.json`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.forecast import ForecastBand, Forecasted
from rcsd.study.findings.scenarios import Compared

_LISTED = 20
"""Failed runs that a document names; it counts all."""


def ahead_document(ahead: Ahead) -> dict[str, Any]:
    """Arrange what a study says of the years after its data.

    Returns
    -------
    dict
        ``forecast``: by series, years with median, 5 % and 95 % under the assumption that the forecast stands on, and
        under the others in ``assumptions``; ``forecast_settings``: how it was made, or why not; ``scenarios``: by name,
        levers and, by outcome and assumption, differences from the reference with the share of draws that are better;
        ``scenario_settings``: what is compared, and claims beside what was found.
    """
    return {
        "forecast": {} if ahead.forecast is None else _forecast(ahead.forecast),
        "forecast_settings": _settings(ahead),
        "scenarios": {} if ahead.scenarios is None else _scenarios(ahead.scenarios),
        "scenario_settings": None if ahead.scenarios is None else _scenario_settings(ahead.scenarios),
    }


def _forecast(forecasted: Forecasted) -> dict[str, Any]:
    return {
        band.series: {
            "unit": band.unit,
            "variable": band.variable,
            "years": _years(band.years),
            **_band(band),
            "assumptions": {other.beyond: _band(other) for other in forecasted.bands if other.series == band.series},
        }
        for band in forecasted.bands
        if band.beyond == forecasted.main
    }


def _band(band: ForecastBand) -> dict[str, Any]:
    return {
        "median": band.median,
        "p05": band.low,
        "p95": band.high,
        "simulated_p05": band.simulated_low,
        "simulated_p95": band.simulated_high,
    }


def _settings(ahead: Ahead) -> dict[str, Any]:
    if ahead.refit is None or ahead.forecast is None:
        return {"left_out": ahead.left_out}
    posterior = ahead.refit.posterior
    return {
        "left_out": None,
        "fitted": [ahead.refit.first, ahead.refit.last],
        "estimate": ahead.refit.estimate,
        "converged": not ahead.faults,
        "faults": ahead.faults,
        "diagnostics": None if posterior is None else posterior.diagnostics,
        "draws": ahead.forecast.n_draws,
        "assumption": ahead.forecast.main,
        "courses": ahead.forecast.courses,
        "failed": len(ahead.failed),
        "failed_runs": ahead.failed[:_LISTED],
    }


def _scenarios(compared: Compared) -> dict[str, Any]:
    definition = compared.definition
    return {
        scenario.name: {
            "title": scenario.title,
            "start": scenario.start,
            "levers": {lever.constant: {"value": lever.value, "unit": lever.unit} for lever in scenario.levers},
            "outcomes": {
                outcome.variable: {
                    beyond: _comparison(compared, scenario.name, outcome.variable, beyond)
                    for beyond in compared.beyonds
                }
                for outcome in definition.outcomes
            },
        }
        for scenario in definition.scenarios
    }


def _comparison(compared: Compared, scenario: str, variable: str, beyond: Any) -> dict[str, Any]:
    found, at = compared.of(scenario, variable, beyond), [compared.at(year) for year in compared.definition.years]
    document: dict[str, Any] = {"level": found.level[at]}
    if scenario != compared.definition.reference:
        document |= {
            "difference": found.median[at],
            "p05": found.low[at],
            "p95": found.high[at],
            "share_better": found.share_better[at],
        }
    return {**document, "draws": found.n_draws}


def _scenario_settings(compared: Compared) -> dict[str, Any]:
    definition = compared.definition
    return {
        "file": definition.file,
        "reference": definition.reference,
        "switch": definition.switch,
        "years": definition.years,
        "outcomes": {
            each.variable: {"unit": each.unit, "better": each.better, "meaning": each.meaning, "measure": each.measure}
            for each in definition.outcomes
        },
        "claims": [
            {
                "claim": claim,
                "found": [
                    {"scenario": each.scenario, "assumption": each.beyond, "share_within": each.share}
                    for each in compared.claimed
                    if each.claim == i
                ],
            }
            for i, claim in enumerate(definition.claims)
        ],
    }


def _years(years: NDArray[np.float64]) -> list[int]:
    return [int(year) for year in years]
