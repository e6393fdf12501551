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
_ODD = re.compile(r"^\d|\bper\b|-")
"""What a name that the file itself defines may have, and any other may not."""
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
        self._odd: dict[str, str] = {}
        self._spelling: dict[str, str] = {}
        self._read: dict[str, Unit] = {}
        for group in (DIMENSIONLESS, *synonyms(format)):
            self.join(group)
        for each in names:
            self.join(each.names)
            if each.equation.strip() not in ("", "1"):
                self._equations[_folded(each.names[0])] = each.equation

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
        """Write a unit in the words of the file; what is not known of it as "unknown"."""
        names = (("unknown" if base.startswith("?") else self._spelling.get(base, base), p) for base, p in unit.powers)
        return str(Unit(tuple(names)))

    def join(self, names: Iterable[str]) -> None:
        """Let names mean the same, and the same as what any of them meant before."""
        forms = [_folded(name) for name in names]
        for form in [form for form in forms if form not in self._odd and _ODD.search(form)]:
            self._odd[form] = f"name {len(self._odd)} of the file"
            forms.append(self._odd[form])
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
        plain = self._with_plain_names(text)
        if self._format == "xmile":
            plain = _HYPHEN.sub("*", plain)
        unit = Unit()
        for base, power in parse_unit(plain).powers:
            unit *= self._of_base(base, depth) ** power
        return unit

    def _with_plain_names(self, text: str) -> str:
        """Put names that can be read in the place of those of the file that cannot, such as "100 million yuan"."""
        if not self._odd:
            return text
        folded = _folded(text)
        for form in sorted(self._odd, key=len, reverse=True):
            folded = re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", self._odd[form], folded)
        return folded

    def _of_base(self, base: str, depth: int) -> Unit:
        main = self._of(base)
        if main == self._of(DIMENSIONLESS[0]):
            return Unit()
        equation = next((text for name, text in self._equations.items() if self._of(name) == main), None)
        if equation is not None and _folded(equation) != main and self._of(_folded(equation)) != main:
            return self._meaning(equation, depth + 1)
        return Unit(((main, Fraction(1)),))


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()
