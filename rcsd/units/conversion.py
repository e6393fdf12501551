"""From one unit to another: a factor, and why it is that."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Conversion:
    """How numbers in one unit become numbers in another: ``wanted = found * factor + offset``.

    Attributes
    ----------
    found, wanted : str
        Both units as they are written.
    factor : Fraction
        Exact; positive. 1 leaves every number bit for bit what it is.
    offset : float
        In `wanted`; zero for everything but temperatures.
    reasons : tuple of str
        What the factor rests on, each a short phrase such as ``yi = 10^8``; empty where both are one unit.
    """

    found: str
    wanted: str
    factor: Fraction = Fraction(1)
    offset: float = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether every number stays what it is."""
        return self.factor == 1 and self.offset == 0

    def __call__(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Convert numbers of any shape."""
        if self.changes_nothing:
            return values
        # one rounding where the factor, or its inverse, is a whole number
        return values * float(self.factor.numerator) / float(self.factor.denominator) + self.offset

    def __str__(self) -> str:
        """Say the conversion in one line."""
        if self.changes_nothing:
            same = f"{self.found or 'no unit'} is {self.wanted or 'no unit'}"
            return "; ".join([same, *self.reasons])
        size = float(self.factor)
        beyond = f" {'+' if self.offset > 0 else '-'} {abs(self.offset):.6g}" if self.offset else ""
        return "; ".join([f"1 {self.found} = {size:.12g}{beyond} {self.wanted}", *self.reasons])
