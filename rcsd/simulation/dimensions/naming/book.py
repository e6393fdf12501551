"""The units of a model as it spells them: texts read to one name a unit, and units written for people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from rcsd.errors import UnitError
from rcsd.simulation.dimensions.naming.builtin import DIMENSIONLESS, synonyms
from rcsd.simulation.ir import UnitNames
from rcsd.units import Unit, parse_unit

_SIGNS = re.compile(r"[*/^()]|\bper\b", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=\w)\s*-\s*(?=[^\W\d])")
_SILENT = {"", "?", "-", "n/a", "na", "none", "no units", "no unit", "nil"}
_DEEPEST = 20


class UnitBook:
    """Reads and writes units.

    Parameters
    ----------
    format : {"vensim", "xmile"}
        Of the file.
    names : iterable of UnitNames
        What the file says about the names of units.
    """

    def __init__(self, format: Literal["vensim", "xmile"], names: Iterable[UnitNames] = ()) -> None:
        self._format = format
        self._main: dict[str, str] = {}
        self._equations: dict[str, str] = {}
        self._spelling: dict[str, str] = {}
        self._read: dict[str, Unit] = {}
        for group in (DIMENSIONLESS, *synonyms(format)):
            self.join(group)
        for each in names:
            self.join(each.names)
            if each.equation.strip() not in ("", "1"):
                self._equations[self._of(_folded(each.names[0]))] = each.equation

    def states(self, text: str) -> bool:
        """Whether a text states a unit at all."""
        return text.strip().casefold() not in _SILENT

    def unit(self, text: str) -> Unit:
        """Read a unit; names that mean the same become one.

        Raises
        ------
        UnitError
            When the text cannot be read.
        """
        if text not in self._read:
            self._read[text] = self._meaning(text, 0)
            for name in _SIGNS.split(text):
                if name.strip():
                    self._spelling.setdefault(self._of(_folded(name)), " ".join(name.replace("_", " ").split()))
        return self._read[text]

    def spelt(self, unit: Unit) -> str:
        """Write a unit in the words of the file."""
        return str(Unit(tuple((self._spelling.get(base, base), power) for base, power in unit.powers)))

    def join(self, names: Iterable[str]) -> None:
        """Let names mean the same, and the same as what any of them meant before."""
        forms = [_folded(name) for name in names]
        main = next((self._main[form] for form in forms if form in self._main), forms[0])
        others = {self._of(form) for form in forms}
        for form in forms:
            self._main[form] = main
        for form, known in self._main.items():
            if known in others:
                self._main[form] = main

    def _of(self, form: str) -> str:
        return self._main.get(form, form)

    def _meaning(self, text: str, depth: int) -> Unit:
        if depth > _DEEPEST:
            raise UnitError(f"the unit {text!r} is defined by itself")
        if (whole := _folded(text)) in self._main:  # such as "100 million yuan", which is no name elsewhere
            return self._of_base(whole, depth)
        plain = _HYPHEN.sub("*", text) if self._format == "xmile" else text
        unit = Unit()
        for base, power in parse_unit(plain).powers:
            unit *= self._of_base(base, depth) ** power
        return unit

    def _of_base(self, base: str, depth: int) -> Unit:
        main = self._of(base)
        if main == self._of(DIMENSIONLESS[0]):
            return Unit()
        equation = self._equations.get(main)
        if equation is not None and _folded(equation) != main and self._of(_folded(equation)) != main:
            return self._meaning(equation, depth + 1)
        return Unit(((main, Fraction(1)),))


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()
