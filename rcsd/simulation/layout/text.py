"""How much room a name takes: broken into lines as in Vensim, and on one line as Stella may write it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rcsd.simulation.views.label import BESIDE, GAP
from rcsd.simulation.views.text import LINE as LINE_OF_EM
from rcsd.simulation.views.text import broken, text_width

SIZE: Final = 16.0
"""Pixels of Vensim's 12 points."""
_AS_WIDE: Final = 13.5
"""Size at which the letters that are measured are as wide as Times at 16."""
LINE: Final = 18.0
"""Pixels from line to line of Vensim's 12 points."""
SANS_SIZE: Final = 12.0
WIDEST: Final = 108.0
"""Pixels that a line of a name should not exceed, unless a word does."""
_AIR: Final = (14, 4)
"""Added to the box of a name: other typefaces are wider."""


def as_written(name: str, *, shadow: bool) -> str:
    """Return a name as it stands on the sheet."""
    return f"<{name}>" if shadow else name


@lru_cache(maxsize=8192)
def label_size(words: str) -> tuple[float, float]:
    """Whole width and height of the box of a name in Vensim's notation: even numbers, since a sketch states halves."""
    lines = broken(words, WIDEST, _AS_WIDE)
    wide = max(text_width(line, _AS_WIDE) for line in lines)
    return 2.0 * round((wide + _AIR[0]) / 2), 2.0 * round((len(lines) * LINE + _AIR[1]) / 2)


@lru_cache(maxsize=8192)
def line_width(words: str) -> float:
    """Pixels of a name on one line in Stella's usual type, with air."""
    return text_width(words, SANS_SIZE) + 4


@lru_cache(maxsize=8192)
def height_beside(words: str) -> float:
    """Pixels from a symbol of Stella's to the far edge of its name, which may be broken into lines."""
    return GAP + len(broken(words, BESIDE, SANS_SIZE)) * SANS_SIZE * LINE_OF_EM
