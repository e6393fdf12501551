"""From the archive of a panel's forecasts to all tables of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import RULES
from rcsd.analysis.forecasting.levels import HIGH, LOW, MIDDLE
from rcsd.study.panel.origins.ahead import Assignment
from rcsd.study.panel.origins.archive import Archive
from rcsd.study.panel.panel import headline_of
from rcsd.study.panel.scoring.averages import StructureWeights, averaged, structure_weights
from rcsd.study.panel.scoring.benchmarks import run_rules
from rcsd.study.panel.scoring.calibration import (
    GroupCalibration,
    OriginCalibration,
    group_calibration,
    origin_calibrations,
    scaled_measures,
    spread_factors,
)
from rcsd.study.panel.scoring.cells import SeriesCells, collect_cells, stated_studies
from rcsd.study.panel.scoring.duels import Duel, duel
from rcsd.study.panel.scoring.measures import Measures, measured
from rcsd.study.panel.scoring.result import AVERAGE, CellTable, OriginsResult
from rcsd.study.panel.scoring.rules import has_reference, rule_quantiles, warm_origins
from rcsd.study.panel.scoring.tables import Forecaster, OriginScore, Score, group_score, origin_score, skills, within
from rcsd.work.progress import Progress, silent

Single = NDArray[np.float32]

KNOWLEDGE = ("forecast", "known", "frozen")
"""What a forecast may know of the drivers, that which a forecaster has first."""

REFERENCES = ("two_line", "last")
"""Rules that relative skill is against: the first that a series has."""

_STEP = "scores"


@dataclass(frozen=True, slots=True, eq=False)
class SeriesScores:
    """All tables of one series."""

    scores: tuple[Score, ...]
    by_origin: tuple[OriginScore, ...]
    duels: tuple[Duel, ...]
    calibrations: tuple[GroupCalibration, ...]
    by_origin_calibration: tuple[OriginCalibration, ...]
    cells: CellTable
    reference: str
    best: str


def score_origins(
    assignment: Assignment,
    archive: Archive,
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> OriginsResult:
    """Score the forecasts of a panel beside those of the benchmark rules.

    Parameters
    ----------
    assignment
        What was forecast.
    archive
        By `run_origins`.
    folder
        Where the forecasts of the rules are kept.
    workers, scheduler
        As in `run_origins`, for the rules.
    progress
        Told of the rules, and after each series, as step "scores".
    """
    panel, plan = assignment.panel, assignment.plan
    studies = stated_studies(panel, assignment.variants[0])
    wide = warm_origins(panel.file.windows.fit[0], plan.origins)
    cells = collect_cells(panel, studies, plan.origins, plan.horizon)
    warm = collect_cells(panel, studies, wide, plan.horizon)
    drivers = main_drivers(archive)
    among = [each.name for each in assignment.variants if each.averaged]
    weights = structure_weights(archive, drivers, cells[headline_of(cells)], among)
    medians = run_rules(panel, warm, folder, workers=workers, scheduler=scheduler, progress=progress)
    done: list[SeriesScores] = []
    for k, name in enumerate(cells):
        progress(_STEP, k, len(cells))
        rules = rule_quantiles(warm[name], medians[name], plan.origins)
        done.append(_series(assignment, archive, weights, cells[name], rules))
    progress(_STEP, len(cells), len(cells))
    used = {each.forecaster for series in done for each in series.scores}
    structures = [Forecaster(each.name, each.title, "structure") for each in assignment.variants]
    rules_used = [Forecaster(rule.name, rule.title, "rule") for rule in RULES.values() if rule.name in used]
    variables = {target.series.name: target.variable for target in next(iter(studies.values())).targets}
    return OriginsResult(
        plan=plan,
        cities=panel.cities,
        forecasters=(Forecaster(AVERAGE, "model", "average"), *structures, *rules_used),
        reasons={each.name: each.reason for each in assignment.variants},
        drivers=drivers,
        series={name: variables[name] for name in cells},
        reference={each.cells.series: each.reference for each in done},
        scores=tuple(score for each in done for score in each.scores),
        by_origin=tuple(score for each in done for score in each.by_origin),
        duels=tuple(found for each in done for found in each.duels),
        weights=weights,
        best={each.cells.series: each.best for each in done},
        calibrations=tuple(found for each in done for found in each.calibrations),
        by_origin_calibration=tuple(found for each in done for found in each.by_origin_calibration),
        cells=tuple(each.cells for each in done),
        missing=archive.missing,
        n_reused=archive.n_reused,
    )


def main_drivers(archive: Archive) -> str:
    """Say which state of knowledge a forecaster has."""
    return next((state for state in KNOWLEDGE if state in archive.quantiles), next(iter(archive.quantiles)))


def _series(
    assignment: Assignment,
    archive: Archive,
    weights: StructureWeights,
    cells: SeriesCells,
    rules: Mapping[str, Single],
) -> SeriesScores:
    """Score one series."""
    plan, drivers = assignment.plan, main_drivers(archive)
    place = archive.series.index(cells.series)
    average = averaged(archive, drivers, cells.series, weights)
    forecasts = {AVERAGE: average}
    forecasts |= {name: archive.quantiles[drivers][k, place] for k, name in enumerate(archive.variants)}
    found = {name: measured(each, cells) for name, each in (forecasts | dict(rules)).items()}
    states = {drivers: found[AVERAGE], **_other_states(archive, weights, cells, drivers)}
    reference = _reference(rules, cells)
    factors = spread_factors(average, cells)
    after = scaled_measures(average, cells, factors)
    scores = _scores(found, states, cells, assignment, reference)
    by_origin, until = [], max(group.until for group in plan.groups)
    calibrated: list[OriginCalibration] = []
    for horizon in sorted({h for group in plan.groups for h in group.horizons}):
        calibrated += origin_calibrations(cells.series, found[AVERAGE], after, factors, horizon, until)
        for name, each in found.items():
            state = drivers if name in forecasts else ""
            by_origin += [
                origin_score(name, cells.series, state, each, row, origin, horizon, until)
                for row, origin in enumerate(plan.origins)
            ]
    grouped = [(group, horizon) for group in plan.groups for horizon in group.horizons]
    widths = np.array([factors[origin] for origin in plan.origins])[:, np.newaxis]
    ends = average[..., [LOW, MIDDLE, HIGH]].astype(np.float64)
    scaled = ends[..., 1:2] * (ends[..., [0, 2]] / ends[..., 1:2]) ** widths[..., np.newaxis]
    return SeriesScores(
        scores=tuple(scores),
        by_origin=tuple(by_origin),
        duels=tuple(
            duel(found[AVERAGE], found[rule], rule, cells.series, group, horizon, plan.origins)
            for group, horizon in grouped
            for rule in rules
        ),
        calibrations=tuple(
            group_calibration(cells.series, found[AVERAGE], after, group, horizon, plan.origins)
            for group, horizon in grouped
        ),
        by_origin_calibration=tuple(calibrated),
        cells=CellTable(
            series=cells.series,
            observed=cells.observed,
            change=cells.change,
            ends=np.moveaxis(np.concatenate([ends, scaled], axis=-1), -1, 0),
            crps=found[AVERAGE].crps,
            medians={name: each[..., MIDDLE].astype(np.float64) for name, each in (forecasts | dict(rules)).items()},
        ),
        reference=reference,
        best=_best(scores, archive.variants),
    )


def _other_states(archive: Archive, weights: StructureWeights, cells: SeriesCells, drivers: str) -> dict[str, Measures]:
    """Score the average under the other states of knowledge; known drivers only as far as they are known."""
    found = {}
    for state in archive.quantiles:
        if state != drivers:
            observed = (
                np.where(cells.covered_by_drivers, cells.observed, np.nan) if state == "known" else cells.observed
            )
            found[state] = measured(averaged(archive, state, cells.series, weights), cells, observed)
    return found


def _scores(
    found: Mapping[str, Measures],
    states: Mapping[str, Measures],
    cells: SeriesCells,
    assignment: Assignment,
    reference: str,
) -> list[Score]:
    """Sum up every forecaster over every group, and the average under every state of knowledge."""
    plan, drivers = assignment.plan, next(iter(states))
    own = {AVERAGE, *(variant.name for variant in assignment.variants)}
    scores = []
    for group in plan.groups:
        for horizon in group.horizons:
            mask = within(group, horizon, plan.origins, cells.observed.shape)
            skill = skills(found, mask, reference)
            for name, each in found.items():
                state = drivers if name in own else ""
                score = group_score(name, cells.series, state, each, group, horizon, plan.origins)
                scores.append(replace(score, skill=skill.get(name, float("nan"))))
            scores += [
                group_score(AVERAGE, cells.series, state, each, group, horizon, plan.origins)
                for state, each in states.items()
                if state != drivers
            ]
    return scores


def _reference(rules: Mapping[str, Single], cells: SeriesCells) -> str:
    """Name the rule that relative skill is against."""
    names = REFERENCES if has_reference(cells) else REFERENCES[1:]
    return next((name for name in names if name in rules), next(iter(rules), ""))


def _best(scores: list[Score], structures: tuple[str, ...]) -> str:
    """Name the single structure with the lowest CRPS in the first group, over its longest horizon; hindsight."""
    group = scores[0].group
    last = max(score.horizon for score in scores if score.group == group)
    single = [s for s in scores if s.forecaster in structures and (s.group, s.horizon) == (group, last)]
    return min(single, key=lambda score: np.nan_to_num(score.crps, nan=np.inf)).forecaster
