"""What a unit of final demand for each sector sets going."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.input_output.leontief import leontief_inverse, technical_coefficients
from rcsd.papers.input_output.supply import own_supply, regional_coefficients
from rcsd.papers.input_output.table import InputOutputTable


@dataclass(frozen=True, slots=True, eq=False)
class Multipliers:
    """Of each sector, shape (n,), in units for a unit of its final demand.

    Attributes
    ----------
    output : NDArray
        Gross output of all sectors (column sums of L).
    value_added : NDArray
        Value added of all sectors, v L: 1 everywhere, since inputs count whatever their origin (a check on the table).
    retained : NDArray
        Value added within the region, v (I - d A)^-1 d: for a unit of final demand for a product, of which the region
        makes its share d itself.
    value_added_type_one : NDArray
        The same over the sector's own rate of value added; NaN where that is 0.
    resource : NDArray
        Use of the resource, direct and through inputs, w L; zeros without one.
    """

    output: NDArray[np.float64]
    value_added: NDArray[np.float64]
    retained: NDArray[np.float64]
    value_added_type_one: NDArray[np.float64]
    resource: NDArray[np.float64]


def multipliers(table: InputOutputTable, resource: NDArray[np.float64] | None = None) -> Multipliers:
    """Return simple multipliers (Miller and Blair 2009, section 6.2).

    Parameters
    ----------
    table : InputOutputTable
        Of n sectors.
    resource : NDArray, shape (n,), optional
        w: use of a resource a unit of output.

    Raises
    ------
    TableError
        When the table is not productive.
    """
    inverse = leontief_inverse(technical_coefficients(table), table.title)
    rate = table.total_value_added / table.output
    total = rate @ inverse
    return Multipliers(
        output=inverse.sum(axis=0),
        value_added=total,
        retained=rate @ leontief_inverse(regional_coefficients(table), table.title) * own_supply(table),
        value_added_type_one=np.divide(total, rate, out=np.full(len(table), np.nan), where=rate != 0),
        resource=np.zeros(len(table)) if resource is None else resource @ inverse,
    )
