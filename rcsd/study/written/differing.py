"""Which parameters differ between several studies beyond what their posteriors leave open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rcsd.bands import SHARES
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
