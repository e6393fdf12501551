"""Forecasts without each part of the model, beside those of the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.forecasting import clustered_mean
from rcsd.analysis.forecasting.levels import MIDDLE
from rcsd.study.panel.ablation.reading import Ablation, Ablations
from rcsd.study.panel.ablation.result import WHOLE, AblationResult, Part, PartScore
from rcsd.study.panel.origins.ahead import Assignment
from rcsd.study.panel.origins.archive import Archive
from rcsd.study.panel.origins.plan import Plan, require_years
from rcsd.study.panel.origins.running import run_origins
from rcsd.study.panel.panel import Panel, headline_of
from rcsd.study.panel.scoring.benchmarks import run_rules
from rcsd.study.panel.scoring.cells import SeriesCells, collect_cells, stated_studies
from rcsd.study.panel.scoring.measures import Measures, measured
from rcsd.study.panel.scoring.rules import rule_quantiles, warm_origins
from rcsd.study.panel.scoring.scoring import main_drivers
from rcsd.study.panel.scoring.tables import within
from rcsd.work.progress import Progress, silent

Array = NDArray[np.float64]
Single = NDArray[np.float32]


def run_ablations(
    panel: Panel,
    plan: Plan,
    ablations: Ablations,
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> AblationResult:
    """Fit and forecast without each part, and compare with the whole model over the same cells.

    Parameters
    ----------
    panel, plan, ablations
        What is forecast, from where, and without what.
    folder
        Where finished forecasts are kept; those of the whole model are shared with `run_panel`.
    workers, scheduler, progress
        As in `run_panel`.
    """
    require_years(panel, plan)
    forecast = partial(run_origins, workers=workers, scheduler=scheduler, progress=progress)
    whole = forecast(Assignment(panel, (ablations.whole,), plan), folder / "origins")
    variants = tuple(part.variant for part in ablations.parts if part.variant is not None)
    without = forecast(Assignment(panel, variants, plan), folder / "ablations") if variants else None
    studies = stated_studies(panel, ablations.whole)
    series, drivers = headline_of(panel.file.series), main_drivers(whole)
    cells = collect_cells(panel, studies, plan.origins, plan.horizon)[series]
    rules = {}
    if any(part.section.rule for part in ablations.parts):
        warm = collect_cells(panel, studies, warm_origins(panel.file.windows.fit[0], plan.origins), plan.horizon)
        only = {series: warm[series]}
        medians = run_rules(panel, only, folder / "rules", workers=workers, scheduler=scheduler, progress=progress)
        rules = rule_quantiles(warm[series], medians[series], plan.origins)
    found = {WHOLE: measured(_of(whole, drivers, 0, series), cells)}
    for part in ablations.parts:
        found[part.name] = measured(_without(part, whole, without, drivers, series, rules), cells)
    variable = next(t.variable for t in next(iter(studies.values())).targets if t.series.name == series)
    return AblationResult(
        file=ablations.file,
        whole=ablations.whole.title,
        series=series,
        variable=variable,
        drivers=drivers,
        parts=tuple(Part(part.name, part.section.title, part.section.reason) for part in ablations.parts),
        scores=tuple(_scores(found, cells, plan)),
        n_missing=0 if without is None else len(without.missing),
    )


def _of(archive: Archive, drivers: str, variant: int, series: str) -> Single:
    return np.asarray(archive.quantiles[drivers][variant, archive.series.index(series)], dtype=np.float32)


def _without(
    part: Ablation,
    whole: Archive,
    without: Archive | None,
    drivers: str,
    series: str,
    rules: Mapping[str, Single],
) -> Single:
    """Forecasts without a part, shape (n_cities, n_origins, horizon, n_levels)."""
    if part.section.rule:
        return rules[part.section.rule]
    archive, variant = whole, 0
    if part.variant is not None and without is not None:
        archive, variant = without, without.variants.index(part.name)
    # with no driver left to forecast, the state of knowledge is that of frozen ones
    state = drivers if drivers in archive.quantiles and _has(archive, drivers, variant) else "frozen"
    quantiles = _of(archive, state, variant, series)
    if part.section.carry_over:
        return quantiles
    run = archive.fitted[state][variant, archive.series.index(series)]
    return np.asarray(quantiles * (run / quantiles[..., MIDDLE])[..., np.newaxis], dtype=np.float32)


def _has(archive: Archive, drivers: str, variant: int) -> bool:
    return bool(np.isfinite(archive.quantiles[drivers][variant]).any())


def _scores(found: Mapping[str, Measures], cells: SeriesCells, plan: Plan) -> Iterator[PartScore]:
    """Compare by group, then by origin over the shortest horizon of its group."""
    shape = cells.observed.shape
    for group in plan.groups:
        for horizon in group.horizons:
            mask = within(group, horizon, cells.origins, shape)
            for name, each in found.items():
                yield _compared(name, each, found[WHOLE], mask, cells.origins, None, group.name, horizon)
        for origin in group.origins:
            horizon = group.horizons[0]
            mask = within(group, horizon, cells.origins, shape) & (np.array(cells.origins) == origin)[:, np.newaxis]
            for name, each in found.items():
                yield _compared(name, each, found[WHOLE], mask, cells.origins, origin, "", horizon)


def _compared(
    name: str,
    part: Measures,
    whole: Measures,
    mask: NDArray[np.bool_],
    origins: Sequence[int],
    origin: int | None,
    group: str,
    horizon: int,
) -> PartScore:
    both = mask & np.isfinite(part.crps) & np.isfinite(whole.crps)
    starts = np.broadcast_to(np.array(origins)[:, np.newaxis], mask.shape)[both]
    mase = clustered_mean(part.scaled[both] - whole.scaled[both], starts)
    crps = clustered_mean(part.crps[both] - whole.crps[both], starts)
    return PartScore(
        part=name,
        origin=origin,
        group=group,
        horizon=horizon,
        n=int(both.sum()),
        mase=_mean(part.scaled[both]),
        crps=_mean(part.crps[both]),
        coverage=_mean(part.inside[both]),
        mase_lost=mase.value,
        crps_lost=crps.value,
        mase_error=mase.error,
        crps_error=crps.error,
    )


def _mean(values: Array) -> float:
    return float(np.nanmean(values)) if values.size else float("nan")
