"""Counts the observed cells that lie inside the bands of posterior and forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.bands import between
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.rolling import TRUSTED
from rcsd.study.findings.target import HoldoutForecast, TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.posterior import POSTERIOR

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inside:
    """Of `n` cells of a series in a window, those inside the 90 % band."""

    n: int
    n_inside: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells of one series inside its bands: of the posterior in the fit window, of the forecast in the hold-out."""

    series: str
    fit: Inside
    holdout: Inside


@dataclass(frozen=True, slots=True)
class Coverages:
    """Of every series that has bands."""

    series: tuple[Coverage, ...]


def coverage(sampled: Sampled, targets: Sequence[TargetResult]) -> tuple[Coverage, ...]:
    """Count cells inside the bands, those of at least half weight; nothing where there are no bands."""
    within = {band.series: band for band in sampled.within}
    return tuple(
        Coverage(target.name, _within(within[target.name], target), _ahead(target.forecast, target))
        for target in targets
        if target.name in within
    )


def _within(band: SeriesBand, target: TargetResult) -> Inside:
    return _inside(target, band.years, band.low, band.high)


def _ahead(forecast: HoldoutForecast | None, target: TargetResult) -> Inside:
    return Inside(0, 0) if forecast is None else _inside(target, forecast.years, forecast.lower, forecast.upper)


def _inside(target: TargetResult, years: Vector, low: Vector, high: Vector) -> Inside:
    counted = (target.weights >= TRUSTED) & np.isin(target.years, years)
    at = np.searchsorted(years, target.years[counted])
    observed = target.observed[counted]
    return Inside(observed.size, int(between(observed, low[at], high[at]).sum()))


def _compute(run: Run) -> Coverages:
    return Coverages(coverage(run[POSTERIOR], run[BACKTEST].targets))


def _document(result: StudyResult) -> dict[str, object]:
    found = result.get(COVERAGE)
    inside = {} if found is None else {each.series: each for each in found.series}
    targets = result[BACKTEST].targets
    return {"series": {target.name: {"coverage": _shares(inside.get(target.name))} for target in targets}}


def _shares(inside: Coverage | None) -> dict[str, Any] | None:
    return None if inside is None else {"fit": _share(inside.fit), "holdout": _share(inside.holdout)}


def _share(inside: Inside) -> dict[str, int] | None:
    return None if inside.n == 0 else {"n": inside.n, "inside": inside.n_inside}


STEP = COVERAGE = Step("coverage", Coverages, _compute, needs=(POSTERIOR, BACKTEST), document=_document)
