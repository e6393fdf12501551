"""The slacks-based measure: every input and output counts by its own slack.

Tone (2001, European Journal of Operational Research 130, 498-509), and with undesirable outputs Tone (2003, GRIPS
Research Report I-2003-0005; Cooper, Seiford and Tone 2007, section 13.4):

    rho = min  (1 - 1/m sum s-_i / x_io) / (1 + 1/(s + k) (sum s+_r / y_ro + sum s^b_q / b_qo))
    x_o = X lambda + s-,   y_o = Y lambda - s+,   b_o = B lambda + s^b

A fraction of two linear terms, made linear by Charnes and Cooper's (1962) substitution: with t > 0 chosen so that the
denominator is one, S = t s and L = t lambda,

    rho = min  t - 1/m sum S-_i / x_io   subject to  t + 1/(s + k) (...) = 1,  t x_o = X L + S-, ...

A term whose own value is zero is left out and the mean taken over the others (Tone 2001, section 6: an input of zero
has no slack; an output of zero cannot grow by a share); so rho stays at or below the radial score. The oriented
measures keep the numerator or the denominator alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from rcsd.papers.dea.method.data import Floats
from rcsd.papers.dea.method.model import Orientation
from rcsd.papers.dea.method.programme import Outcome, Programme, solve
from rcsd.papers.dea.method.technology import Rows


@dataclass(frozen=True, slots=True, eq=False)
class SlacksBased:
    """Score, slacks as shares of the unit's own values, and lambdas of every unit."""

    score: Floats
    slacks: Floats
    lambdas: csr_array
    outcome: tuple[Outcome, ...]
    gap: Floats


def slacks_based(rows: Rows, orientation: Orientation) -> SlacksBased:
    """Solve the slacks-based measure of every unit.

    Parameters
    ----------
    rows
        Units and technology.
    orientation
        "none" for both numerator and denominator, "input" for the numerator, "output" for the denominator alone.
    """
    reward = _rewards(rows)
    m = rows.n_inputs
    found = solve(_linear(rows, reward, orientation))
    factor = found.own[:, 0]
    slacks, lambdas = found.own[:, 1:] / factor[:, None], diags_array(np.nan_to_num(1 / factor)) @ found.lambdas
    shrinking = 1 - (reward[:, :m] * slacks[:, :m]).sum(axis=1)
    growing = 1 + (reward[:, m:] * slacks[:, m:]).sum(axis=1)
    score = {"none": shrinking / growing, "input": shrinking, "output": 1 / growing}[orientation]
    return SlacksBased(score, slacks, csr_array(lambdas), found.outcome, found.gap)


def _rewards(rows: Rows) -> Floats:
    """Weight of each slack in its mean, shape (u, m + s + k): zero where the unit's own value is."""
    positive = rows.values[:, : rows.n_amounts] > 0
    reward = np.zeros(positive.shape)
    for part in (slice(0, rows.n_inputs), slice(rows.n_inputs, rows.n_amounts)):
        n = positive[:, part].sum(axis=1, keepdims=True)
        reward[:, part] = positive[:, part] / np.maximum(n, 1)
    return reward


def _linear(rows: Rows, reward: Floats, orientation: Orientation) -> Programme:
    """Write the linear programme in t, S and L; its last row makes the denominator one."""
    n_units, n_rows = rows.values.shape
    n_slacks, m = rows.slacks.shape[1], rows.n_inputs
    own = np.zeros((n_units, n_rows + 1, 1 + n_slacks))
    own[:, :n_rows, 0] = -rows.values
    own[:, :n_rows, 1:] = rows.slacks
    own[:, n_rows, 0] = 1.0
    cost = np.zeros((n_units, 1 + n_slacks))
    if orientation != "output":
        cost[:, 0] = 1.0
        cost[:, 1 : 1 + m] = -reward[:, :m]
    if orientation == "none":
        own[:, n_rows, 1 + m :] = reward[:, m:]
    if orientation == "output":
        cost[:, 1 + m :] = -reward[:, m:]
    right = np.zeros((n_units, n_rows + 1))
    right[:, n_rows] = 1.0
    return Programme(
        activities=np.vstack([rows.activities, np.zeros(rows.activities.shape[1])]),
        scale=np.hstack([rows.scale, np.ones((n_units, 1))]),
        own=own,
        cost=cost,
        right=right,
        self_index=rows.self_index,
    )
