"""Which parameters act together: second-order indices as matrices."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from rcsd.analysis.sensitivity import ranking
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import OBSERVED, house_style
from rcsd.report.sections.sobol.style import leading, panels, say_empty
from rcsd.report.spoken import when
from rcsd.report.wording import count, listing, number
from rcsd.study.sobol.result import SobolStudy

_MOST = 12
"""More parameters than that are too small to read."""

_PALE = 0.35
"""Opacity of a pair whose interval holds zero."""


def pairs_figure(study: SobolStudy) -> Drawing:
    """Draw the second-order indices of every output at the horizon, each pair once."""
    result = study.result
    order = sorted(leading(result)[:_MOST])
    with house_style():
        figure, frames = panels(result, 1.1 + 0.19 * len(order), extra=1.6)
        strongest = _strongest(study)
        for index, axes in enumerate(frames):
            image = _draw(axes, study, index, order, strongest)
        names = [result.parameters[i] for i in order]
        for place, axes in enumerate(frames):
            axes.set_yticks(
                range(len(order) - 1), names[:-1] if place % 2 == 0 else [""] * (len(order) - 1), fontsize=7
            )
            below = place + 2 >= len(frames)
            axes.set_xticks(
                range(len(order) - 1), names[1:] if below else [""] * (len(order) - 1), rotation=90, fontsize=7
            )
        figure.colorbar(image, ax=frames, label="second-order index", shrink=0.5, pad=0.02)
        svg, png = save_bytes(figure)
    left = len(result.parameters) - len(order)
    return Drawing(
        "pairs",
        svg,
        png,
        f"Second-order indices of every pair of parameters in {when(study.horizon)} for {listing(result.outputs)}; the "
        f"largest size is {number(strongest, 2)}.",
        f"Second-order indices in {when(study.horizon)}: the share of the variance that a pair explains beyond its two "
        f"members. A dot marks a pair whose {100 * result.confidence:g} % interval lies above zero and reaches the "
        "totals of both its members; all others are pale. Values below zero are errors of estimation."
        + (f" {count(left, 'parameter')} with small totals not drawn." if left else ""),
        wide=True,
    )


def _strongest(study: SobolStudy) -> float:
    second = study.result.indices.shown.second
    if second is None:
        return 1e-3
    size = np.abs(second[study.result.time_index(study.horizon)])
    return max(1e-3, float(np.nanmax(size, initial=0.0)))


def _draw(axes: Axes, study: SobolStudy, output: int, order: list[int], strongest: float) -> AxesImage:
    result, at = study.result, study.result.time_index(study.horizon)
    square = np.ix_(order[:-1], order[1:])  # the first parameter is never the second of a pair, nor the last the first
    second = result.indices.shown.second
    shown = np.full((len(order) - 1,) * 2, np.nan) if second is None else second[at, output][square]
    names = [result.parameters[i] for i in order]
    sure = np.zeros(shown.shape, dtype=bool)
    found = ranking(result, result.outputs[output], study.horizon)
    for pair in found.pairs:
        if set(pair.parameters) <= set(names):
            sure[names.index(pair.parameters[0]), names.index(pair.parameters[1]) - 1] = True
    image = axes.imshow(
        shown, cmap="RdBu_r", vmin=-strongest, vmax=strongest, aspect="auto", alpha=np.where(sure, 1.0, _PALE)
    )
    for row, column in np.argwhere(sure):
        axes.plot(column, row, ".", color=OBSERVED, markersize=4)
    if not found.ranks:
        say_empty(axes, undetermined=found.undetermined)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image
