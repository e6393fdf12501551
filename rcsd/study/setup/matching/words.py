"""A heading or a name of a variable as words that can be compared."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

from rcsd.study.setup.matching.thesaurus import CHINESE, IDEOGRAPHS, KINDS, MEANING, PHRASES, SILENT

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(\uff08\u3010][^()\uff08\uff09\u3010\u3011]*[)\uff09\u3011]")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", ""))
_NUMBERED = re.compile(r"([^\W\d_]{3,})(\d+)")
_SHORTEST = 3
"""Letters below which a word is no abbreviation of another."""
_SLIP = 0.85
"""Likeness of two words above which one is the other with a slip of the pen."""


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[str, ...]:
    """Split a text into the words that carry its meaning, each as the word that stands for all of its meaning.

    Examples
    --------
    >>> words_of("totalPopulation_of Cities")
    ('population', 'city')
    >>> words_of("煤炭产量 (万吨)")
    ('coal', 'output')
    """
    plain = unicodedata.normalize("NFKC", text)
    bare = _BRACKETS.sub(" ", plain)
    plain = bare if _WORD.search(bare) else plain
    plain = " ".join(_CAMEL.sub(" ", plain).replace("_", " ").split())
    for phrase, word in PHRASES.items():
        plain = re.sub(rf"\b{phrase}\b", word, plain, flags=re.IGNORECASE)
    found: list[str] = []
    for piece in _WORD.findall(plain):
        found += _chinese(piece) if ord(piece[0]) > IDEOGRAPHS else _NUMBERED.sub(r"\1 \2", piece.casefold()).split()
    meant = [meaning_of(word) for word in found]
    telling = [word for word in meant if word not in SILENT and not _is_letter(word)]
    return tuple(dict.fromkeys(telling or meant))


def _is_letter(word: str) -> bool:
    """Whether a word is a symbol, as the I of "Infectious Population I"."""
    return len(word) == 1 and word.isascii() and word.isalpha()


def _chinese(piece: str) -> list[str]:
    """Split Chinese into known words, the longest first; what lies between them is a word each."""
    if not piece:
        return []
    for known in CHINESE:
        before, found, after = piece.partition(known)
        if found:
            return [*_chinese(before), known, *_chinese(after)]
    return [piece]


def meaning_of(word: str) -> str:
    """Return the word that stands for all of a word's meaning."""
    if word in MEANING:
        return MEANING[word]
    singular = _singular(word)
    return MEANING.get(singular, singular)


def _singular(word: str) -> str:
    for ending, single in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith(("ss", "us", "is")):
            return word.removesuffix(ending) + single
    return word


@lru_cache(maxsize=65536)
def word_likeness(a: str, b: str) -> float:
    """Say from 0 to 1 how probably two words mean the same."""
    if a == b:
        return 1.0
    if a in KINDS.get(b, ()) or b in KINDS.get(a, ()):
        return 0.9
    short, long = sorted((a, b), key=len)
    if short.isdigit() or long.isdigit():
        return 0.0
    if len(short) >= _SHORTEST and long.startswith(short):
        return 0.85
    likeness = SequenceMatcher(None, a, b).ratio()
    return likeness if likeness >= _SLIP else 0.0
