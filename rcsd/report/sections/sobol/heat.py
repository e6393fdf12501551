"""Output by parameter at a few times: total-order indices as a heat map."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, WIDE, house_style, new_figure
from rcsd.report.sections.sobol.style import leading
from rcsd.report.spoken import when
from rcsd.report.wording import MISSING, fixed, listing
from rcsd.study.sobol.result import SobolStudy

_DARK = 0.55
"""From this index on the number in a cell is white."""


def heat_figure(study: SobolStudy) -> Drawing:
    """Draw a heat map for each chosen time, parameters down and outputs across."""
    result = study.result
    order = leading(result)
    with house_style():
        figure = new_figure((WIDE[0], 2.0 + 0.26 * len(order)))
        frames = figure.subplots(1, len(study.chosen_times), squeeze=False, sharey=True)[0]
        for axes, time in zip(frames, study.chosen_times, strict=True):
            image = _draw(axes, study, time, order)
        figure.colorbar(image, ax=list(frames), label="total-order index", shrink=0.8, pad=0.02)
        svg, png = save_bytes(figure)
    years = listing([when(time) for time in study.chosen_times])
    return Drawing(
        "outputs-and-parameters",
        svg,
        png,
        f"Total-order indices in {years} of {listing(result.outputs)} (across) by parameter (down).",
        f"Total-order indices in {years}. Grey numbers: the {100 * result.confidence:g} % interval reaches zero. A "
        "dash: the output does not vary, or the sample does not determine its indices.",
        wide=True,
    )


def _draw(axes: Axes, study: SobolStudy, time: float, order: list[int]) -> AxesImage:
    result = study.result
    at = result.time_index(time)
    shown = result.indices.shown
    total, conf = shown.total[at][:, order].T, shown.total_conf[at][:, order].T
    image = axes.imshow(np.clip(total, 0, 1), cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(total.shape):
        value = total[row, column]
        if np.isnan(value):
            axes.text(column, row, MISSING, ha="center", va="center", fontsize=7, color=MUTED)
            continue
        colour = "white" if value > _DARK else "#A0A0A0" if value <= conf[row, column] else "#1A1A1A"
        axes.text(column, row, fixed(value, 2), ha="center", va="center", fontsize=7, color=colour)
    axes.set_title(when(time))
    axes.grid(visible=False)
    axes.set_xticks(range(len(result.outputs)), result.outputs, rotation=40, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(len(order)), [result.parameters[i] for i in order])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return image
