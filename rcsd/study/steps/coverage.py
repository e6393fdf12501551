"""Counts the observed cells that lie inside the posterior's bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rcsd.bands import between
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.rolling import TRUSTED
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Step
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.posterior import POSTERIOR


@dataclass(frozen=True, slots=True)
class Inside:
    """Of `n` cells of a series in a window, those inside the 90 % band."""

    n: int
    n_inside: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells of one series inside its bands, in the fit window and in the hold-out."""

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
    beyond = {band.series: band for band in sampled.beyond}
    return tuple(
        Coverage(target.name, _inside(within[target.name], target), _inside(beyond.get(target.name), target))
        for target in targets
        if target.name in within
    )


def _inside(band: SeriesBand | None, target: TargetResult) -> Inside:
    if band is None:
        return Inside(0, 0)
    counted = (target.weights >= TRUSTED) & np.isin(target.years, band.years)
    at = np.searchsorted(band.years, target.years[counted])
    observed = target.observed[counted]
    return Inside(observed.size, int(between(observed, band.low[at], band.high[at]).sum()))


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
