"""Radial models: all inputs shrink, or all outputs grow, by one factor; then what slack is left.

With intensities lambda >= 0, and sum of lambda = 1 where returns to scale are variable, the envelopment form of
Charnes, Cooper and Rhodes (1978, European Journal of Operational Research 2, 429-444) and Banker, Charnes and Cooper
(1984, Management Science 30, 1078-1092) is

    input:   min theta   X lambda + s- = theta x_o,   Y lambda - s+ = y_o
    output:  max phi     X lambda + s- = x_o,         Y lambda - s+ = phi y_o

The non-Archimedean epsilon of the textbooks stands for an order, not for a number: first the factor, then, with the
factor held, as much slack as there is (Cooper, Seiford and Tone 2007, section 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rcsd.papers.dea.method.data import Floats
from rcsd.papers.dea.method.model import Orientation
from rcsd.papers.dea.method.programme import Programme, Solutions, solve
from rcsd.papers.dea.method.technology import Rows

_NOTHING = 1e-8
"""Factor of the outputs at or below which none can be made."""

_HELD = 1e-9
"""Relative room left to a factor that is held in the second phase: ten times the solver's tolerance."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Multipliers of the dual form: what each input and output is worth to the unit.

    Input-oriented: max u y_o + w with v x_o = 1 and u y_j - v x_j + w <= 0 for every unit j; output-oriented the score
    is 1 over min v x_o - w with u y_o = 1. One solution of often many.

    Attributes
    ----------
    inputs : NDArray, shape (u, m)
        v, zero or more.
    outputs : NDArray, shape (u, s)
        u, zero or more.
    intercept : NDArray, shape (u,)
        w, of either sign; zero with constant returns to scale.
    """

    inputs: Floats
    outputs: Floats
    intercept: Floats


def factors(rows: Rows, orientation: Orientation, *, exclude_self: bool = False) -> Solutions:
    """First phase: find theta, or phi, of every unit; the first own variable.

    Parameters
    ----------
    rows
        Units and technology.
    orientation
        "input" or "output".
    exclude_self
        Measure each against the others alone, which may have no solution (Andersen and Petersen 1993, Management
        Science 39, 1261-1264).
    """
    moved = rows.inputs if orientation == "input" else rows.outputs
    column = np.zeros_like(rows.values)
    column[:, moved] = -rows.values[:, moved]
    right = rows.values.copy()
    right[:, moved] = 0.0
    n_units, n_slacks = len(rows.values), rows.slacks.shape[1]
    own = np.concatenate([column[:, :, None], np.broadcast_to(rows.slacks, (n_units, *rows.slacks.shape))], axis=2)
    cost = np.zeros((n_units, 1 + n_slacks))
    cost[:, 0] = 1.0 if orientation == "input" else -1.0
    return solve(
        Programme(
            activities=rows.activities,
            scale=rows.scale,
            own=own,
            cost=cost,
            right=right,
            self_index=rows.self_index,
            exclude_self=exclude_self,
        )
    )


def held(
    rows: Rows, orientation: Orientation, first: Solutions, *, slack_cost: float = 0.0, activity_cost: float = 0.0
) -> Solutions:
    """Second phase: hold each unit's factor and minimise something else over all solutions that have it.

    Parameters
    ----------
    rows
        Units and technology.
    orientation
        "input" or "output".
    first
        What the first phase has found: its factors, and activities with which they can be reached.
    slack_cost
        Of every slack, as a share of the unit's own value, so that units of measurement do not matter; -1 finds the
        most.
    activity_cost
        Of every lambda; 1 and -1 find the least and the greatest sum.
    """
    moved = rows.inputs if orientation == "input" else rows.outputs
    right = rows.values.copy()
    factor = first.own[:, 0]
    room = factor * (1 + _HELD) if orientation == "input" else factor * (1 - _HELD)
    right[:, moved] *= room[:, None]
    n_units = len(rows.values)
    return solve(
        Programme(
            activities=rows.activities,
            scale=rows.scale,
            own=np.broadcast_to(rows.slacks, (n_units, *rows.slacks.shape)),
            cost=np.full((n_units, rows.slacks.shape[1]), slack_cost),
            right=right,
            self_index=rows.self_index,
            activity_cost=activity_cost,
        ),
        start=first.used,
    )


def farrell(found: Solutions, orientation: Orientation) -> Floats:
    """Score of each unit: theta, or one over phi; NaN where there is none, since nobody else makes what the unit does.

    Parameters
    ----------
    found
        Of `factors`.
    orientation
        "input" or "output".
    """
    factor = found.own[:, 0]
    if orientation == "input":
        return factor
    return np.divide(1.0, factor, out=np.full_like(factor, np.nan), where=factor > _NOTHING)


def weights(rows: Rows, first: Solutions) -> Weights:
    """Read the multipliers off the dual prices of the first phase."""
    prices = first.prices / rows.scale
    intercept = prices[:, -1] if rows.variable else np.zeros(len(prices))
    # adding zero turns -0.0 into 0.0
    return Weights(-prices[:, rows.inputs] + 0.0, prices[:, rows.outputs] + 0.0, intercept + 0.0)
