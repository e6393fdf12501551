"""How many observed cells lie inside the posterior's bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rcsd.bands import between
from rcsd.study.graph.result import TargetResult
from rcsd.study.findings.bands import Band
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.rolling import TRUSTED


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


def coverage(sampled: Sampled | None, targets: Sequence[TargetResult]) -> tuple[Coverage, ...]:
    """Count cells inside the bands, those of at least half weight; nothing where there are no bands."""
    if sampled is None:
        return ()
    within = {band.series: band for band in sampled.within}
    beyond = {band.series: band for band in sampled.beyond}
    return tuple(
        Coverage(target.name, _inside(within[target.name], target), _inside(beyond.get(target.name), target))
        for target in targets
        if target.name in within
    )


def _inside(band: Band | None, target: TargetResult) -> Inside:
    if band is None:
        return Inside(0, 0)
    counted = (target.weights >= TRUSTED) & np.isin(target.years, band.years)
    at = np.searchsorted(band.years, target.years[counted])
    observed = target.observed[counted]
    return Inside(observed.size, int(between(observed, band.low[at], band.high[at]).sum()))
