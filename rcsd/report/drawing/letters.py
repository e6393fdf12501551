"""Letters that the figures' own font has not: a font of the system lends them, or one line says that none does."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from matplotlib import font_manager

from rcsd.errors import RcsdWarning

OWN = "DejaVu Sans"
"""Comes with matplotlib, so that a figure looks the same everywhere."""
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "SimHei",
    "Heiti SC",
    "STHeiti",
    "Droid Sans Fallback",
    "Arial Unicode MS",
    "Noto Serif CJK SC",
    "SimSun",
    "AR PL UMing CN",
)
_MISSING = re.compile(r"Glyph (\d+)")


@cache
def families() -> list[str]:
    """Return the fonts of the figures: their own, and one with Chinese letters if the system has any."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    return [OWN, *[name for name in _CHINESE if name in there][:1]]


@contextmanager
def said_once() -> Iterator[None]:
    """Say in one line which letters no font has, where matplotlib has a warning for each in every figure."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    missing: dict[str, None] = {}
    for warning in caught:
        glyph = _MISSING.match(str(warning.message))
        if glyph is None:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
        else:
            missing[chr(int(glyph[1]))] = None
    if missing:
        _say(next(iter(missing)))


def _say(letter: str) -> None:
    warnings.warn(
        f"no font has letters such as {letter!r}, and figures show boxes in their place: install one, such as Noto "
        "Sans CJK SC, or give series and variables Latin names",
        RcsdWarning,
        stacklevel=2,
    )
