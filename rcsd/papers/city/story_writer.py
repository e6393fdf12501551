"""Writes what a study with assessments has found: its entry in result.json, tables, and a scenario to run again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from rcsd.analysis.scenarios import Scenario
from rcsd.papers.city.lever_search import LeverSettings
from rcsd.papers.city.pairs import Pair
from rcsd.papers.city.simulated import IndexPart, OtherWay, StructurePart
from rcsd.papers.city.story import Story
from rcsd.papers.resilience import INDEX, Assessment
from rcsd.tables import csv_text

_PAIRS = (
    "quantity",
    "unit",
    "year",
    *(f"{scenario}_{of}" for scenario in ("status_quo", "scenario") for of in ("p05", "median", "p95")),
    "measure",
    *(f"difference_{of}" for of in ("p05", "median", "p95")),
    "better",
    "share_better",
)


def story_document(story: Story) -> dict[str, Any]:
    """Return the entry of result.json; what was not asked for is null."""
    simulated = story.simulated
    return {
        "years": simulated.years.astype(np.int64),
        "drivers": simulated.beyond,
        "approximate": simulated.approximate,
        "draws": simulated.n_draws,
        "failed": simulated.n_failed,
        "runs": simulated.n_runs,
        "resilience": _resilience(story),
        "structure": _structure(story),
    }


def _resilience(story: Story) -> dict[str, Any] | None:
    index, base = story.simulated.index, story.assessments.resilience
    if index is None or base is None:
        return None
    city = story.assessments.cities[story.study]
    row = base.cities.index(city)
    return {
        "city": city,
        "hashes": {path.name: digest for path, digest in base.indicators.sha256.items()},
        "cities": base.cities,
        "years": base.years,
        "index": base.index[row],
        "ranks": base.ranks[row],
        "mean": {name: float(base.mean_index[i]) for i, name in enumerate(base.cities)},
        "held_out": _check(index),
        "status_quo": index.status_quo,
        "outcomes": {each.name: _pair(each) for each in index.pairs} or None,
    }


def _check(index: IndexPart) -> dict[str, Any]:
    """Say what the forecast of the index was worth in the years held out; that of the series stands with the series."""
    found = index.outlook
    return {
        "held_out_years_in_band": list(found.covered),
        "mae_percent_of_scale": None if found.error is None else float(found.error[1, 0]),
        "last_value_mae_percent_of_scale": None if found.last_error is None else float(found.last_error[0]),
    }


def _structure(story: Story) -> dict[str, Any] | None:
    part, solved, city = (
        story.simulated.structure,
        story.assessments.structure,
        story.assessments.city_structure(story.study),
    )
    if part is None or solved is None or city is None:
        return None
    change = solved.changes[0]
    return {
        "programme": solved.task.title,
        "hashes": solved.task.hashes,
        "change": {**asdict(change), "ratio": change.ratio, "odds_ratio": change.odds_ratio},
        "city": {"actual": city.actual, "optimal": city.optimal, "year": city.account.year},
        "target": part.settings.target,
        **_way(part.settings),
        "lowest_share": part.settings.lowest,
        "levers_at_their_ends": part.settings.pulls,
        "share_of_draws_reached": part.share_reached,
        "outcomes": {each.name: _pair(each) for each in part.pairs},
        "least_output_forgone": None if part.other is None else _other(part.other),
    }


def _way(settings: LeverSettings) -> dict[str, Any]:
    """Say how a way reaches the target, and what it takes."""
    return {
        "levers": {
            each.constant: {"value": each.value, "unit": each.unit, "pulled": each.constant in settings.pulled}
            for each in settings.levers
        },
        "reached": settings.reached,
        "share": settings.share,
        "cost": {"spent": settings.cost, "forgone": settings.forgone, "unit": settings.money},
    }


def _other(other: OtherWay) -> dict[str, Any]:
    return {
        **_way(other.settings),
        "outcomes": {each.name: _pair(each) for each in other.pairs},
        "outcomes_of_levers_that_spend": {each.name: _pair(each) for each in other.paying},
    }


def _pair(each: Pair) -> dict[str, Any]:
    found = each.difference
    return {
        "unit": each.unit,
        "better": each.better,
        "measure": each.measure,
        "status_quo": each.status_quo,
        "scenario": each.scenario,
        "difference": {
            "p05": found.low,
            "median": found.median,
            "p95": found.high,
            "share_better": found.share_better,
            "draws": found.n_draws,
        },
    }


def _pair_rows(pairs: Sequence[Pair], story: Story) -> Iterator[list[object]]:
    """One row per quantity and year."""
    for each in pairs:
        for t, year in enumerate(story.simulated.years):
            both = [
                values[t] for side in (each.status_quo, each.scenario) for values in (side.low, side.median, side.high)
            ]
            found = each.difference
            differences = [found.low[t], found.median[t], found.high[t]]
            yield [
                each.name,
                each.unit,
                int(year),
                *map(float, both),
                each.measure,
                *map(float, differences),
                each.better,
                float(found.share_better[t]),
            ]


def _index_table(index: IndexPart, story: Story) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    """List observed years, then those of the forecast: the status quo alone where there is no other scenario."""
    base = story.assessments.resilience
    assert base is not None  # there is an index
    observed = _observed_rows(base, story.assessments.cities[story.study])
    if index.pairs:
        return _PAIRS, [*observed, *_pair_rows(index.pairs, story)]
    ahead = (
        [INDEX, "Dmnl", int(year), float(low), float(median), float(high)]
        for year, low, median, high in zip(
            story.simulated.years, index.status_quo.low, index.status_quo.median, index.status_quo.high, strict=True
        )
    )
    return _PAIRS[:6], [*(row[:6] for row in observed), *ahead]


def _observed_rows(base: Assessment, city: str) -> list[list[object]]:
    """List the index as it was, in the column of the status quo's median."""
    row = base.index[base.cities.index(city)]
    return [
        [INDEX, "Dmnl", int(year), "", float(value), "", *([""] * (len(_PAIRS) - 6))]
        for year, value in zip(base.years, row, strict=True)
    ]


def _lever_rows(part: StructurePart) -> Iterator[list[object]]:
    for settings in _settings(part):
        for each in settings.levers:
            yield [settings.scenario.name, each.constant, each.value, each.unit, each.constant in settings.pulled]


def _settings(part: StructurePart) -> list[LeverSettings]:
    """List the levers of every way to the target."""
    return [part.settings] if part.other is None else [part.settings, part.other.settings]


def _scenario_file(part: StructurePart, story: Story) -> str:
    """Write a file of scenarios, for `rcsd scenario --scenarios`."""
    target, plan = part.settings.target, story.assessments.plans[story.study]
    last = int(story.simulated.years[-1])
    lines = [
        f"# The optimal structure of {story.title}, reached by {target.horizon}; written by rcsd.",
        'reference = "status_quo"',
        f"switch = {json.dumps(plan.switch)}",
        f"years = {sorted({target.horizon, last})}",
        "",
        "[scenarios.status_quo]",
        'title = "Status quo"',
        'documentation = "No lever is pulled."',
        "",
        *(line for settings in _settings(part) for line in _scenario_lines(settings.scenario)),
    ]
    for outcome in plan.outcomes:
        lines += [
            f"[outcomes.{json.dumps(outcome.variable)}]",
            f"better = {json.dumps(outcome.better)}",
            f"measure = {json.dumps(outcome.measure)}",
            f"meaning = {json.dumps(outcome.meaning)}",
            "",
        ]
    return "\n".join(lines[:-1]) + "\n"


def _scenario_lines(scenario: Scenario) -> Iterator[str]:
    yield f"[scenarios.{scenario.name}]"
    yield f"title = {json.dumps(scenario.title)}"
    yield f"documentation = {json.dumps(scenario.documentation)}"
    yield f"start = {scenario.start}"
    if scenario.levers:
        yield f"[scenarios.{scenario.name}.levers]"
    for each in scenario.levers:
        yield f"{json.dumps(each.constant)} = {{ value = {each.value!r}, unit = {json.dumps(each.unit)} }}"
    yield ""


def _paths(story: Story) -> str | None:
    part = story.simulated.structure
    return None if part is None else csv_text(_PAIRS, _pair_rows(part.pairs, story))


def _index(story: Story) -> str | None:
    index = story.simulated.index
    return None if index is None else csv_text(*_index_table(index, story))


def _levers(story: Story) -> str | None:
    part = story.simulated.structure
    return None if part is None else csv_text(("scenario", "lever", "value", "unit", "pulled"), _lever_rows(part))


def _scenarios(story: Story) -> str | None:
    part = story.simulated.structure
    return None if part is None else _scenario_file(part, story)


STORY_FILES: Mapping[str, Callable[[Story], str | None]] = {
    "assessment/paths.csv": _paths,
    "assessment/index.csv": _index,
    "assessment/levers.csv": _levers,
    "assessment/optimal_structure.toml": _scenarios,
}
"""By path in the study's folder: what makes a file of a story; None for what was not asked for."""
