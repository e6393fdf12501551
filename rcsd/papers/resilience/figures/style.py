"""What the figures of the resilience index share."""

from collections.abc import Sequence
from typing import Final

from rcsd.papers.resilience import Assessment
from rcsd.report.chart.layers import Mark
from rcsd.report.drawing.style import CITY_COLOURS

RANK_COLOURS = ("#08519C", "#6BAED6", "#C6DBEF", "#EFEFEF")
"""From the first rank on; later ranks share the last colour."""

N_COLOURS = len(CITY_COLOURS)
MARKERS = "osD^vP*"
_MARKS: Final[tuple[Mark, ...]] = ("circle", "square", "diamond", "triangle", "cross", "dot", "tick")
"""The same of charts."""


def city_names(assessment: Assessment) -> list[str]:
    """Names of the cities for people, in the order of the assessment."""
    return [assessment.indicators.cities[city] for city in assessment.cities]


def city_colour(place: int) -> str:
    """Colour of a city; beyond seven they begin anew, told apart by their markers."""
    return CITY_COLOURS[place % N_COLOURS]


def marker(place: int) -> str:
    """Marker of a city."""
    return MARKERS[(place + place // N_COLOURS) % len(MARKERS)]


def mark(place: int) -> Mark:
    """Mark of a city in a chart."""
    return _MARKS[(place + place // N_COLOURS) % len(_MARKS)]


def system_labels(assessment: Assessment) -> Sequence[str]:
    """Code and name of every system."""
    return [f"{system.code} {system.name}" for system in assessment.indicators.systems]
