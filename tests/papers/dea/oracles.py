"""Other ways to the same numbers: one programme at a time in the dual form, and vertices counted out."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import strategies as st
from scipy.optimize import linprog

from rcsd.papers.dea import DeaData


def data_of(inputs, outputs, undesirable=None, periods=()):
    """Put arrays of shape (n, columns) into the form that the analysis takes."""
    x, y = np.asarray(inputs, dtype=float), np.asarray(outputs, dtype=float)
    x, y = (block[:, None] if block.ndim == 1 else block for block in (x, y))
    b = np.empty((len(x), 0)) if undesirable is None else np.asarray(undesirable, dtype=float)

    def names(letter, block):
        return tuple(f"{letter}{j}" for j in range(block.shape[1]))

    units = tuple(f"u{k}" for k in range(len(x)))
    return DeaData(units, tuple(periods), x, y, b, names("x", x), names("y", y), names("b", b))


def multiplier_score(data, k, *, variable=False, orientation="input"):
    """Score of unit k by the multiplier form, with linprog alone: Charnes, Cooper and Rhodes (1978), eq. 3."""
    x, y = data.inputs, data.outputs
    (n, m), s = x.shape, y.shape[1]
    prices = np.hstack([-x, y, np.ones((n, 1))])  # v, u, w
    bounds = [(0, None)] * (m + s) + [(None, None) if variable else (0, 0)]
    if orientation == "input":
        cost, norm = -np.concatenate([np.zeros(m), y[k], [1.0]]), np.concatenate([x[k], np.zeros(s + 1)])
    else:
        cost, norm = np.concatenate([x[k], np.zeros(s), [-1.0]]), np.concatenate([np.zeros(m), y[k], [0.0]])
    found = linprog(cost, A_ub=prices, b_ub=np.zeros(n), A_eq=norm[None], b_eq=[1.0], bounds=bounds)
    assert found.status == 0
    return -found.fun if orientation == "input" else 1 / found.fun


def counted_slacks_based(data, k, *, variable=False):
    """Tone's measure of unit k, by all basic solutions of the linear programme: for a handful of units."""
    x, y = data.inputs, data.outputs
    (n, m), s = x.shape, y.shape[1]
    # variables t, L (n), S- (m), S+ (s); rows inputs, outputs, denominator, sum of lambda
    rows = [np.concatenate([[-x[k, i]], x[:, i], np.eye(m)[i], np.zeros(s)]) for i in range(m)]
    rows += [np.concatenate([[-y[k, r]], y[:, r], np.zeros(m), -np.eye(s)[r]]) for r in range(s)]
    rows.append(np.concatenate([[1.0], np.zeros(n + m), 1 / (s * y[k])]))
    right = np.zeros(m + s + 1)
    right[-1] = 1.0
    if variable:
        rows.append(np.concatenate([[-1.0], np.ones(n), np.zeros(m + s)]))
        right = np.append(right, 0.0)
    matrix = np.array(rows)
    cost = np.concatenate([[1.0], np.zeros(n), -1 / (m * x[k]), np.zeros(s)])
    best = np.inf
    for basis in combinations(range(matrix.shape[1]), len(rows)):
        square = matrix[:, basis]
        if abs(np.linalg.det(square)) < 1e-12:
            continue
        values = np.linalg.solve(square, right)
        if (values > -1e-9).all():
            best = min(best, float(cost[list(basis)] @ values))
    return best


def hull_scores(x, y):
    """Output-oriented BCC scores of one input and one output: y over the upper concave hull, which never falls."""
    best = np.empty(len(x))
    for k in range(len(x)):
        top = max(y[j] for j in range(len(x)) if x[j] <= x[k])
        for i, j in combinations(range(len(x)), 2):
            low, high = (i, j) if x[i] <= x[j] else (j, i)
            if x[low] <= x[k] <= x[high] and x[low] < x[high]:
                top = max(top, y[low] + (y[high] - y[low]) * (x[k] - x[low]) / (x[high] - x[low]))
        best[k] = y[k] / top
    return best


TONE = pd.DataFrame(
    {"x1": [4.0, 6, 8, 8, 2], "x2": [3.0, 3, 1, 1, 4], "y1": [2.0, 2, 6, 6, 1], "y2": [3.0, 3, 2, 1, 4]},
    index=list("ABCDE"),
)
"""Tone (2001), Table 2."""

FRIED = pd.DataFrame(
    {
        "x1": [5.0, 16, 16, 17, 18, 23, 25, 27, 37, 42, 5],
        "x2": [13.0, 12, 26, 15, 14, 6, 10, 22, 14, 25, 17],
        "y": [12.0, 14, 25, 26, 8, 9, 27, 30, 31, 26, 12],
    },
    index=list("ABCDEFGHIJK"),
)
"""Fried, Lovell and Schmidt (eds, 2008), The Measurement of Productive Efficiency, chapter 2; K is A with a surplus."""

_AMOUNT = st.integers(1, 200).map(lambda k: k / 8)


@st.composite
def samples(draw, *, most=12, columns=3):
    """Draw data of 2 to `most` units, 1 to `columns` inputs and outputs, all above zero."""
    n, m, s = draw(st.integers(2, most)), draw(st.integers(1, columns)), draw(st.integers(1, columns))
    cells = draw(st.lists(_AMOUNT, min_size=n * (m + s), max_size=n * (m + s)))
    block = np.array(cells).reshape(n, m + s)
    return data_of(block[:, :m], block[:, m:])
