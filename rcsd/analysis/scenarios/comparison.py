"""How far a scenario differs from another one, draw by draw.

Both have the same parameters, the same prices and the same residuals in a draw, so that what differs is the policy's
doing: common random numbers (Law, Simulation Modeling and Analysis, 5th ed., section 11.2). A relative residual
multiplies both and cancels in their ratio, so runs without residuals are compared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios.definition import Better, Measure
from rcsd.bands import band, complete


@dataclass(frozen=True, slots=True)
class Comparison:
    """Differences of a scenario from the reference, over the draws in which both ran; arrays of shape (n_years,).

    Attributes
    ----------
    level
        Median of the scenario's own values.
    low, median, high
        5 %, 50 % and 95 % of the differences.
    share_better
        Share of the draws in which the scenario is better; a draw in which the two are equal is not.
    n_draws
        How many draws were compared.
    """

    level: NDArray[np.float64]
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]
    share_better: NDArray[np.float64]
    n_draws: int


def compare(
    scenario: NDArray[np.float64], reference: NDArray[np.float64], *, better: Better, measure: Measure
) -> Comparison:
    """Compare the runs of a scenario with those of the reference.

    Parameters
    ----------
    scenario, reference
        Values by draw and year, shape (n_draws, n_years); NaN in the row of a run that failed.
    better, measure
        Of `Outcome`.

    Returns
    -------
    Comparison
        NaN throughout where no draw has both runs.

    Examples
    --------
    >>> found = compare(np.array([[11.0], [9.0]]), np.array([[10.0], [10.0]]), better="higher", measure="percent")
    >>> found.share_better.tolist(), found.n_draws
    ([0.5], 2)
    """
    both = complete(scenario) & complete(reference)
    mine, other = scenario[both], reference[both]
    if not len(mine):
        nothing = np.full(scenario.shape[1], np.nan)
        return Comparison(nothing, nothing, nothing, nothing, nothing, 0)
    found = band(difference(mine, other, measure))
    return Comparison(
        level=np.median(mine, axis=0),
        low=found.low,
        median=found.median,
        high=found.high,
        share_better=np.mean(_better(mine, other, better), axis=0),
        n_draws=len(mine),
    )


def share_between(
    scenario: NDArray[np.float64], reference: NDArray[np.float64], *, measure: Measure, lower: float, upper: float
) -> float:
    """Share of the draws whose difference lies between two ends, both included.

    Parameters
    ----------
    scenario, reference
        Values by draw, shape (n_draws,); NaN for a run that failed.
    measure
        Of `Outcome`.
    lower, upper
        In that measure.

    Returns
    -------
    float
        NaN where no draw has both runs.
    """
    both = np.isfinite(scenario) & np.isfinite(reference)
    found = difference(scenario[both], reference[both], measure)
    return float(np.mean((found >= lower) & (found <= upper))) if found.size else float("nan")


def difference(mine: NDArray[np.float64], other: NDArray[np.float64], measure: Measure) -> NDArray[np.float64]:
    """Difference in per cent of the other one's size, or in the unit of both."""
    return np.asarray(mine - other if measure == "absolute" else 100 * (mine - other) / np.abs(other))


def _better(mine: NDArray[np.float64], other: NDArray[np.float64], better: Better) -> NDArray[np.bool_]:
    if better == "nearer zero":
        return np.asarray(np.abs(mine) < np.abs(other))
    return np.asarray(mine > other if better == "higher" else mine < other)
