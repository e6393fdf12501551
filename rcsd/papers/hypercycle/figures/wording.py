"""Words and colours that the figures of the hypercycle share."""

import textwrap

from rcsd.papers.hypercycle import NetworkSurvey
from rcsd.report.drawing.style import CITY_COLOURS

DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)))


def colour_of(index: int) -> str:
    """Return the colour of a unit, the same in every figure."""
    return CITY_COLOURS[index % len(CITY_COLOURS)]


def dashes_of(index: int, covered: int = 0) -> object:
    """Return the dash pattern of a unit: another one each time the colours begin anew, and for each line it covers."""
    return DASHES[(index // len(CITY_COLOURS) + covered) % len(DASHES)]


def in_lines(text: str, width: int) -> str:
    """Break a text at words."""
    return "\n".join(textwrap.wrap(text, width))


def verdict(found: NetworkSurvey) -> str:
    """Say what lasts, as a caption does."""
    if found.permanence is None:
        return f"{len(found.left)} of {found.network.size} units are left"
    words = {
        "permanent": "all units last, whatever the start",
        "not permanent": "not all units last from every start",
        "undecided": "whether all units last is undecided",
    }
    orbit = "" if found.orbit is None else f", and swing with a period of {found.orbit.period:.4g} years"
    return words[found.permanence.verdict] + orbit
