"""Many small linear programmes over the same activities, solved together.

Every model of data envelopment analysis asks, for one unit after the other, for the cheapest mix of the observed
activities: a few rows, a column for each of n units, and a few columns of the unit's own. Most columns can never be
used, since only units on the frontier can be peers. So the programmes are solved over a small working set of
activities, many units to one call of HiGHS, and the dual prices of each solution are held against *all* n activities;
one that would pay joins the set and the unit is solved again. A solution counts only when no activity pays: its dual
prices are then feasible for the whole programme, so that the working set changes the time and never the answer
(column generation; Dantzig and Wolfe 1960; for this use Barr and Durchholz 1997, Annals of Operations Research 73).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array

from rcsd.errors import AssessmentError
from rcsd.papers.dea.method.data import Floats

Outcome: TypeAlias = Literal["optimal", "infeasible", "unbounded"]
Indices: TypeAlias = NDArray[np.intp]

FEASIBILITY = (1e-10, 1e-9, 1e-7)
"""Of HiGHS, primal and dual, on rows that are scaled to the unit's own values: the tightest that it takes, and what a
unit alone is tried with after that, for activities that differ in the tenth digit can defeat it."""

_PAYS = 1e-9
"""Reduced cost below which an activity joins the working set, relative to the activity's size."""

_DUST = 1e-11
"""Shares of a solution that are taken for zero."""

_TOGETHER = 48
"""Units to one call; timed with `benchmarks/dea.py`: fewer pay the call, more the simplex method's longer bases."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise own cost x own variables + activity cost x sum of lambda, for each of u units.

    Subject to activities @ lambda / scale + own @ (own variables) = right, all variables zero or more.

    Attributes
    ----------
    activities : NDArray, shape (r, n)
        Column j is what one unit of activity j adds to each row.
    scale : NDArray, shape (u, r)
        By which each unit's rows are divided; above zero.
    own : NDArray, shape (u, r, k)
        Columns of each unit's own variables, already scaled.
    cost : NDArray, shape (u, k)
        Their costs.
    right : NDArray, shape (u, r)
        Right side, already scaled.
    self_index : NDArray of int, shape (u,)
        The activity that is the unit itself; -1 when it is none of them.
    activity_cost : float
        Cost of every lambda.
    exclude_self : bool
        Whether the unit may not use itself.
    """

    activities: Floats
    scale: Floats
    own: Floats
    cost: Floats
    right: Floats
    self_index: Indices
    activity_cost: float = 0.0
    exclude_self: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Solutions:
    """What was found for each unit.

    Attributes
    ----------
    outcome : tuple of str, length u
        "optimal", or why there is no optimum.
    objective : NDArray, shape (u,)
        NaN without an optimum, as are the two below.
    own : NDArray, shape (u, k)
        Own variables, in scaled units.
    prices : NDArray, shape (u, r)
        Dual prices of the scaled rows.
    lambdas : csr_array, shape (u, n)
        Activities used.
    gap : NDArray, shape (u,)
        By how much primal and dual objective differ.
    """

    outcome: tuple[Outcome, ...]
    objective: Floats
    own: Floats
    prices: Floats
    lambdas: csr_array
    gap: Floats

    @property
    def used(self) -> Indices:
        """Activities that any unit uses."""
        return np.unique(self.lambdas.indices).astype(np.intp)

    @property
    def solved(self) -> NDArray[np.bool_]:
        """Which units have an optimum, shape (u,)."""
        return np.array([each == "optimal" for each in self.outcome], dtype=np.bool_)


@dataclass(slots=True, eq=False)
class _Found:
    """Solutions while they are gathered."""

    programme: Programme
    outcome: list[Outcome] = field(init=False)
    objective: Floats = field(init=False)
    own: Floats = field(init=False)
    prices: Floats = field(init=False)
    gap: Floats = field(init=False)
    rows: list[Indices] = field(default_factory=list)
    columns: list[Indices] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def __post_init__(self) -> None:
        u, r, k = self.programme.own.shape
        self.outcome = ["optimal"] * u
        self.objective, self.gap = np.full(u, np.nan), np.full(u, np.nan)
        self.own, self.prices = np.full((u, k), np.nan), np.full((u, r), np.nan)

    def solutions(self) -> Solutions:
        """Close the books."""
        shape = (len(self.outcome), self.programme.activities.shape[1])
        entries = (np.concatenate(self.values or [np.empty(0)]), (_joined(self.rows), _joined(self.columns)))
        return Solutions(
            tuple(self.outcome), self.objective, self.own, self.prices, csr_array(coo_array(entries, shape)), self.gap
        )


def _joined(parts: list[Indices]) -> Indices:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)


def solve(programme: Programme, *, start: Indices | None = None) -> Solutions:
    """Solve every unit's programme; one without an optimum is marked and stops none.

    Parameters
    ----------
    programme
        Of u units.
    start
        Activities to begin with, such as those that an earlier phase has used; `seeds` when None.

    Raises
    ------
    AssessmentError
        When the solver gives up on a unit.
    """
    found = _Found(programme)
    working = seeds(programme.activities) if start is None else start
    n_units = len(found.outcome)
    for first in range(0, n_units, _TOGETHER):
        pending = np.arange(first, min(first + _TOGETHER, n_units))
        while pending.size:
            joining = [_settle(found, group) for group in _halves(found, pending, working)]
            wanting = [each for each in joining if each[0].size]
            pending = _joined([each[0] for each in wanting])
            working = np.union1d(working, _joined([each[1] for each in wanting]))
    return found.solutions()


def seeds(activities: Floats) -> Indices:
    """Begin with the activities that have the highest ratio of a row to another, and the extreme of each row.

    Any set would do; these are on the frontier whatever the model.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = activities[:, None, :] / activities[None, :, :]
    ratios = np.where(np.isfinite(ratios), ratios, -np.inf)
    best = ratios.argmax(axis=2).ravel()
    return np.unique(np.concatenate([best, activities.argmax(axis=1), activities.argmin(axis=1)]))


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Units solved in one call, the activities offered to each (their own last), and HiGHS's answer."""

    units: Indices
    offered: Indices
    values: Floats
    prices: Floats


def _halves(found: _Found, units: Indices, working: Indices) -> Iterator[_Group]:
    """Solve units together; where that fails, half and half, and a unit alone with all activities."""
    n = found.programme.activities.shape[1]
    answer = _call(found.programme, units, working)
    for tolerance in FEASIBILITY[1:]:
        if answer.status != 0 and units.size == 1 and working.size == n:
            answer = _call(found.programme, units, working, tolerance)
    if answer.status == 0:
        r, k = found.programme.right.shape[1], found.programme.cost.shape[1]
        values = answer.x.reshape(units.size, k + working.size + 1)
        yield _Group(units, working, values, answer.eqlin.marginals.reshape(units.size, r))
    elif units.size > 1:
        middle = units.size // 2
        yield from _halves(found, units[:middle], working)
        yield from _halves(found, units[middle:], working)
    elif working.size < n:
        yield from _halves(found, units, np.arange(n))
    elif answer.status in {2, 3}:
        found.outcome[units[0]] = "infeasible" if answer.status == 2 else "unbounded"  # noqa: PLR2004 - of linprog
    else:
        raise AssessmentError(f"the linear programme of row {units[0] + 1} could not be solved: {answer.message}")


def _call(  # SciPy publishes no types
    programme: Programme, units: Indices, working: Indices, tolerance: float = FEASIBILITY[0]
) -> Any:
    """Put the programmes of some units side by side and hand them to HiGHS."""
    r, k = programme.right.shape[1], programme.cost.shape[1]
    u, width = units.size, k + working.size + 1
    own_activity = programme.self_index[units]
    blocks = np.empty((u, r, width))
    blocks[:, :, :k] = programme.own[units]
    blocks[:, :, k:-1] = programme.activities[:, working] / programme.scale[units][:, :, None]
    blocks[:, :, -1] = programme.activities[:, own_activity].T / programme.scale[units]
    upper = np.full((u, width), np.inf)
    itself = working[None, :] == own_activity[:, None]
    if programme.exclude_self:
        upper[:, k:-1][itself] = 0.0
    # the last column is the unit itself, unless it is in the working set, may not be used or is no activity at all
    upper[(itself.any(axis=1) | programme.exclude_self | (own_activity < 0)), -1] = 0.0
    unit, row, column = np.nonzero(blocks)
    matrix = coo_array((blocks[unit, row, column], (unit * r + row, unit * width + column)), (u * r, u * width))
    cost = np.full((u, width), programme.activity_cost)
    cost[:, :k] = programme.cost[units]
    return linprog(
        cost.ravel(),
        A_eq=matrix.tocsc(),
        b_eq=programme.right[units].ravel(),
        bounds=np.column_stack([np.zeros(u * width), upper.ravel()]),
        method="highs-ds",
        options={
            # nothing to take out of blocks that are all alike
            "presolve": tolerance > FEASIBILITY[0],
            "primal_feasibility_tolerance": tolerance,
            "dual_feasibility_tolerance": tolerance,
        },
    )


def _settle(found: _Found, group: _Group) -> tuple[Indices, Indices]:
    """Keep the solutions that no activity outside could better; return the other units and what pays for them."""
    programme, units = found.programme, group.units
    k = programme.cost.shape[1]
    prices = group.prices / programme.scale[units]
    reduced = programme.activity_cost - prices @ programme.activities
    size = np.maximum(1.0, (np.abs(prices)[:, :, None] * np.abs(programme.activities)[None]).max(axis=1))
    reduced /= size
    reduced[:, group.offered] = 0.0
    rows, own_activity = np.arange(units.size), programme.self_index[units]
    # a unit itself has been offered, or is not to be
    reduced[rows[own_activity >= 0], own_activity[own_activity >= 0]] = 0.0
    best = reduced.argmin(axis=1)
    pays = reduced[rows, best] < -_PAYS
    done = ~pays
    settled = units[done]
    found.own[settled] = group.values[done, :k]
    found.prices[settled] = group.prices[done]
    found.objective[settled] = _objective(programme, group.values[done], settled)
    found.gap[settled] = np.abs(found.objective[settled] - (group.prices[done] * programme.right[settled]).sum(axis=1))
    _keep_lambdas(found, settled, group.values[done, k:], group.offered)
    return units[pays], best[pays]


def _objective(programme: Programme, values: Floats, units: Indices) -> Floats:
    k = programme.cost.shape[1]
    return np.asarray(
        (values[:, :k] * programme.cost[units]).sum(axis=1) + programme.activity_cost * values[:, k:].sum(axis=1)
    )


def _keep_lambdas(found: _Found, units: Indices, values: Floats, offered: Indices) -> None:
    """Note the activities in use."""
    unit, column = np.nonzero(values > _DUST)
    own_activity = found.programme.self_index[units]
    activity = np.append(offered, -1)[column]
    found.rows.append(units[unit])
    found.columns.append(np.where(activity < 0, own_activity[unit], activity))
    found.values.append(values[unit, column])
