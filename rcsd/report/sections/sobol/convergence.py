"""Is the sample large enough: total-order indices from growing parts of it."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, house_style, legend_below
from rcsd.report.sections.sobol.style import OTHERS, coloured, panels, say_empty
from rcsd.report.spoken import when
from rcsd.report.wording import listing
from rcsd.study.sobol.result import SobolStudy

_SHOWN = 4
"""Parameters drawn for each output, those with the largest totals."""

_DODGE = 0.05
"""Share by which neighbours are moved apart, so that their whiskers can be told from one another."""


def convergence_figure(study: SobolStudy) -> Drawing:
    """Draw the largest total-order indices of every output at the horizon against the size of the sample."""
    result = study.result
    sizes = [level.n_base for level in result.levels]
    at = result.time_index(study.horizon)
    shown = [_largest(result.indices.shown.total[at, output]) for output in range(len(result.outputs))]
    own = coloured(result)
    with house_style():
        figure, frames = panels(result, 2.2, extra=1.1)
        for output, axes in enumerate(frames):
            _draw(axes, study, output, {i: own.get(i, OTHERS) for i in shown[output]})
            axes.set_xscale("log", base=2)
            axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
            axes.minorticks_off()
            if output + 2 >= len(frames):
                axes.set_xlabel("N, base samples")
            axes.set_xlim(sizes[0] / 1.35, sizes[-1] * 1.35)
        figure.supylabel("total-order index", fontsize=8.5, color="#333333")
        legend_below(figure, *frames)
        svg, png = save_bytes(figure)
    return Drawing(
        "convergence",
        svg,
        png,
        f"Total-order indices in {when(study.horizon)} of {listing(result.outputs)}, with intervals, from N of "
        f"{listing([str(size) for size in sizes])} base samples.",
        f"The {_SHOWN} largest total-order indices of every output in {when(study.horizon)}, from growing parts of "
        f"the one sample, with {100 * result.confidence:g} % intervals. Lines that are not level yet, or whiskers that "
        "overlap, ask for a larger N.",
        wide=True,
    )


def _largest(total: np.ndarray) -> list[int]:
    """Places of the largest totals; none where there is no index."""
    return [] if np.isnan(total).any() else [int(i) for i in np.argsort(-total, kind="stable")[:_SHOWN]]


def _draw(axes: Axes, study: SobolStudy, output: int, colours: dict[int, str]) -> None:
    result, at = study.result, study.result.time_index(study.horizon)
    axes.axhline(0, color=MUTED, linewidth=0.8)
    if not colours:
        say_empty(axes, undetermined=bool(result.indices.undetermined[at, output]))
    for place, (i, colour) in enumerate(colours.items()):
        apart = (1 + _DODGE) ** (place - (len(colours) - 1) / 2)
        sizes = np.array([level.n_base for level in result.levels]) * apart
        total = np.array([level.shown.total[at, output, i] for level in result.levels])
        conf = np.array([level.shown.total_conf[at, output, i] for level in result.levels])
        axes.vlines(sizes, total - conf, total + conf, color=colour, linewidth=1.2)
        axes.plot(sizes, total, "o-", color=colour, markersize=4, linewidth=1.2, label=result.parameters[i])
