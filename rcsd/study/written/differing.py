"""What differs between several studies: the pace of their data, and parameters beyond what their draws leave open."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from rcsd.bands import SHARES
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR


@dataclass(frozen=True, slots=True)
class Known:
    """What one study knows of a parameter: the median and the ends of the 90 % interval of its posterior."""

    study: StudyResult
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Differing:
    """A parameter that several studies estimate.

    Attributes
    ----------
    name, unit
        Of the parameter.
    each
        What the studies know of it, in their order; those without draws are left out.
    """

    name: str
    unit: str
    each: tuple[Known, ...]

    @property
    def apart(self) -> tuple[tuple[Known, Known], ...]:
        """The pairs of studies whose intervals share no value."""
        return tuple((a, b) for a, b in combinations(self.each, 2) if a.high < b.low or b.high < a.low)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast an observed series changed, in per cent a period, compounded.

    Attributes
    ----------
    study
        The study.
    fitted, held_out
        From the first cell that counts to the last of the fit window, and from there to the last of the hold-out; NaN
        where there are too few.
    """

    study: StudyResult
    fitted: float
    held_out: float


def paces(targets: Sequence[tuple[StudyResult, TargetResult]]) -> tuple[Pace, ...]:
    """Return how fast a series changed in each study; nothing of one of which shares of a value say nothing."""
    return tuple(_pace(result, target) for result, target in targets if target.in_percent)


def _pace(result: StudyResult, target: TargetResult) -> Pace:
    windows = np.array(target.windows)
    fit, ahead = (np.flatnonzero((windows == name) & (target.weights > 0)) for name in ("fit", "holdout"))
    first, origin = (int(fit[0]), int(fit[-1])) if fit.size else (0, 0)
    return Pace(
        result,
        _a_period(target, first, origin),
        _a_period(target, origin, int(ahead[-1])) if ahead.size else math.nan,
    )


def _a_period(target: TargetResult, first: int, last: int) -> float:
    """Change from one cell to another, in per cent a period."""
    if last <= first:
        return math.nan
    steps = float(target.years[last] - target.years[first])
    ratio = float(target.observed[last] / target.observed[first])
    return 100 * (math.pow(ratio, 1 / steps) - 1)


def differing(results: Sequence[StudyResult]) -> tuple[Differing, ...]:
    """Hold the posteriors of several studies side by side.

    Parameters
    ----------
    results
        Of the studies, in the order in which they are to be shown.

    Returns
    -------
    tuple of Differing
        The parameters of which two studies or more have draws, in the same unit; those that differ in most pairs come
        first, else in the order in which they first occur.
    """
    found: dict[tuple[str, str], list[Known]] = {}
    for result in results:
        sampled = result.get(POSTERIOR)
        if sampled is None or sampled.posterior is None:
            continue
        units = {parameter.name: parameter.unit for parameter in result[PARAMETERS].parameters}
        names, ends = sampled.posterior.draws.names, sampled.posterior.quantiles(SHARES).T.tolist()
        for name, (low, median, high) in zip(names, ends, strict=True):
            found.setdefault((name, units[name]), []).append(Known(result, low, median, high))
    shared = [Differing(name, unit, tuple(each)) for (name, unit), each in found.items() if len(each) > 1]
    return tuple(sorted(shared, key=lambda each: -len(each.apart)))
