"""Compares the scenarios of a study with its status quo, draw by draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rcsd.analysis.clock import Clock
from rcsd.study.file.study import Study
from rcsd.study.findings.scenarios import Compared, compare_scenarios
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.forecast import runs_check, without_forecast
from rcsd.study.steps.refit import REFIT
from rcsd.tables import csv_text

_HEADER = (
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


def _when(study: Study, request: Request) -> str:
    return without_forecast(study, request) or ("" if study.scenarios is not None else "the study names no scenarios")


def _compute(run: Run) -> Compared:
    definition = run.study.scenarios
    assert definition is not None  # the step is left out without one
    return compare_scenarios(run.study, definition, run[REFIT], run.driven, progress=run.progress)


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange the scenarios.

    ``scenarios``: by name, levers and, by outcome and assumption, differences from the reference with the share of
    draws that are better; ``scenario_settings``: what is compared, and claims beside what was found.
    """
    compared = result.get(SCENARIOS)
    return {
        "scenarios": {} if compared is None else _scenarios(compared, result.info.clock),
        "scenario_settings": None if compared is None else _scenario_settings(compared, result.info.clock),
    }


def _scenarios(compared: Compared, clock: Clock) -> dict[str, Any]:
    definition = compared.definition
    return {
        scenario.name: {
            "title": scenario.title,
            "start": clock.shown(scenario.start),
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


def _scenario_settings(compared: Compared, clock: Clock) -> dict[str, Any]:
    definition = compared.definition
    return {
        "file": definition.file,
        "reference": definition.reference,
        "switch": definition.switch,
        "years": [clock.shown(year) for year in definition.years],
        "outcomes": {
            each.variable: {"unit": each.unit, "better": each.better, "meaning": each.meaning, "measure": each.measure}
            for each in definition.outcomes
        },
        "claims": [
            {
                "claim": {**asdict(claim), "year": clock.shown(claim.year)},
                "found": [
                    {"scenario": each.scenario, "assumption": each.beyond, "share_within": each.share}
                    for each in compared.claimed
                    if each.claim == i
                ],
            }
            for i, claim in enumerate(definition.claims)
        ],
    }


def _table(result: StudyResult) -> str | None:
    compared = result.get(SCENARIOS)
    return csv_text(_HEADER, _rows(compared, result.info.clock)) if compared is not None and compared.outcomes else None


def _rows(compared: Compared, clock: Clock) -> Iterator[list[object]]:
    """One row per scenario, outcome, assumption of the drivers and year."""
    outcomes = {outcome.variable: outcome for outcome in compared.definition.outcomes}
    for each in compared.outcomes:
        outcome, found = outcomes[each.variable], each.comparison
        columns = (compared.years, found.level, found.median, found.low, found.high, found.share_better)
        for year, level, median, low, high, share in zip(*columns, strict=True):
            differences = [outcome.measure, float(median), float(low), float(high), outcome.better, float(share)]
            yield [
                each.scenario,
                each.variable,
                each.beyond,
                clock.shown(int(year)),
                float(level),
                *differences,
                found.n_draws,
            ]


def _checks(result: StudyResult) -> tuple[Check, ...]:
    return runs_check("runs of the scenarios", result[SCENARIOS].failed)


STEP = SCENARIOS = Step(
    "scenarios",
    Compared,
    _compute,
    needs=(REFIT,),
    when=_when,
    reads=("forecast", "scenarios"),
    document=_document,
    checks=_checks,
    files={"scenarios.csv": _table},
)
