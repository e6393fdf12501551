"""Units as products of powers of named base units, without conversion factors."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers of base units.

    Attributes
    ----------
    powers : tuple of (str, Fraction)
        Base name, lower case, and exponent, never zero; sorted by name. Empty: dimensionless.
    """

    powers: tuple[tuple[str, Fraction], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        """Multiply two units."""
        return self._combined(other, Fraction(1))

    def __truediv__(self, other: Unit) -> Unit:
        """Divide two units."""
        return self._combined(other, Fraction(-1))

    def __pow__(self, exponent: Fraction | int) -> Unit:
        """Raise the unit to an integer or rational power."""
        if exponent == 0:
            return Unit()
        return Unit(tuple((base, power * exponent) for base, power in self.powers))

    def __str__(self) -> str:
        """Write the unit so that `parse_unit` reads it back."""

        def factor(base: str, power: Fraction) -> str:
            if power == 1:
                return base
            return f"{base}^{power}" if power.denominator == 1 else f"{base}^({power})"

        above = "*".join(factor(base, power) for base, power in self.powers if power > 0)
        below = "/".join(factor(base, -power) for base, power in self.powers if power < 0)
        if not below:
            return above or "Dmnl"
        return f"{above or '1'}/{below}"

    def _combined(self, other: Unit, sign: Fraction) -> Unit:
        powers = dict(self.powers)
        for base, power in other.powers:
            powers[base] = powers.get(base, Fraction(0)) + sign * power
        return Unit(tuple(sorted((base, power) for base, power in powers.items() if power)))
