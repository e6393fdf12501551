"""Solve a programme for one weighting of its objectives, with shadow prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from rcsd.errors import ConstraintError, RunError
from rcsd.papers.structure.optimum.infeasible import explain
from rcsd.papers.structure.optimum.programme import Constraint, Programme

Values = NDArray[np.float64]

_OPTIONS = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
_OPTIMAL = 0
_NO_OPTIMUM = {2, 3, 4}
"""Infeasible, unbounded, or one of the two: the solver's presolve does not always tell."""

BINDING = 1e-7
"""Slack, as a share of the scale of a row, below which a constraint binds."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """An optimum.

    Attributes
    ----------
    output : NDArray, shape (n,)
        X.
    value_added, resource_use : float
        v . X and w . X.
    prices : NDArray, shape (m,)
        Gain of the objective for one unit more of each constraint's bound; none is negative, one that does not bind
        has 0. With several optimal bases it is the price of one of them.
    slacks : NDArray, shape (m,)
        bound - coefficients . X.
    binding : NDArray, shape (m,)
        Which constraints hold with equality.
    """

    output: Values
    value_added: float
    resource_use: float
    prices: Values
    slacks: Values
    binding: NDArray[np.bool_]


def maximise(programme: Programme, objective: Values, extra: Sequence[Constraint] = ()) -> Solution:
    """Return an output X that maximises objective . X under all constraints.

    Outputs are solved for relative to the actual ones and every row is scaled to a largest coefficient of one, so that
    sectors of any size are met with the same accuracy.

    Parameters
    ----------
    programme : Programme
        Of n sectors.
    objective : NDArray, shape (n,)
        Gain a unit of output.
    extra : sequence of Constraint
        More rows; their prices follow those of the programme.

    Raises
    ------
    ConstraintError
        When no output fulfils all constraints, naming those that clash, or when the objective has no upper bound.
    RunError
        When the solver gives up.
    """
    whole = programme.with_constraints([*programme.constraints, *extra])
    rows, bounds = whole.matrix()
    scale = np.abs(rows * programme.actual).max(axis=1)
    scale = np.where(scale > 0, scale, np.maximum(np.abs(bounds), 1.0))
    gain = float(np.abs(objective * programme.actual).max()) or 1.0
    found = linprog(
        -objective * programme.actual / gain,
        A_ub=rows * programme.actual / scale[:, np.newaxis],
        b_ub=bounds / scale,
        bounds=(0, None),
        method="highs",
        options=_OPTIONS,
    )
    if found.status != _OPTIMAL:
        raise _failure(whole, found.status, found.message)
    output = found.x * programme.actual
    return Solution(
        output=output,
        value_added=float(programme.value_added @ output),
        resource_use=float(programme.resource_use @ output),
        prices=-found.ineqlin.marginals * gain / scale + 0.0,
        slacks=found.ineqlin.residual * scale,
        binding=found.ineqlin.residual < BINDING,
    )


def _failure(programme: Programme, status: int, message: str) -> ConstraintError | RunError:
    """Say why there is no optimum; the solver may not know whether it is infeasible or without bound."""
    clash = explain(programme)
    if clash is not None:
        return clash
    if status in _NO_OPTIMUM:
        return ConstraintError(
            "the objective grows without bound: neither the limit of the resource nor a bound on growth stops it; "
            "state `growth.upper`, or a `limit` of a resource that every sector uses"
        )
    return RunError(f"the linear programme was not solved: {message}")
