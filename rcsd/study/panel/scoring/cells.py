"""What came, cell by cell: by city, origin and years ahead, and what a forecaster could know of each series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.backtest.rolling import mean_change
from rcsd.analysis.forecasting import History
from rcsd.errors import RcsdError
from rcsd.study import Study
from rcsd.study.file.schema import StudyFile
from rcsd.study.findings.rolling import cells_of
from rcsd.study.panel.origins.variant import Variant
from rcsd.study.panel.panel import Panel

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SeriesCells:
    """One series of all cities.

    Attributes
    ----------
    series
        Which.
    cities, origins
        Names and last known years, in the order of the axes.
    observed
        What came, NaN where a cell is not there or not scored, shape (n_cities, n_origins, horizon).
    change
        Mean absolute yearly change up to the origin, which scales errors; shape (n_cities, n_origins).
    covered_by_drivers
        Whether every driver's series reaches the year, shape (n_cities, n_origins, horizon).
    histories
        By origin and city: what a benchmark rule may see, with the growth of what the series is a part of. Nothing
        after the origin is in it, nor a doubt about a cell that only later years raised.
    """

    series: str
    cities: tuple[str, ...]
    origins: tuple[int, ...]
    observed: Array
    change: Array
    covered_by_drivers: NDArray[np.bool_]
    histories: Mapping[int, Mapping[str, History]]


def stated_studies(panel: Panel, variant: Variant) -> dict[str, Study]:
    """State the study of every city; one that cannot be stated is left out."""
    found: dict[str, Study] = {}
    for city in panel.cities:
        with suppress(RcsdError):
            found[city.city] = variant.study(panel, city)
    return found


def collect_cells(
    panel: Panel, studies: Mapping[str, Study], origins: Sequence[int], horizon: int
) -> dict[str, SeriesCells]:
    """Collect the cells of every series.

    Parameters
    ----------
    panel
        Whose cities make the first axis.
    studies
        By city; one that is not there has no cells.
    origins, horizon
        Which make the other axes.
    """
    return {name: _series(panel, studies, name, origins, horizon) for name in panel.file.series}


def jump_limit(file: StudyFile, series: str) -> float:
    """Change of a series in a year, of logarithms, beyond which a boundary has moved; infinite without one."""
    limits = {} if file.rolling is None else file.rolling.jumps
    return float(np.log1p(limits[series])) if series in limits else np.inf


def _series(panel: Panel, studies: Mapping[str, Study], name: str, origins: Sequence[int], horizon: int) -> SeriesCells:
    shape = (len(panel.cities), len(origins), horizon)
    observed, covered = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
    change = np.full(shape[:2], np.nan)
    histories: dict[int, dict[str, History]] = {origin: {} for origin in origins}
    due = np.array(origins)[:, np.newaxis] + np.arange(1, horizon + 1)
    for place, city in enumerate(panel.cities):
        study = studies.get(city.city)
        if study is None:
            continue
        target = next(each for each in study.targets if each.series.name == name)
        years, values, growth = target.series.years, target.series.values, target.reference
        for row, origin in enumerate(origins):
            known, scored = cells_of(target, origin)
            before = known & (years <= origin)
            if before.any():
                histories[origin][city.city] = History.until(origin, years[before], values[before], growth)
                change[place, row] = mean_change(years[before], values[before])
        observed[place] = _came(years, values, scored, due, jump_limit(panel.file, name), origins)
        covered[place] = due <= min((driver.years[-1] for driver in study.drivers), default=np.inf)
    return SeriesCells(
        name, tuple(city.city for city in panel.cities), tuple(origins), observed, change, covered, histories
    )


def _came(
    years: Array,
    values: Array,
    scored: NDArray[np.bool_],
    due: NDArray[np.int_],
    limit: float,
    origins: Sequence[int],
) -> Array:
    """Values at the years due; NaN where there is no scored cell, or where a jump lies in between."""
    at = {int(year): float(value) for year, value, counts in zip(years, values, scored, strict=True) if counts}
    found = np.vectorize(lambda year: at.get(int(year), np.nan), otypes=[np.float64])(due)
    if not np.isfinite(limit):
        return np.asarray(found)
    jumps = years[1:][np.abs(np.diff(np.log(values))) > limit]
    for row, origin in enumerate(origins):
        later = jumps[jumps > origin]
        if later.size:
            found[row, due[row] >= later[0]] = np.nan
    return np.asarray(found)
