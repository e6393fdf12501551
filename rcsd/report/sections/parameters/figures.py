"""Where each estimate lies between its bounds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rcsd.report.chart import Axis, Chart, Layer, Mark, Panel, Points, Segments, linear, named
from rcsd.report.chart.colours import STRIP
from rcsd.report.drawing.style import ALERT, MUTED, OBSERVED, PRIOR, SIMULATED
from rcsd.report.wording import NO_BREAK, count, number
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS


def parameter_figure(result: StudyResult) -> Chart:
    """Draw a strip per parameter, from its lower to its upper bound on the scale of the search."""
    parameters = result[PARAMETERS].parameters
    panel = Panel(
        (*strips(parameters), *_marks(parameters)),
        bounds_axis(),
        named([f"{each.name} ({_bounds(each)})" for each in parameters]),
        height=0.7 + 0.36 * len(parameters),
    )
    return Chart(
        "parameters",
        (panel,),
        f"{count(len(parameters), 'estimated parameter')} within their bounds; "
        f"{count(result[PARAMETERS].n_on_bound, 'estimate')} on a bound.",
        "Estimates within their bounds, on the scale of the search (the table says which). Green: the prior, one "
        "standard deviation to either side. Whisker: one standard error. Red: the estimate lies on a bound.",
        wide=True,
    )


def _bounds(parameter: ParameterResult) -> str:
    return f"{number(parameter.lower)} to {number(parameter.upper)}".replace(" ", NO_BREAK)


def bounds_axis() -> Axis:
    """Return the axis from the lower to the upper bound of each parameter."""
    return linear("place between the bounds", low=-0.03, high=1.03, ticks=[(0.0, "lower bound"), (1.0, "upper bound")])


def strips(parameters: Sequence[ParameterResult]) -> tuple[Layer, ...]:
    """Return a strip from bound to bound in each row, and on it one standard deviation of the prior to either side."""
    rows = np.arange(len(parameters))
    priors = [(row, *each.strip.prior) for row, each in enumerate(parameters) if each.strip.prior is not None]
    whole = Segments(np.zeros(len(rows)), rows, np.ones(len(rows)), rows, "", STRIP, 4.0)
    return (whole, *_across(priors, "prior ± 1 sd", PRIOR, 9.0))


def _across(found: Sequence[tuple[float, float, float]], label: str, colour: str, width: float) -> tuple[Segments, ...]:
    """Return pieces given by row and ends; none where there are none."""
    if not found:
        return ()
    rows, low, high = np.array(found, dtype=np.float64).T
    return (Segments(low, rows, high, rows, label, colour, width),)


def _marks(parameters: Sequence[ParameterResult]) -> tuple[Layer, ...]:
    rows = np.arange(len(parameters))
    errors = [(row, *each.strip.error) for row, each in enumerate(parameters) if each.strip.error is not None]
    estimates = np.array([each.strip.estimate for each in parameters])
    named_as = [f"{number(each.estimate)} {each.unit}".strip() for each in parameters]
    bound = np.array([each.on_bound for each in parameters], dtype=bool)
    layers: list[Layer] = [
        Points([each.strip.start for each in parameters], rows, "start of the first descent", MUTED, "tick", size=9.0),
        *_across(errors, "± 1 standard error", OBSERVED, 1.2),
    ]
    groups: tuple[tuple[NDArray[np.bool_], str, str, Mark], ...] = (
        (bound, "estimate on a bound", ALERT, "diamond"),
        (~bound, "estimate", SIMULATED, "circle"),
    )
    for mask, label, colour, mark in groups:
        if mask.any():
            said = tuple(np.array(named_as)[mask].tolist())
            layers.append(Points(estimates[mask], rows[mask], label, colour, mark, size=6.5, names=said))
    return tuple(layers)
