"""What the name of a unit means: by the words of a model first, then by what is generally known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from rcsd.units.known import names, numbers
from rcsd.units.known.chinese import chinese_unit
from rcsd.units.known.naming import MAIN, base, folded, known_name, noted, of_what, stem
from rcsd.units.scaled import Scaled

_SILENT = frozenset({"of", "the", "in", "a", "an", "each"})
"""Words between units that say nothing."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GLUED = re.compile(r"(\d+(?:\.\d+)?)\s?(k|K|MM|M|mn|mln|bn|million|billion|thousand|万|亿)(?![a-z])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(r"(?:US|us|Us|C|A|HK|NT)?\$|[€£¥₹]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_GAS = re.compile(r"([kMGT]?t)(CO2(?:e|eq)?|C|CE)", re.ASCII)
_MOST_WORDS = 3
PRICES = "years of prices are not compared"


class Lexicon:
    """Knows names of units.

    Parameters
    ----------
    groups : sequence of sequences of str
        Names that a model takes for one; they stand before what is generally known.
    equations : mapping of str to str
        Units that a model makes of others, by a name of theirs.
    """

    def __init__(self, groups: Sequence[Sequence[str]] = (), equations: Mapping[str, str] | None = None) -> None:
        self._same: dict[str, tuple[str, ...]] = {}
        for group in groups:
            self._join(tuple(folded(name) for name in group))
        self.equations = {folded(name): text for name, text in (equations or {}).items()}

    def _join(self, group: tuple[str, ...]) -> None:
        """Let names mean the same, and the same as what any of them meant before."""
        whole = dict.fromkeys(other for name in group for other in (*self._same.get(name, ()), name))
        self._same |= dict.fromkeys(whole, tuple(whole))

    def group(self, name: str) -> tuple[str, ...]:
        """Return the names that the model takes for one with this, in small letters; empty when it says nothing."""
        return self._same.get(folded(name), ())

    def equation(self, name: str) -> str | None:
        """Return what the model says that a unit is made of."""
        own = (folded(name), *self.group(name))
        return next((self.equations[each] for each in own if each in self.equations), None)

    @property
    def odd_names(self) -> list[str]:
        """Names of the model that hold signs of arithmetic or begin with a number, longest first."""
        known = {*self._same, *self.equations}
        return sorted((name for name in known if re.search(r"^\d|[*/^()-]|\bper\b", name)), key=len, reverse=True)

    def meaning(self, run: str) -> Scaled:
        """Say what a run of words is, such as "thousand tonnes", "US$ m" or "万吨".

        Raises
        ------
        UnitError
            When a word means two things.
        """
        own = self._own(run)
        if own is not None:
            return own
        if _CHINESE.search(run) and (found := chinese_unit(run)) is not None:
            return found
        return self._of_words(_words(run), run)

    def _own(self, run: str) -> Scaled | None:
        """Say what a name of the model is: what is known of any name of its group, else a unit of its own."""
        group = self.group(run)
        if not group:
            return None
        sure = [name for name in group if name not in names.AMBIGUOUS]
        for name in sure:
            if (known := known_name(name)) is not None:
                return known
        for name in sure:
            found = Lexicon().meaning(name)
            if found.factor != 1:
                return found
        return base(group[0])

    def _of_words(self, words: Sequence[str], run: str) -> Scaled:
        """Multiply what is known of the words; those that nobody knows are what the quantity is of."""
        whole, label = Scaled(), list[str]()
        money = any(_currency(word) for word in words)
        at, known = 0, 0
        while at < len(words):
            found, width = self._longest(words, at, money)
            if found is None:
                label += [] if folded(words[at]) in _SILENT else [words[at]]
            else:
                whole, known = whole * found, known + 1
            at += width
        if not known:
            return base(stem(folded(run)))
        return whole * of_what(whole, " ".join(stem(folded(word)) for word in label)) if label else whole

    def _longest(self, words: Sequence[str], at: int, money: bool) -> tuple[Scaled | None, int]:
        for width in range(min(_MOST_WORDS, len(words) - at), 1, -1):
            run = " ".join(words[at : at + width])
            if (found := self._own(run) or known_name(run)) is not None:
                return found, width
        word = words[at]
        if (count := _number(word, alone=len(words) == 1, money=money)) is not None:
            return count, 1
        return self._own(word) or known_name(word) or _gas(word) or _product(word), 1


def _words(run: str) -> list[str]:
    """Part words, and what is glued together: ``10k``, ``US$m``."""
    run = _GLUED.sub(r"\1 \2 ", run)
    run = _MONEY.sub(lambda found: f" {found[0]} ", run)
    return run.replace("'000", " '000 ").split()


def _number(word: str, *, alone: bool, money: bool) -> Scaled | None:
    """Say what number a word is; None for none."""
    small = word.casefold()
    if money and _YEAR.fullmatch(word):
        return Scaled(notes=(PRICES,))
    if _NUMBER.fullmatch(word):
        return Scaled(Fraction(word)) if Fraction(word) > 0 else None
    letter = numbers.LETTERS.get(word)
    if letter is not None and not alone and (money or word in numbers.BEFORE_ANY):
        return Scaled(Fraction(letter))
    if letter is not None or (alone and small in ("wan", "yi")):
        return None
    size = numbers.WORDS.get(small) or numbers.CHINESE.get(word)
    return None if size is None else Scaled(Fraction(size), notes=noted(numbers.NOTED, small))


def _currency(word: str) -> bool:
    return MAIN.get(folded(word)) in names.CURRENCIES


def _product(word: str) -> Scaled | None:
    """Read ``person-years`` as a product, where both are known; None for any other word."""
    parts = word.split("-")
    if len(parts) < 2:  # noqa: PLR2004 - a product has two factors
        return None
    known = [known_name(part) for part in parts if part]
    if len(known) != len(parts):
        return None
    whole = Scaled()
    for each in known:
        if each is None:
            return None
        whole *= each
    return whole


def _gas(word: str) -> Scaled | None:
    """Read ``MtCO2`` and ``GtC``, which are tonnes of something; None for any other word."""
    found = _GAS.fullmatch(word)
    tonnes = None if found is None else known_name(found[1])
    return None if found is None or tonnes is None else tonnes * base(f"of {found[2].casefold()}")
