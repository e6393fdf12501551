"""Units that are not known: what they must be, as linear equations of exponents."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from rcsd.units import Unit

_SIGN = "?"  # no name of a unit begins with it


class Unknowns:
    """Unknown units, and what has been found out about them.

    An unknown is a base of a `Unit` like any other, until an equation tells what it is: units form a vector space over
    the rational numbers, so that an equation of units is solved for one unknown, as in Gaussian elimination.
    """

    def __init__(self) -> None:
        self._owners: list[str | None] = []
        self._lasting: list[bool] = []
        self._solved: dict[str, Unit] = {}
        self._where: dict[str, str | None] = {}
        self.place: str | None = None
        """The variable whose equation is being looked at."""

    def fresh(self, owner: str | None = None, *, lasts: bool = False) -> Unit:
        """Return a unit that is not known.

        `owner` is the variable of the file that has it, if one has; one that `lasts` is referred to by other equations.
        """
        self._owners.append(owner)
        self._lasting.append(lasts or owner is not None)
        return Unit(((f"{_SIGN}{len(self._owners) - 1}", Fraction(1)),))

    def reduced(self, unit: Unit) -> Unit:
        """Put in what has been found out."""
        while any(base in self._solved for base, _ in unit.powers):
            whole = Unit()
            for base, power in unit.powers:
                whole *= self._solved.get(base, Unit(((base, Fraction(1)),))) ** power
            unit = whole
        return unit

    def is_known(self, unit: Unit) -> bool:
        """Whether nothing unknown is left in a unit."""
        return not any(map(_is_unknown, (base for base, _ in self.reduced(unit).powers)))

    def remaining(self, unit: Unit) -> Unit:
        """Return what is left of a unit without the unknowns in it."""
        return Unit(tuple((base, power) for base, power in self.reduced(unit).powers if not _is_unknown(base)))

    def equate(self, a: Unit, b: Unit) -> bool:
        """Make two units the same; False when they cannot be."""
        difference = self.reduced(a / b)
        if not difference.powers:
            return True
        candidates = [base for base, _ in difference.powers if _is_unknown(base)]
        if not candidates:
            return False
        pivot = max(candidates, key=self._rank)
        power = dict(difference.powers)[pivot]
        self._solved[pivot] = (Unit(((pivot, power),)) / difference) ** (1 / power)
        self._where[pivot] = self.place
        return True

    def owners(self, *units: Unit) -> dict[str, str | None]:
        """Return the variables without a unit that some units rest on, each with where its unit was found out."""
        found: dict[str, str | None] = {}
        waiting = [base for unit in units for base, _ in unit.powers if _is_unknown(base)]
        while waiting:
            base = waiting.pop()
            owner = self._owner(base)
            if owner is not None:
                found.setdefault(owner, self._where.get(base))
            elif base in self._solved:
                waiting += [each for each, _ in self._solved[base].powers if _is_unknown(each)]
        return found

    def _rank(self, base: str) -> tuple[bool, bool, int]:
        """Say which unknown to solve for: what nobody else refers to, then what no variable of the file has."""
        return not self._lasting[int(base[1:])], self._owner(base) is None, int(base[1:])

    def _owner(self, base: str) -> str | None:
        return self._owners[int(base[1:])]


def bases(unit: Unit) -> Iterator[str]:
    """Yield the names in a unit."""
    return (base for base, _ in unit.powers)


def _is_unknown(base: str) -> bool:
    return base.startswith(_SIGN)
