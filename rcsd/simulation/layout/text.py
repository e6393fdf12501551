"""How much room a name takes: broken into lines as in Vensim, and beside a symbol as in Stella."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from rcsd.simulation.views.label import BESIDE, GAP
from rcsd.simulation.views.label import SIZE as SANS_SIZE
from rcsd.simulation.views.text import LINE as LINE_OF_EM
from rcsd.simulation.views.text import broken, text_width

SIZE: Final = 16.0
"""Pixels of Vensim's 12 points."""
_AS_WIDE: Final = 13.5
"""Size at which the letters that are measured are as wide as Times at 16."""
LINE: Final = 18.0
"""Pixels from line to line of Vensim's 12 points."""
WIDEST: Final = 108.0
"""Pixels that a line of a name should not exceed, unless a word does."""
_AIR: Final = (14, 4)
"""Added to the box of a name: other typefaces are wider."""
_BESIDE_AIR: Final = 6.0


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
def beside_size(words: str) -> tuple[float, float]:
    """Width of a name beside a symbol of Stella's, with air, and height from the symbol to its far edge."""
    lines = broken(words, BESIDE, SANS_SIZE)
    wide = max(text_width(line, SANS_SIZE) for line in lines)
    return wide + _BESIDE_AIR, GAP + len(lines) * SANS_SIZE * LINE_OF_EM
