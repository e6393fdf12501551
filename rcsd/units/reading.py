"""Reads a unit with all that people put into one: numbers, prefixes, symbols, Chinese, words about prices."""

from __future__ import annotations

import re
from fractions import Fraction

from rcsd.errors import UnitError
from rcsd.units.lexicon import PRICES, Lexicon
from rcsd.units.scaled import Scaled
from rcsd.units.spelling import normal_spelling

_TOKEN = re.compile(r"[*/^()]|[^*/^()]+")
_EXPONENT = re.compile(r"[-+]?\d{1,2}")
_LONGEST = 300
_DEEPEST = 20


def read_unit(text: str, lexicon: Lexicon | None = None) -> Scaled:
    """Read a unit as a number times base units.

    Parameters
    ----------
    text : str
        Such as ``"yi yuan/Year"``, ``"per 1,000 people"``, ``"constant 2015 US$ m"``, ``"万吨标准煤"``, ``"GWh"``.
        Empty: dimensionless.
    lexicon : Lexicon, optional
        The words of a model.

    Raises
    ------
    UnitError
        When it cannot be read, or a word in it means two things.

    Examples
    --------
    >>> read_unit("wan yuan") == read_unit("10^4 元")
    False
    >>> read_unit("wan yuan").factor, str(read_unit("wan yuan").unit)
    (Fraction(10000, 1), 'yuan')
    """
    return _read(text, lexicon or Lexicon(), 0)


def _read(text: str, lexicon: Lexicon, depth: int) -> Scaled:
    if depth > _DEEPEST:
        raise UnitError(f"the unit {text!r} is defined by itself")
    if len(text) > _LONGEST:
        raise UnitError(f"the unit {text[:40]!r}... has {len(text)} letters; a unit has {_LONGEST} at most")
    whole = _whole_name(text, lexicon, depth)
    if whole is not None:
        return whole
    spelt, priced = normal_spelling(_with_plain_names(text, lexicon))
    if not spelt:
        return Scaled()
    found = _Parser(text, _TOKEN.findall(spelt), lexicon, depth).whole()
    return found * Scaled(notes=(PRICES,)) if priced else found


def _whole_name(text: str, lexicon: Lexicon, depth: int) -> Scaled | None:
    """Read a text that is a name of the model as it stands."""
    equation = lexicon.equation(text)
    if equation is not None and equation.strip() not in ("", "1"):
        return _read(equation, lexicon, depth + 1)
    return lexicon.meaning(text) if lexicon.group(text) else None


def _with_plain_names(text: str, lexicon: Lexicon) -> str:
    """Put the main name of a group in the place of a name with signs in it, such as ``person-days``."""
    for odd in lexicon.odd_names:
        plain = next((name for name in lexicon.group(odd) if name not in lexicon.odd_names), None)
        if plain is not None:
            text = re.sub(rf"(?<!\w){re.escape(odd)}(?!\w)", plain.replace("\\", ""), text, flags=re.IGNORECASE)
    return text


class _Parser:
    """Recursive descent over names, signs and brackets."""

    def __init__(self, text: str, tokens: list[str], lexicon: Lexicon, depth: int) -> None:
        self.text = text
        self.tokens = tokens
        self.lexicon = lexicon
        self.depth = depth
        self.at = 0

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        self.at += 1
        return token

    def _nonsense(self, where: str) -> UnitError:
        return UnitError(
            f"unit {self.text!r} cannot be read {where}; write names joined by *, / and ^, with a number or a word "
            "such as 'million' before them, for example 'million tonnes/Year'"
        )

    def whole(self) -> Scaled:
        found = self._product()
        if self._peek():
            raise self._nonsense(f"at {self._peek()!r}")
        return found

    def _product(self) -> Scaled:
        found = self._power()
        while self._peek() in ("*", "/"):
            sign, factor = self._take(), self._power()
            found = found * factor if sign == "*" else found / factor
        return found

    def _power(self) -> Scaled:
        before, found = self._atom()
        if self._peek() != "^":
            return before * found
        self._take()
        bracket = self._peek() == "("
        if bracket:
            self._take()
        exponent, _, rest = self._take().strip().partition(" ")
        if not _EXPONENT.fullmatch(exponent) or rest:
            raise self._nonsense("where an exponent must be a whole number")
        if bracket and self._take() != ")":
            raise self._nonsense("where ')' is missing")
        return before * found ** int(exponent)

    def _atom(self) -> tuple[Scaled, Scaled]:
        """Take a name or a bracket; what stands before the last word of a name is not raised with it."""
        token = self._take()
        if token == "(":
            found = self._product()
            if self._take() != ")":
                raise self._nonsense("where ')' is missing")
            return Scaled(), found
        if not token.strip() or token in ("*", "/", "^", ")"):
            raise self._nonsense(f"at {token!r}" if token else "at its end")
        before, _, last = token.strip().rpartition(" ") if self._peek() == "^" else ("", "", token.strip())
        return self._named(before) if before else Scaled(), self._named(last)

    def _named(self, run: str) -> Scaled:
        equation = self.lexicon.equation(run)
        if equation is not None and equation.strip() not in ("", "1"):
            return _read(equation, self.lexicon, self.depth + 1)
        if re.fullmatch(r"\d+(?:\.\d+)?", run) and Fraction(run) > 0:
            return Scaled(Fraction(run))
        return self.lexicon.meaning(run)
