"""What became of the points of a table, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcsd.simulation.ir.expression import Points

_MOST = 4
"""Points that are named one by one."""


def point_changes(old: Points, new: Points) -> Iterator[str]:
    """Yield in words where two tables differ."""
    before, after = dict(zip(old.x, old.y, strict=True)), dict(zip(new.x, new.y, strict=True))
    moved = [x for x in new.x if x in before and before[x] != after[x]]
    if moved:
        yield f"{_counted(len(moved), 'point')} changed: " + _listed(
            [f"y at {x:g} was {before[x]:g}, is {after[x]:g}" for x in moved]
        )
    for words, xs, ys in (
        ("added", [x for x in new.x if x not in before], after),
        ("taken out", [x for x in old.x if x not in after], before),
    ):
        if xs:
            yield f"{_counted(len(xs), 'point')} {words}: {_listed([f'({x:g}, {ys[x]:g})' for x in xs])}"
    if old.between != new.between:
        yield f"between points: {old.between} became {new.between}"
    if old.beyond != new.beyond:
        yield f"beyond the last point: {old.beyond} became {new.beyond}"


def span(points: Points) -> str:
    """Say what a table holds, on one line."""
    if len(points.x) <= _MOST:
        return ", ".join(f"({x:g}, {y:g})" for x, y in zip(points.x, points.y, strict=True))
    return (
        f"{len(points.x)} points from ({points.x[0]:g}, {points.y[0]:g}) to ({points.x[-1]:g}, {points.y[-1]:g}), "
        f"y between {min(points.y):g} and {max(points.y):g}"
    )


def _counted(n: int, what: str) -> str:
    return f"1 {what}" if n == 1 else f"{n} {what}s"


def _listed(words: Sequence[str]) -> str:
    more = f", and {len(words) - _MOST} more" if len(words) > _MOST else ""
    return f"{', '.join(words[:_MOST])}{more}"
