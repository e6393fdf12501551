"""How wide text is, and how it is broken into lines.

Widths are those of Helvetica, which Arial, Liberation Sans and Nimbus Sans share letter by letter, so that a drawing
that names these fonts is as wide as it was measured.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FIRST = " "
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
)  # fmt: skip
_OTHER = 600
"""Thousandths of the em for a letter that is in no table: wider than most."""
_FULL = 1000
LINE = 1.2
"""Height of a line, in ems."""
_BREAKS_AFTER = "_-/"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide one line of text is.

    Parameters
    ----------
    text : str
        The line.
    size : float
        The em, in pixels.
    bold : bool
        Whether it is bold.

    Returns
    -------
    float
        Pixels.

    Examples
    --------
    >>> text_width("Population", 12)
    56.7
    """
    return sum(_letter(letter, bold) for letter in text) * size / 1000


def _letter(letter: str, bold: bool) -> int:
    place = ord(letter) - ord(_FIRST)
    table = _BOLD if bold else _REGULAR
    if 0 <= place < len(table):
        return table[place]
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter:
        return _letter(plain, bold)
    return _FULL if unicodedata.east_asian_width(letter) in "WF" else _OTHER


@lru_cache(maxsize=8192)
def broken(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break text into lines no wider than a width, as even as may be; a word that is wider stands alone.

    Parameters
    ----------
    text : str
        The text; its own line breaks stay.
    width : float
        Pixels; 0 breaks nothing.
    size : float
        The em, in pixels.
    bold : bool
        Whether it is bold.

    Examples
    --------
    >>> broken("Initial Resource Capital", 90, 12)
    ('Initial Resource', 'Capital')
    """
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _even(line, width, size, bold) if width else [line]
    return tuple(lines)


def _even(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Take the fewest lines, and of those breaks the one whose longest line is shortest."""
    words = _words(text)
    lines = _greedy(words, width, size, bold)
    if len(lines) == 1:
        return lines
    widths = sorted({text_width(line, size, bold=bold) for start in range(len(words)) for line in _runs(words, start)})
    for narrower in widths:
        if narrower < width:
            tried = _greedy(words, narrower, size, bold)
            if len(tried) == len(lines):
                return tried
    return lines


def _runs(words: list[str], start: int) -> list[str]:
    return ["".join(words[start:stop]).strip() for stop in range(start + 1, min(start + 8, len(words)) + 1)]


def _words(text: str) -> list[str]:
    """Split after blanks, hyphens and the like, and around each ideograph."""
    words, word = [], ""
    for letter in text:
        wide = unicodedata.east_asian_width(letter) in "WF"
        if wide and word:
            words.append(word)
            word = ""
        word += letter
        if letter == " " or wide or (letter in _BREAKS_AFTER and len(word) > 1):
            words.append(word)
            word = ""
    return [*words, word] if word else words


def _greedy(words: list[str], width: float, size: float, bold: bool) -> list[str]:
    lines, line = [], ""
    for word in words:
        if line.strip() and text_width((line + word).rstrip(), size, bold=bold) > width + 1e-9:
            lines.append(line.strip())
            line = ""
        line += word
    return [*lines, line.strip()]
