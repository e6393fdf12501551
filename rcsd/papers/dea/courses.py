"""Courses over the periods that a reader can take in: each unit's own where there are few, else of groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.bands import QUARTILES, quantiles
from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.method.data import Floats, Period
from rcsd.papers.dea.method.malmquist import MalmquistResult

FEW = 8
"""Units up to which each is shown on its own."""

ALL = "all units"


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A value over the periods, of one unit or of a group.

    Attributes
    ----------
    name : str
        Of the unit or the group.
    n_units : int
        How many units it is of.
    periods : tuple
        In order.
    middle : NDArray, shape (periods,)
        The unit's value, or the median.
    low, high : NDArray, shape (periods,)
        Quartiles; the same as `middle` for one unit.
    """

    name: str
    n_units: int
    periods: tuple[Period, ...]
    middle: Floats
    low: Floats
    high: Floats


def members(found: Assessment) -> dict[str, tuple[str, ...]]:
    """Units of each course: one each where there are few, else those of a group, else all."""
    units = tuple(dict.fromkeys(found.data.units))
    if len(units) <= FEW:
        return {unit: (unit,) for unit in units}
    if not found.groups:
        return {ALL: units}
    present = dict.fromkeys(found.groups[unit] for unit in units)
    order = [*(g for g in found.window.group_order if g in present), *present]
    return {group: tuple(u for u in units if found.groups[u] == group) for group in dict.fromkeys(order)}


def score_courses(found: Assessment, scores: Floats) -> tuple[Course, ...]:
    """Follow a value of every row of the data over the periods."""
    periods = found.data.distinct_periods
    table = {(u, p): s for u, p, s in zip(found.data.units, found.data.periods, scores.tolist(), strict=True)}
    return tuple(_course(name, units, periods, table) for name, units in members(found).items())


def change_courses(found: Assessment, change: MalmquistResult, factor: str) -> tuple[Course, ...]:
    """Follow a cumulated factor of the Malmquist index over the periods."""
    frame = change.cumulated(factor)
    table = {(str(u), p): float(column[p]) for u, column in frame.items() for p in frame.index}
    return tuple(_course(name, units, tuple(frame.index), table) for name, units in members(found).items())


def _course(
    name: str, units: tuple[str, ...], periods: tuple[Period, ...], table: dict[tuple[str, Period], float]
) -> Course:
    values = np.array([[table.get((unit, period), np.nan) for unit in units] for period in periods])
    known = np.isfinite(values).any(axis=1)
    quartiles = np.array([quantiles(row[~np.isnan(row)], QUARTILES) for row in values])
    quartiles[~known] = np.nan
    low, middle, high = quartiles.T
    return Course(name, len(units), periods, middle, low, high)


def improvements(found: Assessment) -> tuple[tuple[str, Floats], ...]:
    """Change of each column that its target asks of the last period's units, in per cent; medians of groups.

    Returns
    -------
    tuple of (str, NDArray)
        By unit or group: one value a column, inputs, outputs, undesirable outputs in order; NaN where a column is zero.
    """
    data, periods = found.data, found.data.distinct_periods
    rows = data.rows_of(periods[-1]) if periods else np.arange(len(data))
    actual = np.hstack([data.inputs, data.outputs, data.undesirable])[rows]
    change = np.full(actual.shape, np.nan)
    np.divide(100 * (found.result.targets[rows] - actual), actual, out=change, where=actual > 0)
    names = [data.units[row] for row in rows]
    rows_of = {name: [k for k, unit in enumerate(names) if unit in units] for name, units in members(found).items()}
    return tuple((name, _medians(change[own])) for name, own in rows_of.items() if own)


def _medians(change: Floats) -> Floats:
    found = np.full(change.shape[1], np.nan)
    known = np.isfinite(change).any(axis=0)
    found[known] = np.nanmedian(change[:, known], axis=0)
    return found
