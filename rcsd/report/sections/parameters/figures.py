"""Where each estimate lies between its bounds."""

from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import (
    ALERT,
    MUTED,
    OBSERVED,
    PRIOR,
    SIMULATED,
    WIDE,
    house_style,
    legend_below,
    new_figure,
)
from rcsd.report.wording import count, number
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS


def parameter_figure(result: StudyResult) -> Drawing:
    """Draw a strip per parameter, from its lower to its upper bound on the scale of the search."""
    n = len(result[PARAMETERS].parameters)
    with house_style():
        figure = new_figure((WIDE[0], 1.1 + 0.36 * n))
        axes = figure.add_subplot()
        axes.grid(visible=False)
        for row, parameter in enumerate(result[PARAMETERS].parameters):
            _draw_strip(axes, row, parameter)
        _label_once(axes, result)
        axes.set_yticks(range(n), [parameter.name for parameter in result[PARAMETERS].parameters])
        axes.set_ylim(n - 0.4, -0.6)
        axes.set_xlim(-0.16, 1.16)
        axes.set_xticks([0, 1], ["lower bound", "upper bound"])
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
        legend_below(figure, axes, columns=5)
        svg, png = save_bytes(figure)
    return Drawing(
        "parameters",
        svg,
        png,
        f"{count(n, 'estimated parameter')} within their bounds; "
        f"{count(result[PARAMETERS].n_on_bound, 'estimate')} on a bound.",
        "Estimates within their bounds, on the scale of the search (the table says which). Green: the prior, one "
        "standard deviation to either side. Whisker: one standard error. Red: the estimate lies on a bound.",
        wide=True,
    )


def _draw_strip(axes: Axes, row: int, parameter: ParameterResult) -> None:
    axes.hlines(row, 0, 1, color="#CFCFCF", linewidth=4, zorder=1)
    strip = parameter.strip
    if strip.prior is not None:
        axes.hlines(row, *strip.prior, color=PRIOR, linewidth=9, zorder=2)
    axes.plot(strip.start, row, "|", color=MUTED, markersize=11, zorder=3)
    if strip.error is not None:
        axes.hlines(row, *strip.error, color=OBSERVED, linewidth=1.2, zorder=4)
    colour, marker = (ALERT, "D") if parameter.on_bound else (SIMULATED, "o")
    axes.plot(strip.estimate, row, marker, color=colour, markersize=6.5, zorder=5)
    axes.text(-0.02, row, number(parameter.lower), ha="right", va="center", fontsize=7, color=MUTED)
    axes.text(1.02, row, number(parameter.upper), ha="left", va="center", fontsize=7, color=MUTED)


def _label_once(axes: Axes, result: StudyResult) -> None:
    """Give the legend one entry per kind of mark that occurs, drawn outside of the data."""
    parameters = result[PARAMETERS].parameters
    entries = (
        ("o", SIMULATED, "estimate", any(not parameter.on_bound for parameter in parameters)),
        ("D", ALERT, "estimate on a bound", any(parameter.on_bound for parameter in parameters)),
        ("|", MUTED, "start of the first descent", True),
        ("s", PRIOR, "prior ± 1 sd", any(parameter.strip.prior is not None for parameter in parameters)),
        ("_", OBSERVED, "± 1 standard error", any(parameter.strip.error is not None for parameter in parameters)),
    )
    for marker, colour, label, present in entries:
        if present:
            axes.plot([], [], marker, color=colour, markersize=7, label=label)
