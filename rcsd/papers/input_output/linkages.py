"""How strongly each sector pulls on those it buys from, and pushes those it sells to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.input_output.leontief import (
    allocation_coefficients,
    ghosh_inverse,
    leontief_inverse,
    technical_coefficients,
)
from rcsd.papers.input_output.table import InputOutputTable

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Linkages:
    """Linkages of each sector, shape (n,); normalised ones are over the mean of all sectors.

    Attributes
    ----------
    direct_backward, direct_forward : NDArray
        Column sums of A, row sums of B.
    backward, forward : NDArray
        Column sums of L; row sums of the Ghosh inverse G.
    normalised_backward, normalised_forward : NDArray
        Over their mean: above 1 is stronger than the average sector.
    """

    direct_backward: Values
    direct_forward: Values
    backward: Values
    forward: Values
    normalised_backward: Values
    normalised_forward: Values

    @property
    def kinds(self) -> tuple[str, ...]:
        """Say of each sector whether both linkages are strong (key), one of them, or none."""
        words = {
            (True, True): "key",
            (True, False): "backward",
            (False, True): "forward",
            (False, False): "weak",
        }
        pairs = zip(self.normalised_backward > 1, self.normalised_forward > 1, strict=True)
        return tuple(words[bool(b), bool(f)] for b, f in pairs)


def linkages(table: InputOutputTable) -> Linkages:
    """Return direct and total linkages (Miller and Blair 2009, section 12.2).

    Total forward linkages are row sums of the Ghosh inverse and not of L, whose rows weigh every buyer alike.

    Raises
    ------
    TableError
        When the table is not productive.
    """
    coefficients, allocation = technical_coefficients(table), allocation_coefficients(table)
    backward = leontief_inverse(coefficients, table.title).sum(axis=0)
    forward = ghosh_inverse(table).sum(axis=1)
    return Linkages(
        direct_backward=coefficients.sum(axis=0),
        direct_forward=allocation.sum(axis=1),
        backward=backward,
        forward=forward,
        normalised_backward=backward / backward.mean(),
        normalised_forward=forward / forward.mean(),
    )
