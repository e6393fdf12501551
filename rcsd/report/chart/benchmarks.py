"""How forecasts are told apart in charts: benchmarks by their lines, the model's by what they know of the drivers."""

from __future__ import annotations

from typing import Final

from rcsd.report.chart.layers import Dash, Line, Mark, Values
from rcsd.report.drawing.style import BASELINE_LINES
from rcsd.report.wording import BASELINE_LABELS, DRAWN_RULES

_DASHES: Final[tuple[Dash, ...]] = ("dotted", "dashdot", "dashed")

_BEST: Final = BASELINE_LINES[DRAWN_RULES[-1]][0]

KNOWLEDGE_MARKS: Final[dict[str, Mark]] = {"forecast": "circle", "known": "triangle", "frozen": "square"}
"""Mark of a forecast by what it knows of the drivers."""


def benchmark_line(rule: str, x: Values, y: Values, *, width: float = 1.2) -> Line:
    """Return the line of a benchmark forecast, one of `rcsd.report.wording.DRAWN_RULES`."""
    dash = _DASHES[DRAWN_RULES.index(rule)]
    return Line(x, y, BASELINE_LABELS[rule], BASELINE_LINES[rule][0], dash, width, "dot")


def best_line(rule: str, x: Values, y: Values) -> Line:
    """Return the line of the benchmark forecast that turned out to be the best, whichever it is."""
    return Line(x, y, f"best simple method ({BASELINE_LABELS[rule]})", _BEST, "dashed", 1.2, "dot")
