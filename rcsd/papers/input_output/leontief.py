"""What one unit of final demand takes: technical coefficients and their inverse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import TableError
from rcsd.papers.input_output.table import InputOutputTable

Matrix = NDArray[np.float64]


def technical_coefficients(table: InputOutputTable) -> Matrix:
    """Return A, shape (n, n): a_ij = z_ij / x_j (Miller and Blair 2009, section 2.2; Peng and Ji, eq 13)."""
    return table.intermediate / table.output


def spectral_radius(coefficients: Matrix) -> float:
    """Largest absolute eigenvalue of a square matrix."""
    return float(np.abs(np.linalg.eigvals(coefficients)).max())


def require_productive(coefficients: Matrix, what: str = "the table") -> None:
    """See to it that a matrix of coefficients is productive.

    One whose cells are not negative is, if and only if its spectral radius is below one; the inverse is then not
    negative and the power series converges (Hawkins and Simon 1949; Miller and Blair 2009, section 2.4).

    Raises
    ------
    TableError
        Saying which of the two does not hold.
    """
    if (coefficients < 0).any():
        row, column = np.argwhere(coefficients < 0)[0]
        raise TableError(
            f"{what}: the coefficient in row {row + 1}, column {column + 1} is negative; an input cannot be: correct it"
        )
    radius = spectral_radius(coefficients)
    if radius >= 1:
        costly = np.flatnonzero(coefficients.sum(axis=0) >= 1) + 1
        said = (
            f" (column(s) {', '.join(map(str, costly))} take inputs of one unit or more a unit)" if costly.size else ""
        )
        raise TableError(
            f"{what} is not productive: the spectral radius of A is {radius:.6g} and must lie below 1, or the sectors "
            f"use up more than they make{said}; correct intermediate use or output"
        )


def leontief_inverse(coefficients: Matrix, what: str = "the table") -> Matrix:
    """Return L = (I - A)^-1, shape (n, n): l_ij is what sector i makes for a unit of final demand for j.

    Miller and Blair 2009, section 2.2.

    Raises
    ------
    TableError
        When A is not productive.

    Examples
    --------
    >>> A = np.array([[0.15, 0.25], [0.20, 0.05]])
    >>> leontief_inverse(A).round(4).tolist()
    [[1.2541, 0.33], [0.264, 1.1221]]
    """
    require_productive(coefficients, what)
    return np.asarray(np.linalg.inv(np.eye(len(coefficients)) - coefficients), dtype=np.float64)


def power_series(coefficients: Matrix, rounds: int) -> Matrix:
    """Return I + A + A^2 + ... + A^rounds: L without what comes after so many rounds of purchases (section 2.4)."""
    total = np.eye(len(coefficients))
    for _ in range(rounds):
        total = np.eye(len(coefficients)) + coefficients @ total
    return total


def allocation_coefficients(table: InputOutputTable) -> Matrix:
    """Return B, shape (n, n): b_ij = z_ij / x_i, where the output of i goes (Miller and Blair 2009, section 12.1)."""
    return table.intermediate / table.output[:, np.newaxis]


def ghosh_inverse(table: InputOutputTable) -> Matrix:
    """Return G = (I - B)^-1, shape (n, n): what j makes out of a unit of primary input of i (section 12.1).

    G = x^-1 L x, so that it exists where L does.

    Raises
    ------
    TableError
        When A, and with it B, is not productive.
    """
    require_productive(technical_coefficients(table), table.title)
    return np.asarray(np.linalg.inv(np.eye(len(table)) - allocation_coefficients(table)), dtype=np.float64)
