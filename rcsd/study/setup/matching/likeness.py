"""How like a heading is to a variable: by its name, or by what the model's documentation says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from math import log

from rcsd.names import canonical
from rcsd.study.setup.matching.words import word_likeness, words_of

SURE = 0.8
"""Likeness from which on a column and a variable are taken for one."""
POSSIBLE = 0.5
"""Likeness from which on it is asked about, or taken where nothing speaks against it."""

_SAME_WORDS = 0.97
_DOCUMENTED = 0.85
_PART_DOCUMENTED = 0.7
_SQUASHED = 0.9
_NUMBERED = 0.8
_NUMBER = re.compile(r"\d+")
_LEFT_OUT = frozenset(("population", "level", "stock", "quantity", "amount", "current"))
"""Words of variables that a heading may do without: "Hare" is the hare population."""
_LEAST_QUOTED = 2
"""Letters of a heading that may be looked for in a documentation: of a single one nothing follows."""


class Weights:
    """How much a word tells, in one model: what stands in many names tells little.

    Parameters
    ----------
    names
        Of the variables.
    left_out
        Words that tell least.
    """

    def __init__(self, names: Iterable[str], left_out: frozenset[str] = _LEFT_OUT) -> None:
        listed = [words_of(name) for name in names]
        self._n = max(len(listed), 1)
        self._count: Mapping[str, int] = Counter(word for words in listed for word in words)
        self._left_out = left_out

    def of(self, word: str) -> float:
        """Weigh a word: 1 for one in a single name, towards 0.3 for one in all or one that headings leave out."""
        if word in self._left_out:
            return 0.3
        n = max(self._count.get(word, 1), 1)
        return 1.0 - 0.7 * log(n) / log(self._n) if self._n > 1 else 1.0


def likeness(heading: str, name: str, documentation: str, weights: Weights) -> float:
    """Say from 0 to 1 how probably a heading means a variable."""
    if canonical(heading) == canonical(name):
        return 1.0
    found = max(
        _by_words(heading, name, weights),
        _by_letters(heading, name),
        _by_documentation(heading, documentation, weights),
    )
    # "Population 0 To 14" is a part of what a heading without numbers means
    return found * _NUMBERED if set(_NUMBER.findall(name)) - set(_NUMBER.findall(heading)) else found


def _by_words(heading: str, name: str, weights: Weights) -> float:
    """Share of the weight of both names that their words have in common."""
    ours, theirs = words_of(heading), words_of(name)
    if set(ours) == set(theirs):
        return _SAME_WORDS
    if set(theirs) <= _LEFT_OUT:
        weights = Weights((), frozenset())  # such a word tells all of a variable without another: "World Population"
    shared = _paired(ours, theirs, weights)
    total = sum(map(weights.of, ours)) + sum(map(weights.of, theirs))
    return _SAME_WORDS * shared / total if total else 0.0


def _paired(ours: tuple[str, ...], theirs: tuple[str, ...], weights: Weights) -> float:
    """Weight of the words that have a like one on the other side, on both sides."""
    left = list(theirs)
    shared = 0.0
    for word in ours:
        best = max(left, key=lambda other: word_likeness(word, other), default=None)
        if best is not None and (like := word_likeness(word, best)) > 0:
            left.remove(best)
            shared += like * (weights.of(word) + weights.of(best))
    return shared


def _by_letters(heading: str, name: str) -> float:
    """Compare without blanks: "birthrate" is "Birth Rate"."""
    a, b = ("".join(char for char in canonical(text) if char.isalnum()) for text in (heading, name))
    if not a or not b:
        return 0.0
    if a == b:
        return _SAME_WORDS
    ratio = SequenceMatcher(None, a, b).ratio()
    return _SQUASHED * ratio if ratio > SURE else 0.0


def _by_documentation(heading: str, documentation: str, weights: Weights) -> float:
    """Look for the heading in the documentation of a variable: whole, or at least all of its words."""
    form = canonical(heading)
    if not documentation or len(form) < _LEAST_QUOTED:
        return 0.0
    text = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in canonical(documentation)).split())} "
    ideographs = not form.isascii()
    quoted = form in canonical(documentation) if ideographs else f" {form} " in text
    words = words_of(heading)
    first = words_of(documentation.partition(".")[0])
    if quoted and (ideographs or len(words) > 1):
        # of a sentence that says much more, the heading is a part
        return _DOCUMENTED if ideographs or 2 * len(words) >= len(first) else _PART_DOCUMENTED
    missing = [word for word in words if max((word_likeness(word, o) for o in first), default=0.0) == 0.0]
    telling = sum(map(weights.of, words))
    return _PART_DOCUMENTED if not missing and first and telling > 1.0 else 0.0
