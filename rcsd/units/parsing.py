"""Reads a unit of a model, which has no conversion factors.

A model's unit text is what Vensim and XMILE accept: names (several words allowed), ``*``, ``/``, ``per``,
``^``, brackets, ``1`` and ``Dmnl``. Names are compared without regard to case and spacing;
``Year`` and ``Years`` are two units, since a plural rule would have to guess. Which names a model takes for one is
known to `rcsd.simulation.dimensions`.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from rcsd.errors import UnitError
from rcsd.units.unit import Unit

_RANGE = re.compile(r"\[[^\]]*\]\s*$")
# a name starts with a letter, or the sign of a currency, per cent, a number or degrees, and may hold blanks and digits
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d_$€£¥%][\w$€£¥%#°'. -]*?|[$€£¥%#°][\w ]*?)\s*(?=[*/^()]|$)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[*/^()+-]))"
)
_LONG = 30
"""Letters of a number that no unit has."""
_DIMENSIONLESS = {"dmnl", "dimensionless", "unitless"}
_PER = re.compile(r"(?:^| )per ")


def parse_unit(text: str) -> Unit:
    """Read a unit.

    Parameters
    ----------
    text : str
        For example ``"yi yuan/Year"``, ``"1/(wan person*Year)"``, ``"m^2"``, ``"Dmnl"`` or
        ``""``; also ``"widgets per month"``. A range in square brackets after the unit is ignored.

    Returns
    -------
    Unit

    Raises
    ------
    UnitError
        For anything else; the message quotes the text and the place.

    Examples
    --------
    >>> str(parse_unit("yi yuan / (Year * wan person)"))
    'yi yuan/wan person/year'
    >>> parse_unit("Year/Year") == parse_unit("Dmnl")
    True
    """
    bare = _RANGE.sub("", text).strip()
    if not bare:
        return Unit()
    if len(bare) > _LONGEST:
        raise UnitError(f"the unit {bare[:40]!r}... has {len(bare)} letters; a unit has {_LONGEST} at most")
    return _Parser(text, _tokens(text, bare)).whole()


def same_unit(a: str, b: str) -> bool:
    """Say whether two unit texts mean the same unit.

    Raises
    ------
    UnitError
        When either cannot be read.

    Examples
    --------
    >>> same_unit("wan person/Year", "Wan  Person / year")
    True
    """
    return parse_unit(a) == parse_unit(b)


_LONGEST = 300

TokenKind = Literal["name", "number", "sign", "end"]


def _tokens(text: str, bare: str) -> list[tuple[TokenKind, str]]:
    tokens: list[tuple[TokenKind, str]] = []
    position = 0
    while position < len(bare):
        match = _TOKEN.match(bare, position)
        if match is None:
            raise _nonsense(text, f"at {bare[position:].strip()!r}")
        kinds: tuple[TokenKind, ...] = ("name", "number", "sign")
        kind = next(kind for kind in kinds if match[kind] is not None)
        tokens.append((kind, match[kind]))
        position = match.end()
    return tokens


def _nonsense(text: str, where: str) -> UnitError:
    return UnitError(
        f"unit {text!r} cannot be read {where}; write names joined by *, / and ^, "
        "for example 'yi yuan/Year', 'm^2' or 'Dmnl', without numeric factors"
    )


def _named(name: str) -> Unit:
    """Return the unit of a name: Stella joins names by "per", as in "widgets per month" and "per year"."""
    above, *below = (part.strip() for part in _PER.split(name))
    unit = Unit()
    for part, sign in [(above, 1), *((part, -1) for part in below)]:
        if part and part not in _DIMENSIONLESS:
            unit *= Unit(((part, Fraction(sign)),))
    return unit


class _Parser:
    """Recursive descent over the tokens of one unit."""

    def __init__(self, text: str, tokens: list[tuple[TokenKind, str]]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0

    def _peek(self) -> tuple[TokenKind, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self) -> tuple[TokenKind, str]:
        token = self._peek()
        self.at += 1
        return token

    def _expect(self, sign: str) -> None:
        if self._take() != ("sign", sign):
            raise _nonsense(self.text, f"where {sign!r} is missing")

    def whole(self) -> Unit:
        unit = self._product()
        kind, value = self._peek()
        if kind != "end":
            raise _nonsense(self.text, f"at {value!r}")
        return unit

    def _product(self) -> Unit:
        unit = self._power()
        while self._peek() in (("sign", "*"), ("sign", "/")):
            _, sign = self._take()
            unit = unit * self._power() if sign == "*" else unit / self._power()
        return unit

    def _power(self) -> Unit:
        unit = self._atom()
        if self._peek() == ("sign", "^"):
            self._take()
            unit = unit ** self._exponent()
        return unit

    def _atom(self) -> Unit:
        kind, value = self._take()
        if (kind, value) == ("sign", "("):
            unit = self._product()
            self._expect(")")
            return unit
        if kind == "name":
            return _named(" ".join(value.replace("_", " ").split()).casefold())
        if kind == "number" and len(value) < _LONG and Fraction(value) == 1:
            return Unit()
        raise _nonsense(self.text, f"at {value!r}" if value else "at its end")

    def _exponent(self) -> Fraction:
        if self._peek() == ("sign", "("):
            self._take()
            exponent = self._signed_number()
            if self._peek() == ("sign", "/"):
                self._take()
                below = self._signed_number()
                if below == 0:
                    raise _nonsense(self.text, "where an exponent divides by zero")
                exponent /= below
            self._expect(")")
            return exponent
        return self._signed_number()

    def _signed_number(self) -> Fraction:
        sign = 1
        if self._peek() in (("sign", "-"), ("sign", "+")):
            sign = -1 if self._take()[1] == "-" else 1
        kind, value = self._take()
        if kind != "number":
            raise _nonsense(self.text, "where an exponent must be a number")
        return sign * Fraction(value)
