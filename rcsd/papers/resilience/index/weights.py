"""Weights of indicators by how much they tell apart: the entropy method."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.resilience.index.normalisation import alike

_ROWS_AND_COLUMNS = 2


def entropies(table: ArrayLike) -> NDArray[np.float64]:
    """Entropy of every column: ``e_j = -(1 / ln m) sum_i y_ij ln y_ij`` with ``y_ij = X'_ij / sum_i X'_ij``.

    Peng and Ji (2023), eq (6), which leaves y undefined; the definition is the usual one of the entropy method.

    Parameters
    ----------
    table : array_like, shape (m, n)
        Normalised indicators, not negative: one row per unit of comparison, one column per indicator; NaN where a cell
        is missing, which shortens its column: m counts the cells that are there. A column with fewer than half of its
        cells tells nothing: of two cells that differ one is 0 and one is 1, which would be all there is to know.

    Returns
    -------
    NDArray, shape (n,)
        Between 0 and 1; 1 for a column that tells nothing apart: all equal, all zero, fewer than two cells, or fewer
        than half.

    Raises
    ------
    ParameterError
        When the table has no two axes, or a cell is negative or infinite.

    Examples
    --------
    >>> entropies([[1.0, 0.0], [1.0, 1.0]]).tolist()
    [1.0, 0.0]
    """
    cells = np.asarray(table, dtype=np.float64)
    if cells.ndim != _ROWS_AND_COLUMNS:
        raise ParameterError(f"entropies need a table of rows and columns; got {cells.ndim} axes")
    if (cells < 0).any() or np.isinf(cells).any():
        raise ParameterError("entropies need cells of zero or more, all finite: normalise the indicators first")
    return np.array([_entropy(column[~np.isnan(column)], len(cells)) for column in cells.T], dtype=np.float64)


def _entropy(column: NDArray[np.float64], n_rows: int) -> float:
    if column.size <= 1 or 2 * column.size < n_rows or alike(column.min(), column.max()):
        return 1.0
    shares = column / column.max()  # before the sum, which might overflow
    shares = shares[shares > 0] / shares.sum()  # 0 ln 0 = 0
    found = -float(np.sum(shares * np.log(shares))) / float(np.log(column.size))
    return min(abs(found), 1.0)  # all in one cell gives -0.0


def entropy_weights(table: ArrayLike) -> NDArray[np.float64]:
    """Weight of every column: ``W_j = (1 - e_j) / sum_j (1 - e_j)``, Peng and Ji (2023), eq (7).

    Parameters
    ----------
    table : array_like, shape (m, n)
        As for `entropies`.

    Returns
    -------
    NDArray, shape (n,)
        Not negative, with sum 1; 0 for a column that tells nothing apart.

    Raises
    ------
    ParameterError
        When no column tells anything apart, as with a single row: eq (7) is then 0/0.
    """
    return shares_of(1 - entropies(table))


def shares_of(information: ArrayLike) -> NDArray[np.float64]:
    """Divide by the sum.

    Raises
    ------
    ParameterError
        When the sum is zero.
    """
    amounts = np.asarray(information, dtype=np.float64)
    total = float(amounts.sum())
    if not total > 0:
        raise ParameterError(
            "no indicator tells the rows apart, so that entropy gives no weights: give more rows, or use equal weights"
        )
    return np.asarray(amounts / total)
