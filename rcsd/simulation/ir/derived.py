"""Other ways to read a table: each is a table of its own, made from the points of the first."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace

from rcsd.simulation.ir.expression import Points
from rcsd.simulation.ir.unsound import Unsound

FIXED = "fixed"
"""Kind of a mark beside a table of which something was worked out once and for all."""
POINT = "point"
"""Kind, before its number, of a table that is 1 at one point of another and 0 at all others."""
Numbers = tuple[float, ...]


def name_of(table: str, kind: str) -> str:
    """Return the name of what is derived from a table."""
    return f"{table}#{kind}"


def derived(kind: str, points: Points) -> Points:
    """Make a table of another.

    Raises
    ------
    Unsound
        When its points do not allow that.
    """
    return _KINDS[kind](points)


def derived_beside(tables: Mapping[str, Points], table: str, points: Points) -> dict[str, Points]:
    """Return anew what some tables hold that is derived from one, whose points are others now."""
    return {name: derived(kind, points) for kind in _KINDS if (name := name_of(table, kind)) in tables}


def _inverse(points: Points) -> Points:
    pairs = sorted(zip(points.y, points.x, strict=True), key=lambda pair: pair[0])
    rising = all(b >= a for a, b in itertools.pairwise(points.y))
    if not rising and any(b > a for a, b in itertools.pairwise(points.y)):
        raise Unsound("the inverse is asked of a table whose y neither rise nor fall throughout; make it monotone")
    first = {y: x for y, x in reversed(pairs)} if rising else dict(pairs)  # of equal y, the first x of the table
    y = tuple(sorted(first))
    return Points(y, tuple(first[each] for each in y))


def _areas(points: Points) -> Points:
    parts = [0.5 * (b + a) * (d - c) for (a, b), (c, d) in zip(_pairs(points.y), _pairs(points.x), strict=True)]
    return _steps(points.x, tuple(itertools.accumulate(parts, initial=0.0)))


def _slopes(points: Points) -> Numbers:
    rises = [(b - a) / (d - c) for (a, b), (c, d) in zip(_pairs(points.y), _pairs(points.x), strict=True)]
    return tuple(rises) or (0.0,)


def _pairs(numbers: Numbers) -> list[tuple[float, float]]:
    return list(itertools.pairwise(numbers))


def _steps(x: Numbers, y: Numbers) -> Points:
    return Points(x, y, between="previous")


_KINDS: Mapping[str, Callable[[Points], Points]] = {
    "inverse": _inverse,
    "extrapolated": lambda points: replace(points, between="linear", beyond="extrapolate"),
    "line": lambda points: replace(points, between="linear", beyond="hold"),
    "next": lambda points: replace(points, between="next", beyond="hold"),
    "previous": lambda points: replace(points, between="previous", beyond="hold"),
    "earlier": lambda points: Points(points.x, (points.y[0], *points.y[:-1]), between="next"),
    "x": lambda points: _steps(points.x, points.x),
    "area": _areas,
    "slope after": lambda points: _steps(points.x, (*_slopes(points), _slopes(points)[-1])[: len(points.x)]),
    "slope before": lambda points: Points(
        points.x, (_slopes(points)[0], *_slopes(points))[: len(points.x)], between="next"
    ),
    FIXED: lambda points: points,
}
