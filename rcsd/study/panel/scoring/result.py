"""What forecasts from many origins were worth: plain frozen data for tables, figures and files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.study.panel.cities import City
from rcsd.study.panel.origins.archive import Missing
from rcsd.study.panel.origins.plan import Plan
from rcsd.study.panel.scoring.averages import StructureWeights
from rcsd.study.panel.scoring.calibration import GroupCalibration, OriginCalibration
from rcsd.study.panel.scoring.duels import Duel
from rcsd.study.panel.scoring.tables import Forecaster, OriginScore, Score

AVERAGE = "average"
"""Name of the average over the structures."""


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """Every cell of one series.

    Attributes
    ----------
    series
        Which.
    observed
        Shape (n_cities, n_origins, horizon); NaN where a cell is not scored.
    change
        Shape (n_cities, n_origins).
    ends
        5 %, 50 % and 95 % of the average with forecast drivers, and its 5 % and 95 % after scaling; shape (5,
        n_cities, n_origins, horizon).
    crps
        Of the average, per cent.
    medians
        By forecaster.
    """

    series: str
    observed: NDArray[np.float64]
    change: NDArray[np.float64]
    ends: NDArray[np.float64]
    crps: NDArray[np.float64]
    medians: Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class OriginsResult:
    """Forecasts from many origins, scored.

    Attributes
    ----------
    plan
        Origins, horizon and groups.
    cities
        In the order of the cells.
    forecasters
        The average, the structures, the rules.
    reasons
        By structure, where its settings come from.
    drivers
        What a forecaster knows of the drivers: the state of knowledge behind every table without the word.
    series
        Variables by series.
    reference
        By series, the rule that relative skill is against.
    scores, by_origin, duels
        Tables.
    weights
        Of the structures.
    best
        By series, the single structure with the lowest CRPS, known only afterwards.
    calibrations, by_origin_calibration
        Coverage before and after scaling.
    cells
        By series, in the order of `series`.
    missing
        What could not be forecast.
    n_reused
        Forecasts kept from an earlier run.
    """

    plan: Plan
    cities: tuple[City, ...]
    forecasters: tuple[Forecaster, ...]
    reasons: Mapping[str, str]
    drivers: str
    series: Mapping[str, str]
    reference: Mapping[str, str]
    scores: tuple[Score, ...]
    by_origin: tuple[OriginScore, ...]
    duels: tuple[Duel, ...]
    weights: StructureWeights
    best: Mapping[str, str]
    calibrations: tuple[GroupCalibration, ...]
    by_origin_calibration: tuple[OriginCalibration, ...]
    cells: tuple[CellTable, ...]
    missing: tuple[Missing, ...]
    n_reused: int

    def score(self, forecaster: str, series: str, group: str, horizon: int, drivers: str | None = None) -> Score | None:
        """Find a score; None where the forecaster has none."""
        wanted = self.drivers if drivers is None else drivers
        for each in self.scores:
            if (each.forecaster, each.series, each.group, each.horizon) != (forecaster, series, group, horizon):
                continue
            if each.drivers in ("", wanted):
                return each
        return None

    def of_kind(self, kind: str) -> tuple[Forecaster, ...]:
        """Return the forecasters of a kind, in order."""
        return tuple(each for each in self.forecasters if each.kind == kind)
