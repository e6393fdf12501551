"""Is the sample large enough: total-order indices from growing parts of it."""

import numpy as np

from rcsd.report.chart import Chart, Layer, Line, Panel, Rule, Segments, linear, logarithmic
from rcsd.report.sections.sobol.style import OTHERS, coloured, columns, empty_words
from rcsd.report.spoken import at_times
from rcsd.report.wording import listing
from rcsd.study.sobol.result import SobolStudy

_SHOWN = 4
"""Parameters drawn for each output, those with the largest totals."""

_DODGE = 0.05
"""Share by which neighbours are moved apart, so that their whiskers can be told from one another."""


def convergence_figure(study: SobolStudy) -> Chart:
    """Draw the largest total-order indices of every output at the horizon against the size of the sample."""
    result = study.result
    sizes = [level.n_base for level in result.levels]
    at = result.time_index(study.horizon)
    shown = [_largest(result.indices.shown.total[at, output]) for output in range(len(result.outputs))]
    own = coloured(result)
    panels = tuple(
        _panel(study, output, {i: own.get(i, OTHERS) for i in places}) for output, places in enumerate(shown)
    )
    return Chart(
        "convergence",
        panels,
        f"Total-order indices {at_times(study.horizon)} of {listing(result.outputs)}, with intervals, from N of "
        f"{listing([str(size) for size in sizes])} base samples.",
        f"The {_SHOWN} largest total-order indices of every output {at_times(study.horizon)}, from growing parts of "
        f"the one sample, with {100 * result.confidence:g} % intervals. Lines that are not level yet, or whiskers that "
        "overlap, ask for a larger N.",
        wide=True,
        columns=columns(result),
        vertical="total-order index",
    )


def _largest(total: np.ndarray) -> list[int]:
    """Places of the largest totals; none where there is no index."""
    return [] if np.isnan(total).any() else [int(i) for i in np.argsort(-total, kind="stable")[:_SHOWN]]


def _panel(study: SobolStudy, output: int, colours: dict[int, str]) -> Panel:
    result, at = study.result, study.result.time_index(study.horizon)
    bases = np.array([level.n_base for level in result.levels])
    layers: list[Layer] = [Rule(0.0)]
    if not colours:
        layers.append(empty_words(undetermined=bool(result.indices.undetermined[at, output])))
    for place, (i, colour) in enumerate(colours.items()):
        sizes = bases * (1 + _DODGE) ** (place - (len(colours) - 1) / 2)
        total = np.array([level.shown.total[at, output, i] for level in result.levels])
        conf = np.array([level.shown.total_conf[at, output, i] for level in result.levels])
        layers.append(Segments(sizes, total - conf, sizes, total + conf, "", colour))
        layers.append(Line(sizes, total, result.parameters[i], colour, width=1.2, mark="circle"))
    ticks = [(float(size), f"{size:,}") for size in bases]
    across = logarithmic("N, base samples", float(bases[0]) / 1.35, float(bases[-1]) * 1.35, ticks=ticks)
    return Panel(tuple(layers), across, linear(), result.outputs[output], height=2.2)
