"""Units in Chinese, which has no blanks between words."""

from __future__ import annotations

import re
from fractions import Fraction

from rcsd.units.known import numbers
from rcsd.units.known.naming import known_name, noted, of_what
from rcsd.units.scaled import Scaled

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 6


def chinese_unit(run: str) -> Scaled | None:
    """Read Chinese, which has no blanks: the longest name that is known at each place, numbers before it."""
    whole, label, known, at = Scaled(), "", 0, 0
    run = run.replace(" ", "")
    while at < len(run):
        found, width = _longest_chinese(run, at)
        if found is None:
            label += run[at]
        else:
            whole, known = whole * found, known + 1
        at += width
    if not known:
        return None
    return whole * of_what(whole, label.casefold()) if label else whole


def _longest_chinese(run: str, at: int) -> tuple[Scaled | None, int]:
    for width in range(min(_LONGEST, len(run) - at), 0, -1):
        piece = run[at : at + width]
        if width == 1 and piece in numbers.CHINESE:
            return Scaled(Fraction(numbers.CHINESE[piece]), notes=noted(numbers.NOTED, piece)), 1
        if _NUMBER.fullmatch(piece):
            return Scaled(Fraction(piece)), width
        if (found := known_name(piece)) is not None:
            return found, width
    return None, 1
