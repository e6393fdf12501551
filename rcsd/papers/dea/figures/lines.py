"""Courses of units or groups as lines of a chart, with a band where a line is a median."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rcsd.papers.dea.courses import Course
from rcsd.papers.dea.method.data import Period
from rcsd.report.chart import Axis, Band, Layer, Line, linear
from rcsd.report.chart.layers import Mark
from rcsd.report.drawing.style import CITY_COLOURS
from rcsd.report.sections.panel.style import CLASS_COLOURS

_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
_MARKS: Final[tuple[Mark, ...]] = ("circle", "square", "triangle", "diamond", "cross", "dot", "tick")


def colours(names: Sequence[str]) -> dict[str, str]:
    """Colour of each unit or group; classes of cities keep theirs."""
    if all(name in CLASS_COLOURS for name in names):
        return {name: CLASS_COLOURS[name] for name in names}
    return {name: CITY_COLOURS[k % len(CITY_COLOURS)] for k, name in enumerate(names)}


def markers(names: Sequence[str]) -> dict[str, str]:
    """Marker of each, so that colour alone tells nothing."""
    return {name: _MARKERS[k % len(_MARKERS)] for k, name in enumerate(names)}


def course_layers(courses: Sequence[Course]) -> tuple[Layer, ...]:
    """Return a line for each course, and the quartiles of a group as a band below it."""
    colour = colours([course.name for course in courses])
    layers: list[Layer] = []
    for k, course in enumerate(courses):
        places = positions(course.periods)
        label = course.name if course.n_units == 1 else f"{course.name} ({course.n_units})"
        if course.n_units > 1:
            layers.append(Band(places, course.low, course.high, label, colour[course.name], opacity=0.1))
        mark = _MARKS[k % len(_MARKS)]
        layers.append(Line(places, course.middle, label, colour[course.name], mark=mark, width=1.5))
    return tuple(layers)


def positions(periods: Sequence[Period]) -> list[float]:
    """Place periods on an axis: whole numbers at their value, words one after the other."""
    if all(isinstance(period, int) for period in periods):
        return [float(period) for period in periods]
    return [float(k) for k in range(len(periods))]


def period_axis(periods: Sequence[Period]) -> Axis:
    """Name the periods on an axis."""
    if all(isinstance(period, int) for period in periods):
        return linear(whole=True)
    return linear(ticks=[(float(k), str(period)) for k, period in enumerate(periods)])


def median_words(courses: Sequence[Course]) -> str:
    """Say what a line and a band are; empty where each line is one unit."""
    if all(course.n_units == 1 for course in courses):
        return ""
    return " Lines are medians of a group, bands its middle half; the number of units stands in brackets."
