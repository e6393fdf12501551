"""A quantity in the status quo and in another scenario, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios import Better, Comparison, Measure, compare
from rcsd.bands import Band, band, complete
from rcsd.errors import SimulationError

Floats = NDArray[np.float64]


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
        Its levels, of shape (n_years,).
    difference
        Of the scenario from the status quo, draw by draw.
    """

    name: str
    unit: str
    meaning: str
    better: Better
    measure: Measure
    status_quo: Band
    scenario: Band
    difference: Comparison


def levels(values: Floats) -> Band:
    """Summarise draws, shape (n_draws, n_years); a row with NaN does not count.

    Raises
    ------
    SimulationError
        When no row counts.
    """
    ran = complete(values)
    if not ran.any():
        raise SimulationError(f"every one of {len(values)} runs failed: nothing can be compared")
    return band(values[ran])


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
