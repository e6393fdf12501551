"""A table as a small drawing in a line of text."""

from __future__ import annotations

from itertools import pairwise

from markupsafe import Markup

from rcsd.simulation.ir.expression import Points

_WIDTH, _HEIGHT, _EDGE = 120.0, 36.0, 3.0


def sparkline(points: Points) -> Markup:
    """Draw the course of a table, in the colour of the text around it."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in _placed(points))
    ends = f"from ({points.x[0]:g}, {points.y[0]:g}) to ({points.x[-1]:g}, {points.y[-1]:g})"
    return Markup(
        '<svg width="{0:g}" height="{1:g}" viewBox="0 0 {0:g} {1:g}" role="img" aria-label="{2}">'
        '<polyline points="{3}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>'
    ).format(_WIDTH, _HEIGHT, ends, path)


def manner(points: Points) -> str:
    """Say how a table is read where that is not by straight lines between its points."""
    words = {"previous": ", holds its last point", "next": ", takes its next point", "linear": ""}[points.between]
    return words + (", goes on beyond its ends" if points.beyond == "extrapolate" else "")


def _placed(points: Points) -> list[tuple[float, float]]:
    corners = list(zip(points.x, points.y, strict=True))
    if points.between != "linear":  # a step at the one point or at the other
        steps: list[tuple[float, float]] = []
        for (a, b), (c, d) in pairwise(corners):
            steps += [(a, b), (c, b) if points.between == "previous" else (a, d)]
        corners = [*steps, corners[-1]]
    return [(_scaled(x, points.x, _WIDTH), _HEIGHT - _scaled(y, points.y, _HEIGHT)) for x, y in corners]


def _scaled(value: float, values: tuple[float, ...], length: float) -> float:
    low, high = min(values), max(values)
    share = 0.5 if high == low else (value - low) / (high - low)
    return _EDGE + share * (length - 2 * _EDGE)
