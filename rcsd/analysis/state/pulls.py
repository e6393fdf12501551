"""Where data pull a model: corrections that keep their sign are evidence of what its structure leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.state.result import Estimate, What

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Pull:
    """How the data corrected one quantity, over the times that had data.

    Attributes
    ----------
    name, what, unit
        Of the quantity; the unit is that of the corrections: "%" for differences of logarithms, times 100, and "search
        scale" for a parameter.
    mean
        Mean correction.
    standardised
        The mean over its standard error, for which the corrections count as independent: if all assumptions hold they
        are, and have no mean. NaN with fewer than two.
    n
        Times with data.
    largest, at
        The correction of largest size, and its time.
    """

    name: str
    what: What
    unit: str
    mean: float
    standardised: float
    n: int
    largest: float
    at: float


def pulls(estimates: Sequence[Estimate], times: NDArray[np.float64], seen: NDArray[np.float64]) -> tuple[Pull, ...]:
    """Summarise the corrections of every quantity that was corrected at all, the most persistent first.

    Parameters
    ----------
    estimates
        Of a filter.
    times
        Theirs.
    seen
        Times that had data.
    """
    with_data = np.isin(times, seen)
    found = [_pull(each, times[with_data], each.increments[with_data]) for each in estimates if with_data.any()]
    return tuple(sorted((pull for pull in found if abs(pull.largest) > _ROUNDING), key=_persistence, reverse=True))


def _pull(estimate: Estimate, times: NDArray[np.float64], increments: NDArray[np.float64]) -> Pull:
    n, k = increments.size, int(np.argmax(np.abs(increments)))
    spread = increments.std(ddof=1) / np.sqrt(n) if n > 1 else np.nan
    unit = "%" if estimate.relative else "search scale" if estimate.what == "parameter" else estimate.unit
    return Pull(
        estimate.name,
        estimate.what,
        unit,
        float(increments.mean()),
        float(increments.mean() / spread) if spread > 0 else float("nan"),
        n,
        float(increments[k]),
        float(times[k]),
    )


def _persistence(pull: Pull) -> float:
    return abs(pull.standardised) if np.isfinite(pull.standardised) else 0.0
