"""Tables of a panel's forecasts from many origins, for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from rcsd.study.panel.scoring.result import CellTable, OriginsResult
from rcsd.tables import Row

SCORE_COLUMNS = (
    *("series", "group", "horizon", "forecaster", "kind", "drivers", "cells", "mase", "mase_error", "crps"),
    *("crps_error", "wis", "log_score", "mape", "coverage", "coverage_low", "coverage_high", "relative_skill", "wins"),
)
_CELL_COLUMNS = (
    *("city", "series", "origin", "horizon", "year", "observed", "mean_change", "low", "median", "high"),
    *("low_scaled", "high_scaled", "crps"),
)


def score_rows(result: OriginsResult) -> Iterator[Row]:
    """One row per forecaster, series, group of origins, horizon and knowledge of the drivers."""
    kinds = {each.name: each.kind for each in result.forecasters}
    wins = {(each.rule, each.series, each.group, each.horizon): each.wins for each in result.duels}
    for s in result.scores:
        won = wins.get((s.forecaster, s.series, s.group, s.horizon), float("nan"))
        yield [
            *(s.series, s.group, s.horizon, s.forecaster, kinds[s.forecaster], s.drivers, s.n, s.mase, s.mase_error),
            *(s.crps, s.crps_error, s.wis, s.log_score, s.mape, s.coverage, s.low, s.high, s.skill, won),
        ]


def cell_columns(result: OriginsResult) -> list[str]:
    """Columns of `cell_rows`: those of the average, then the medians of all others."""
    return [*_CELL_COLUMNS, *(each.name for each in result.forecasters[1:])]


def cell_rows(result: OriginsResult) -> Iterator[Row]:
    """One row per cell that is scored: what came, the average's forecast, and the median of every other."""
    for table in result.cells:
        yield from _of_series(result, table)


def _of_series(result: OriginsResult, table: CellTable) -> Iterator[Row]:
    nothing = np.full(table.observed.shape, np.nan)
    others = [table.medians.get(each.name, nothing) for each in result.forecasters[1:]]
    for c, o, h in np.argwhere(np.isfinite(table.observed)).tolist():
        origin = result.plan.origins[o]
        at = (c, o, h)
        yield [
            *(result.cities[c].city, table.series, origin, h + 1, origin + h + 1, _short(table.observed[at])),
            *(_short(value) for value in (table.change[c, o], *table.ends[:, c, o, h], table.crps[at])),
            *(_short(each[at]) for each in others),
        ]


def _short(value: float) -> float:
    """Cut a number to what single precision tells."""
    return float(f"{value:.7g}")


def origins_document(result: OriginsResult) -> Mapping[str, object]:
    """Return what ``panel.json`` holds of it: all but the cells, which have a table of their own."""
    return {
        "plan": result.plan,
        "drivers": result.drivers,
        "forecasters": result.forecasters,
        "reasons": result.reasons,
        "reference": result.reference,
        "scores": result.scores,
        "by_origin": result.by_origin,
        "duels": result.duels,
        "weights": result.weights,
        "best_with_hindsight": result.best,
        "calibration": result.calibrations,
        "calibration_by_origin": result.by_origin_calibration,
        "missing": result.missing,
    }
