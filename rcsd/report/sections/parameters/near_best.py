"""Where the starts that ended near the best cost lie."""

from collections.abc import Sequence

import numpy as np

from rcsd.analysis.calibration.fit.agreement import Agreement
from rcsd.report.chart import Chart, Mark, Panel, Points, named
from rcsd.report.drawing.style import ALERT, SIMULATED
from rcsd.report.sections.parameters.figures import bounds_axis, strips
from rcsd.report.wording import count, percent
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS


def near_best_figure(result: StudyResult) -> Chart:
    """Draw a strip per parameter with the estimate of every near-best start on it."""
    found, n = result[CALIBRATE].agreement, len(result[PARAMETERS].parameters)
    parameters = result[PARAMETERS].parameters
    panel = Panel(
        (*strips(parameters), *_starts(found, [each.name for each in parameters])),
        bounds_axis(),
        named([each.name for each in parameters]),
        height=0.7 + 0.3 * n,
    )
    widest = max(found.spreads.values(), default=0.0)
    return Chart(
        "near-best",
        (panel,),
        f"Estimates of {count(found.n_near, 'start')} near the lowest cost, within their bounds; the widest spread is "
        f"{percent(100 * widest, 1)} of a search interval.",
        "Estimates of the starts that ended within 1 % of the lowest cost, one dot each: a single dot to a row says "
        "that they ended in one place, a smear that the cost is level along that parameter.",
        wide=True,
    )


def _starts(found: Agreement, names: Sequence[str]) -> tuple[Points, ...]:
    """Return a dot for each near-best start in the row of each parameter; where they differ, in another colour."""
    groups: tuple[tuple[bool, str, str, Mark], ...] = (
        (True, "a near-best start, where they differ", ALERT, "diamond"),
        (False, "a near-best start", SIMULATED, "circle"),
    )
    points = []
    for apart, label, colour, mark in groups:
        rows = [row for row, name in enumerate(names) if (name in found.apart) is apart]
        if rows:
            places = np.concatenate([np.asarray(found.positions[names[row]]) for row in rows])
            points.append(Points(places, np.repeat(rows, found.n_near), label, colour, mark, size=6.5, opacity=0.45))
    return tuple(points)
