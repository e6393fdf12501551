"""Where each estimate lies between its bounds."""

from typing import cast

import numpy as np
from matplotlib.axes import Axes

from rcsd.parameters import Parameter, Scale
from rcsd.report.figures.save import Drawing, save_bytes
from rcsd.report.figures.style import (
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
from rcsd.study.result import ParameterResult, StudyResult


def parameter_figure(result: StudyResult) -> Drawing:
    """Draw a strip per parameter, from its lower to its upper bound on the scale of the search."""
    n = len(result.parameters)
    with house_style():
        figure = new_figure((WIDE[0], 1.1 + 0.36 * n))
        axes = figure.add_subplot()
        axes.grid(visible=False)
        for row, parameter in enumerate(result.parameters):
            _draw_strip(axes, row, parameter)
        _label_once(axes, result)
        axes.set_yticks(range(n), [parameter.name for parameter in result.parameters])
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
        f"{count(n, 'estimated parameter')} within their bounds; {count(result.n_on_bound, 'estimate')} on a bound.",
        "Estimates within their bounds, on the scale of the search (the table says which). Green: the prior, one "
        "standard deviation to either side. Whisker: one standard error. Red: the estimate lies on a bound.",
        wide=True,
    )


def position(parameter: ParameterResult, value: float) -> float:
    """Return where `value` lies between the bounds on the scale of the search: 0 on the lower, 1 on the upper."""
    low, high = _search(parameter, parameter.lower), _search(parameter, parameter.upper)
    return (_search(parameter, value) - low) / (high - low)


def prior_band(parameter: ParameterResult) -> tuple[float, float]:
    """Return both ends of one standard deviation around the prior's centre, as positions between 0 and 1."""
    if parameter.prior is None:
        raise ValueError(
            f"{parameter.name} has no prior, so it has no band: ask for the band of parameters that have one"
        )
    centre, deviation = parameter.prior
    low, high = _search(parameter, parameter.lower), _search(parameter, parameter.upper)
    middle = _search(parameter, centre)
    ends = [(middle + sign * deviation - low) / (high - low) for sign in (-1, 1)]
    return max(ends[0], 0.0), min(ends[1], 1.0)


def _search(parameter: ParameterResult, value: float) -> float:
    scale = Parameter(
        name=parameter.name,
        lower=parameter.lower,
        upper=parameter.upper,
        unit=parameter.unit,
        source=parameter.source,
        scale=cast("Scale", parameter.scale),
    )
    return float(scale.to_search(value))


def _draw_strip(axes: Axes, row: int, parameter: ParameterResult) -> None:
    axes.hlines(row, 0, 1, color="#CFCFCF", linewidth=4, zorder=1)
    if parameter.prior is not None:
        low, high = prior_band(parameter)
        axes.hlines(row, low, high, color=PRIOR, linewidth=9, zorder=2)
    if parameter.start is not None:
        axes.plot(position(parameter, parameter.start), row, "|", color=MUTED, markersize=11, zorder=3)
    if np.isfinite(parameter.standard_error):
        ends = np.clip(
            [parameter.estimate - parameter.standard_error, parameter.estimate + parameter.standard_error],
            parameter.lower,
            parameter.upper,
        )
        axes.hlines(
            row, position(parameter, ends[0]), position(parameter, ends[1]), color=OBSERVED, linewidth=1.2, zorder=4
        )
    colour, marker = (ALERT, "D") if parameter.on_bound else (SIMULATED, "o")
    axes.plot(position(parameter, parameter.estimate), row, marker, color=colour, markersize=6.5, zorder=5)
    axes.text(-0.02, row, number(parameter.lower), ha="right", va="center", fontsize=7, color=MUTED)
    axes.text(1.02, row, number(parameter.upper), ha="left", va="center", fontsize=7, color=MUTED)


def _label_once(axes: Axes, result: StudyResult) -> None:
    """Give the legend one entry per kind of mark that occurs, drawn outside of the data."""
    parameters = result.parameters
    entries = (
        ("o", SIMULATED, "estimate", any(not parameter.on_bound for parameter in parameters)),
        ("D", ALERT, "estimate on a bound", any(parameter.on_bound for parameter in parameters)),
        ("|", MUTED, "first starting value", any(parameter.start is not None for parameter in parameters)),
        ("s", PRIOR, "prior ± 1 sd", any(parameter.prior is not None for parameter in parameters)),
        ("_", OBSERVED, "± 1 standard error", any(np.isfinite(parameter.standard_error) for parameter in parameters)),
    )
    for marker, colour, label, present in entries:
        if present:
            axes.plot([], [], marker, color=colour, markersize=7, label=label)
