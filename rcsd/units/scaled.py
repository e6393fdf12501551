"""A unit with a number before it: what "wan yuan" or "GWh" is of base units."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from rcsd.units.unit import Unit


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number times a unit.

    Attributes
    ----------
    factor : Fraction
        Exact and positive.
    unit : Unit
        In base units.
    notes : tuple of str
        Conventions that the factor rests on, such as ``yi = 10^8``.
    """

    factor: Fraction = Fraction(1)
    unit: Unit = field(default_factory=Unit)
    notes: tuple[str, ...] = ()

    def __mul__(self, other: Scaled) -> Scaled:
        """Multiply two."""
        return Scaled(self.factor * other.factor, self.unit * other.unit, _joined(self.notes, other.notes))

    def __truediv__(self, other: Scaled) -> Scaled:
        """Divide two; a convention that both rest on in the same measure is kept."""
        return Scaled(self.factor / other.factor, self.unit / other.unit, _joined(self.notes, other.notes))

    def __pow__(self, exponent: int) -> Scaled:
        """Raise to a whole power."""
        return Scaled(self.factor**exponent, self.unit**exponent, self.notes)


def _joined(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))
