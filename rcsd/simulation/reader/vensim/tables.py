"""The table of a Vensim lookup -> PySD's structure. Its limits are for drawing: numbers that say nothing."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

from pysd.translators.structures.abstract_expressions import LookupsStructure

_LIMITS = re.compile(r"\s*\[(?P<inside>[^\]]*)\]\s*,?")
_INK = re.compile(r"\S")
_NUMBER = r"\s*([+-]?\s*(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*"
_PAIR = re.compile(rf"\s*\({_NUMBER},{_NUMBER}\)\s*,?")
_CORNERS = re.compile(rf"(?:\s*\({_NUMBER},{_NUMBER}\)\s*[-,]?)*+\s*")
_FORM = "write its limits and points as in [(0,0)-(10,1)],(0,0),(10,1)"
_SINGLE = re.compile(rf"{_NUMBER}(?:,|$)")


def table_of(text: str) -> Any:
    """Read a table.

    Parameters
    ----------
    text : str
        With its brackets: pairs, or all x followed by all y, after limits or without.

    Returns
    -------
    LookupsStructure
        Of two points with one x the second stands at the next number: the table steps there.

    Raises
    ------
    ValueError
        What cannot be read.
    """
    inside = text.strip()[1:-1]
    limits = _LIMITS.match(inside)
    if limits:
        corners = _CORNERS.match(limits["inside"])
        read = corners.end() if corners else 0
        if read == 0 or read < len(limits["inside"]):
            raise _no_number(limits["inside"][read:])
    position = limits.end() if limits else 0
    points = _pairs(inside, position) if inside[position:].lstrip().startswith("(") else _halves(inside, position)
    x, y = zip(*_stepped(points), strict=True)
    return LookupsStructure(x, y, (min(x), max(x)), (min(y), max(y)), "interpolate")


def _pairs(text: str, position: int) -> list[tuple[float, float]]:
    points = []
    while _INK.search(text, position):
        pair = _PAIR.match(text, position)
        if pair is None:
            raise _no_number(text[position:])
        points.append((_number(pair[1]), _number(pair[2])))
        position = pair.end()
    return points


def _halves(text: str, position: int) -> list[tuple[float, float]]:
    numbers = []
    while _INK.search(text, position):
        single = _SINGLE.match(text, position)
        if single is None:
            raise _no_number(text[position:])
        numbers.append(_number(single[1]))
        position = single.end()
    if not numbers or len(numbers) % 2:
        raise ValueError(f"its table has {len(numbers)} numbers; give as many y as x")
    half = len(numbers) // 2
    return list(zip(numbers[:half], numbers[half:], strict=True))


def _no_number(text: str) -> ValueError:
    shown = " ".join(text[:60].split())[:40]
    return ValueError(f"cannot be read: {shown!r} stands where a table has numbers; {_FORM}")


def _number(text: str) -> float:
    return float("".join(text.split()))


def _stepped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move the last of several points with one x to the next number, and drop those between."""
    stepped = []
    for x, group in itertools.groupby(points, key=lambda point: point[0]):
        same = list(group)
        stepped.append(same[0])
        if len(same) > 1:
            stepped.append((math.nextafter(x, math.inf), same[-1][1]))
    return stepped
