"""Which part of what a region uses it makes itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.input_output.leontief import technical_coefficients
from rcsd.papers.input_output.table import InputOutputTable


def own_supply(table: InputOutputTable) -> NDArray[np.float64]:
    """Share of each product's supply that is made in the region, shape (n,): d_i = x_i / (x_i + inflow_i).

    Regional tables print every use whatever its origin. Every use of a product, out-flow included since goods pass
    through, is taken to draw on own output and in-flow in the same proportion (the supply proportion of Miller and
    Blair 2009, section 3.2, with re-export). Then d_i (uses of i) = x_i holds exactly.
    """
    return table.output / (table.output + table.used_for("inflow"))


def regional_coefficients(table: InputOutputTable) -> NDArray[np.float64]:
    """Return A of what is bought within the region, shape (n, n): diag(d) A (Miller and Blair 2009, section 3.2)."""
    return np.asarray(own_supply(table)[:, np.newaxis] * technical_coefficients(table), dtype=np.float64)
