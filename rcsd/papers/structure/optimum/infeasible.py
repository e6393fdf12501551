"""Which constraints clash when no output fulfils all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from rcsd.errors import ConstraintError, RunError
from rcsd.papers.structure.optimum.programme import Constraint, Programme

_LEAST = 1e-9
"""Violation, as a share of the scale of a row, that is more than rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Clash:
    """Constraints that cannot hold together.

    Attributes
    ----------
    constraints : tuple of Constraint
        Irreducible: without any one of them the others can be fulfilled.
    missing : NDArray
        How much the least total of violations, each a share of its row's scale, takes of each; zeros for most.
    """

    constraints: tuple[Constraint, ...]
    missing: NDArray[np.float64]


def find_clash(programme: Programme) -> Clash | None:
    """Return an irreducible set of constraints that cannot hold together, or None.

    The elastic programme, where every constraint may be violated at a price (Chinneck 2008, ch. 6), says whether there
    is one; the constraints with a price in it are infeasible together (Farkas), and one after the other is dropped
    that is not needed for that (deletion filter).

    Raises
    ------
    RunError
        When the solver gives up.
    """
    violation, prices = _elastic(programme.constraints, programme.actual)
    if violation.sum() <= _LEAST:
        return None
    suspects = [each for each, price in zip(programme.constraints, prices, strict=True) if price > _LEAST]
    needed = list(suspects)
    for constraint in suspects:
        rest = [each for each in needed if each is not constraint]
        if _elastic(rest, programme.actual)[0].sum() > _LEAST:
            needed = rest
    return Clash(tuple(needed), _elastic(needed, programme.actual)[0])


def explain(programme: Programme) -> ConstraintError | None:
    """Return an error that names the constraints that clash, or None when some output fulfils all.

    Raises
    ------
    RunError
        When the solver gives up.
    """
    clash = find_clash(programme)
    if clash is None:
        return None
    listed = "\n".join(f"  {constraint.text}" for constraint in clash.constraints)
    return ConstraintError(
        f"no structure fulfils all constraints. These {len(clash.constraints)} cannot hold together, outputs not being "
        f"negative, while without any one of them the others can; relax one:\n{listed}",
        names=tuple(constraint.name for constraint in clash.constraints),
    )


def _elastic(
    constraints: Sequence[Constraint], actual: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Minimise the sum of scaled violations; return them and the price of each constraint."""
    m = len(constraints)
    if m == 0:
        return np.zeros(0), np.zeros(0)
    rows = np.array([each.coefficients for each in constraints]) * actual
    bounds = np.array([each.bound for each in constraints])
    scale = np.abs(rows).max(axis=1)
    scale = np.where(scale > 0, scale, np.maximum(np.abs(bounds), 1.0))
    found = linprog(
        np.concatenate([np.zeros(rows.shape[1]), np.ones(m)]),
        A_ub=np.hstack([rows / scale[:, np.newaxis], -np.eye(m)]),
        b_ub=bounds / scale,
        bounds=(0, None),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if found.x is None:
        raise RunError(f"the elastic programme was not solved: {found.message}")
    return found.x[rows.shape[1] :], -found.ineqlin.marginals
