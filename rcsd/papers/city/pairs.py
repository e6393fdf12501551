"""A quantity in the status quo and in another scenario, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios import Better, Comparison, Measure, compare
from rcsd.errors import SimulationError

Floats = NDArray[np.float64]
SHARES = (0.05, 0.5, 0.95)
"""Quantiles of every band."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Quantiles of a quantity over the draws that ran, 5 %, 50 % and 95 %, each of shape (n_years,)."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Pair:
    """One quantity in both.

    Attributes
    ----------
    name, unit
        Of the quantity.
    meaning
        Why one of two values is the better one.
    better, measure
        Of `rcsd.analysis.scenarios.Outcome`.
    status_quo, scenario
        Levels.
    difference
        Of the scenario from the status quo, draw by draw.
    """

    name: str
    unit: str
    meaning: str
    better: Better
    measure: Measure
    status_quo: Levels
    scenario: Levels
    difference: Comparison


def levels(values: Floats) -> Levels:
    """Quantiles of draws, shape (n_draws, n_years); a row with NaN does not count.

    Raises
    ------
    SimulationError
        When no row counts.
    """
    ran = np.isfinite(values).all(axis=1)
    if not ran.any():
        raise SimulationError(f"every one of {len(values)} runs failed: nothing can be compared")
    return Levels(*np.quantile(values[ran], SHARES, axis=0))


def pair(
    name: str, unit: str, meaning: str, better: Better, measure: Measure, *, status_quo: Floats, scenario: Floats
) -> Pair:
    """Compare two sets of draws, shape (n_draws, n_years); row i of both is one draw."""
    return Pair(
        name=name,
        unit=unit,
        meaning=meaning,
        better=better,
        measure=measure,
        status_quo=levels(status_quo),
        scenario=levels(scenario),
        difference=compare(scenario, status_quo, better=better, measure=measure),
    )
