"""Which parameter moves an output, year by year: stacked total-order indices."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, house_style, legend_below
from rcsd.report.drawing.time_axis import time_along
from rcsd.report.sections.sobol.style import OTHERS, coloured, leading, panels, say_empty
from rcsd.report.spoken import span
from rcsd.report.wording import count, listing
from rcsd.study.sobol.result import SobolStudy


def areas_figure(study: SobolStudy) -> Drawing:
    """Draw the total-order indices of every output as areas over the years, the parameters stacked."""
    result = study.result
    order = leading(result)
    own = coloured(result)
    with house_style():
        figure, frames = panels(result, 2.35, extra=1.1)
        for index, axes in enumerate(frames):
            _draw(axes, study, index, own, [i for i in order if i not in own])
        figure.supylabel("total-order index, stacked", fontsize=8.5, color="#333333")
        legend_below(figure, *frames)
        svg, png = save_bytes(figure)
    rest = len(order) - len(own)
    names = listing([result.parameters[i] for i in own]) + (f", and {count(rest, 'other')} in grey" if rest else "")
    return Drawing(
        "total-by-year",
        svg,
        png,
        f"Total-order Sobol indices of {listing(result.outputs)}, {span(result.times[0], result.times[-1])}, stacked "
        f"by parameter: {names}.",
        "Total-order indices, stacked: the share of the variance that each parameter takes part in. They add up to 1 "
        "(thin line) where parameters act alone, and to more where they act together; the dotted line is the sum of "
        "the first-order indices. The dashed line ends the time with data. Where nothing is drawn the output does not "
        "vary, or the sample does not determine its indices.",
        wide=True,
    )


def _draw(axes: Axes, study: SobolStudy, output: int, own: dict[int, str], rest: list[int]) -> None:
    result = study.result
    shown = result.indices.shown
    total, varies = shown.total[:, output], ~np.isnan(shown.total[:, output]).any(axis=-1)
    bottom = np.zeros(result.times.size)
    layers = [(total[:, i], colour, result.parameters[i]) for i, colour in own.items()]
    if rest:
        layers.append((total[:, rest].sum(axis=1), OTHERS, count(len(rest), "other parameter")))
    for height, colour, label in layers:
        top = bottom + np.where(varies, height, 0.0)
        axes.fill_between(
            result.times,
            bottom,
            top,
            where=varies,
            facecolor=colour,
            edgecolor="white",
            linewidth=0.4,
            label=label,
            zorder=2,
        )
        bottom = top
    axes.axhline(1, color=MUTED, linewidth=0.8, zorder=3)
    first = np.where(varies, shown.first[:, output].sum(axis=1), np.nan)
    axes.plot(result.times, first, ":", color=OBSERVED, linewidth=1.2, zorder=4, label="sum of first order")
    if study.data_end < study.horizon:
        axes.axvline(study.data_end, color=MUTED, linewidth=0.9, linestyle=(0, (8, 4)), zorder=4)
    axes.set_xlim(result.times[0], result.times[-1])
    axes.set_ylim(bottom=min(0.0, float(np.nanmin(first, initial=0.0)) - 0.02))
    time_along(axes)
    if not varies.any():
        say_empty(axes, undetermined=bool(shown.undetermined[:, output].any()))
