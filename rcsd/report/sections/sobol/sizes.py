"""How the size of an effect is written: one standard deviation, in percent of an output's mean or in its unit."""

import math

from rcsd.analysis.sensitivity.absolute import Sizes
from rcsd.report.fact import fact
from rcsd.report.wording import MISSING, NO_BREAK, number

SMALL = 5.0
"""An output that varies by less than this percentage varies little, and a share of it is a share of little."""


def size_words(value: float, unit: str, at: tuple[str | int, ...] = ()) -> str:
    """Write a size with its unit, and mark its place in result.json.

    Examples
    --------
    >>> [size_words(*each).replace(NO_BREAK, " ") for each in ((13.94, "%"), (0.0312, ""), (float("nan"), "%"))]
    ['± 14 %', '± 0.031', '–']
    """
    if not math.isfinite(value):
        return MISSING
    written = fact(number(value, 2), *at) if at else number(value, 2)
    return f"±{NO_BREAK}{written}{NO_BREAK}{unit}" if unit else f"±{NO_BREAK}{written}"


def unit_of(found: Sizes, unit: str) -> str:
    """Return what stands behind a size: "%", or the output's unit where it has one."""
    return "%" if found.in_percent else "" if unit in {"Dmnl", "1"} else unit
