"""Whether a table balances: rows against output, columns against input, one against the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import TableError
from rcsd.papers.input_output.table import InputOutputTable

TOLERANCE = 1e-6
"""Largest residual, as a share of the sector's output, of a table that balances."""


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What is left over in each sector, as a share of its output; all of shape (n,).

    Attributes
    ----------
    rows : NDArray
        (intermediate use + final use - output) / output.
    columns : NDArray
        (intermediate input + value added - total input) / output.
    totals : NDArray
        (total input - output) / output.
    """

    rows: NDArray[np.float64]
    columns: NDArray[np.float64]
    totals: NDArray[np.float64]

    @property
    def largest(self) -> float:
        """Largest residual of all."""
        return float(max(np.abs(part).max() for part in (self.rows, self.columns, self.totals)))


def balance(table: InputOutputTable) -> Balance:
    """Measure the residuals of a table (Miller and Blair 2009, section 2.2).

    Examples
    --------
    >>> from rcsd.papers.input_output.table import Sector
    >>> two = InputOutputTable(
    ...     "two sectors",
    ...     "yuan",
    ...     (Sector("a", "A"), Sector("b", "B")),
    ...     np.array([[150.0, 500.0], [200.0, 100.0]]),
    ...     {"consumption": np.array([350.0, 1700.0])},
    ...     {"labour": np.array([650.0, 1400.0])},
    ...     np.array([1000.0, 2000.0]),
    ...     np.array([1000.0, 2000.0]),
    ... )
    >>> balance(two).largest
    0.0
    """
    x = table.output
    return Balance(
        rows=(table.intermediate.sum(axis=1) + table.final_demand - x) / x,
        columns=(table.intermediate.sum(axis=0) + table.total_value_added - table.total_input) / x,
        totals=(table.total_input - x) / x,
    )


def require_balanced(table: InputOutputTable, tolerance: float = TOLERANCE) -> Balance:
    """Return the residuals of a table that balances.

    Raises
    ------
    TableError
        Naming the sector with the largest residual, what does not add up, and by how much.
    """
    found = balance(table)
    if found.largest <= tolerance:
        return found
    parts = {
        "its row: intermediate and final use differ from output": found.rows,
        "its column: intermediate input and value added differ from total input": found.columns,
        "its totals: total input differs from output": found.totals,
    }
    what = max(parts, key=lambda key: float(np.abs(parts[key]).max()))
    worst = int(np.abs(parts[what]).argmax())
    n_off = int(sum((np.abs(part) > tolerance).sum() for part in parts.values()))
    sector = table.sectors[worst]
    raise TableError(
        f"{table.title} does not balance in {n_off} place(s); largest in {sector.label} ({sector.name}), {what} by "
        f"{parts[what][worst] * table.output[worst]:,.6g} {table.unit}, {abs(parts[what][worst]):.2g} of output where "
        f"{tolerance:g} is allowed: correct the cells (an in-flow is written without a minus)"
    )
